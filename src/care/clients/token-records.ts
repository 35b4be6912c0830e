import type { OrganisationTransaction } from '../../store/transaction.ts';

/** Whose clients: of one team, or of all. */
interface Where {
  readonly team: string;
  readonly everywhere: boolean;
}

/** Among fewer than this each is asked for its other names: that costs as many descents of an index. */
export const few = 200;

/** How many clients bear each token, in their order; nobody counts beyond a few. */
export async function countBearing(
  tx: OrganisationTransaction,
  tokens: readonly Uint8Array[],
  { team, everywhere }: Where,
): Promise<readonly number[]> {
  const rows = everywhere
    ? await tx.db.$queryRaw<{ clients: number }[]>`
        select (select count(*) from (
                  select from client_token k
                  where k.organisation_id = ${tx.organisation} and k.kind = 'prefix' and k.token = t.token limit ${few}) b)::int as clients
        from unnest(${[...tokens]}::bytea[]) with ordinality as t (token, n) order by t.n`
    : await tx.db.$queryRaw<{ clients: number }[]>`
        select (select count(*) from (
                  select from client_token k
                  where k.organisation_id = ${tx.organisation} and k.kind = 'prefix' and k.token = t.token
                    and k.team_id = ${team} limit ${few}) b)::int as clients
        from unnest(${[...tokens]}::bytea[]) with ordinality as t (token, n) order by t.n`;
  return rows.map(({ clients }) => clients);
}

/** Clients of one token, at most `most`, each of whom is asked for the others. */
export async function findBearing(
  tx: OrganisationTransaction,
  token: Uint8Array,
  others: readonly Uint8Array[],
  { team, everywhere }: Where,
  most: number,
): Promise<readonly string[]> {
  const rows = everywhere
    ? await tx.db.$queryRaw<{ id: string }[]>`
        select k.client_id::text as id from client_token k
        where k.organisation_id = ${tx.organisation} and k.kind = 'prefix' and k.token = ${token}
          and (${others.length}::int = 0 or ${others.length}::int = (
            select count(*) from client_token o
            where o.organisation_id = k.organisation_id and o.client_id = k.client_id and o.kind = 'prefix'
              and o.token = any(${[...others]}::bytea[])))
        limit ${most}`
    : await tx.db.$queryRaw<{ id: string }[]>`
        select k.client_id::text as id from client_token k
        where k.organisation_id = ${tx.organisation} and k.kind = 'prefix' and k.token = ${token} and k.team_id = ${team}
          and (${others.length}::int = 0 or ${others.length}::int = (
            select count(*) from client_token o
            where o.organisation_id = k.organisation_id and o.client_id = k.client_id and o.kind = 'prefix'
              and o.token = any(${[...others]}::bytea[])))
        limit ${most}`;
  return rows.map(({ id }) => id);
}

/**
 * Clients of two frequent tokens, at most `most`. The index has both in one order, so they are read beside each other, and
 * no further than until enough are found: the server would not choose that, because it cannot know that both are frequent.
 */
export async function findCommon(
  tx: OrganisationTransaction,
  [one, two]: readonly [Uint8Array, Uint8Array],
  others: readonly Uint8Array[],
  { team, everywhere }: Where,
  most: number,
): Promise<readonly string[]> {
  const { db } = tx;
  const chooseOthers = (choice: 'on' | 'off'): void =>
    db.$writeRaw`
      select set_config(name, ${choice}, true) from unnest(array['enable_nestloop', 'enable_hashjoin', 'enable_sort']) name`;
  chooseOthers('off');
  const rows = everywhere
    ? await db.$queryRaw<{ id: string }[]>`
        select a.client_id::text as id
        from client_token a join client_token b on b.team_id = a.team_id and b.client_id = a.client_id
        where a.organisation_id = ${tx.organisation} and a.kind = 'prefix' and a.token = ${one}
          and b.organisation_id = ${tx.organisation} and b.kind = 'prefix' and b.token = ${two}
          and (${others.length}::int = 0 or ${others.length}::int = (
            select count(*) from client_token o
            where o.organisation_id = a.organisation_id and o.client_id = a.client_id and o.kind = 'prefix'
              and o.token = any(${[...others]}::bytea[])))
        limit ${most}`
    : await db.$queryRaw<{ id: string }[]>`
        select a.client_id::text as id
        from client_token a join client_token b on b.client_id = a.client_id
        where a.organisation_id = ${tx.organisation} and a.kind = 'prefix' and a.token = ${one} and a.team_id = ${team}
          and b.organisation_id = ${tx.organisation} and b.kind = 'prefix' and b.token = ${two} and b.team_id = ${team}
          and (${others.length}::int = 0 or ${others.length}::int = (
            select count(*) from client_token o
            where o.organisation_id = a.organisation_id and o.client_id = a.client_id and o.kind = 'prefix'
              and o.token = any(${[...others]}::bytea[])))
        limit ${most}`;
  chooseOthers('on');
  return rows.map(({ id }) => id);
}
