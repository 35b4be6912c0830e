import { searchPrefixes } from '../../src/care/clients/rules.ts';
import type { OrganisationTransaction } from '../../src/store/transaction.ts';

/** Given and family names as they are spread: a few bear most of the people. */
const given = 'Maria Mark James Mary John Martha Robert Linda Matthew David Susan Malik Joseph Marcus Karen Ana'.split(
  ' ',
);
const family = 'Smith Johnson Martinez Brown Garcia Miller Davis Lopez Wilson Marsh Thomas Moore Lee Clark'.split(' ');
const tail = (index: number): string =>
  `${'bcdfghjklmnprst'[index % 15] ?? ''}${'aeiou'[Math.floor(index / 15) % 5] ?? ''}${'lmnrstv'[Math.floor(index / 75) % 7] ?? ''}${'aeiou'[Math.floor(index / 525) % 5] ?? ''}n${index}`;
const rare = Array.from({ length: 2_000 }, (_, index) => tail(index));

/** What is typed about somebody who is among the many. */
export const typed = { two: 'ma', three: 'mar', both: 'maria marti', rare: rare[77] ?? '' } as const;

/**
 * Clients by the thousand with the blind index of their names, made inside the database; their sealed identities are
 * nobody's. Every ninth has one of two thousand rare family names. Fifty teams share them, `east` among them, and everybody
 * but Maya, who has the first eighty of `east`, is with one of two thousand coordinators. `from`: how many there are already.
 */
export async function fillClients(
  tx: OrganisationTransaction,
  { count, from }: { readonly count: number; readonly from: number },
  now: Date,
): Promise<void> {
  const { db, organisation } = tx;
  const words = [
    ...given.map((word, index) => ({ list: 'given', index, word })),
    ...family.map((word, index) => ({ list: 'family', index, word })),
    ...rare.map((word, index) => ({ list: 'rare', index, word })),
  ];
  const prefixes = words.flatMap((one) =>
    searchPrefixes(one.word).map((prefix) => ({ ...one, token: tx.token('prefix', prefix) })),
  );
  await db.$executeRaw`create temp table prefix_of (list text, index int, token bytea) on commit drop`;
  await db.$executeRaw`
    insert into prefix_of
    select * from unnest(${prefixes.map((one) => one.list)}::text[], ${prefixes.map((one) => one.index)}::int[],
                         ${prefixes.map((one) => one.token)}::bytea[])`;
  await db.$executeRaw`
    insert into team (organisation_id, id, name, zone, working_days, closures, schedules)
    select ${organisation}, 't' || n, 'Team ' || n, 'UTC', '{mon}', '{}', '{}' from generate_series(1, 49) n
    on conflict do nothing`;
  await db.$executeRaw`
    insert into person (organisation_id, id, name, team_id, roles, languages, qualifications)
    select ${organisation}, 'c' || n, 'Coordinator ' || n, 'east', '{coordinator}', '{}', '[]' from generate_series(0, 1999) n
    on conflict do nothing`;
  await db.$executeRaw`create temp table filled (n int, id uuid, team text) on commit drop`;
  await db.$executeRaw`
    insert into filled
    select n, gen_random_uuid(), case when n % 50 = 0 then 'east' else 't' || n % 50 end
    from generate_series(${from + 1}::int, ${from + count}::int) n`;
  await db.$executeRaw`
    insert into client (organisation_id, id, code, team_id, identity, status, tier, preferences, created_at)
    select ${organisation}, id,
           (select string_agg(case shift when 20 then '-' else '' end
                              || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + ((n >> shift) & 31), 1), '' order by place)
            from unnest(array[15, 10, 5, 0, 20]) with ordinality as part (shift, place)), team, '\\x00', 'active', 'medium', '{}', ${now} from filled`;
  // The square of a number from 0 to 1: the first names of a list are the frequent ones.
  await db.$executeRaw`
    insert into client_token (organisation_id, client_id, team_id, kind, token)
    select distinct ${organisation}, f.id, f.team, 'prefix', p.token
    from filled f
    cross join lateral (values
      ('given', floor(${given.length}::int * power(abs(hashint4extended(f.n, 1) % 10000) / 10000.0, 2))::int),
      (case when f.n % 9 = 0 then 'rare' else 'family' end,
       case when f.n % 9 = 0 then (f.n / 9) % ${rare.length}::int
            else floor(${family.length}::int * power(abs(hashint4extended(f.n, 2) % 10000) / 10000.0, 2))::int end)) w (list, index)
    join prefix_of p on p.list = w.list and p.index = w.index`;
  // A whole name is as common as both of its parts together, and nobody here shares one.
  await db.$executeRaw`
    insert into client_token (organisation_id, client_id, team_id, kind, token)
    select ${organisation}, id, team, 'name', decode(md5(n::text), 'hex') from filled`;
  await db.$executeRaw`
    insert into coordinator_assignment (organisation_id, id, client_id, person_id, started_at)
    select ${organisation}, gen_random_uuid(), id, case when n % 50 = 0 and n <= 4000 then 'maya' else 'c' || n % 2000 end, ${now}
    from filled`;
}
