import type { OrganisationTransaction } from '../../store/transaction.ts';
import type { OwnSide } from '../referrals/rules.ts';

export type ItemKind = 'follow-up' | 'referral' | 'escalation' | 'duty';
export type ItemAct = 'covered' | 'moved' | 'asked';

/** What an absence did to one open thing. */
export interface Item {
  readonly id: string;
  readonly kind: ItemKind;
  readonly subject: string;
  readonly act: ItemAct;
  readonly client: string | undefined;
  readonly code: string | undefined;
  readonly cover: string | undefined;
  readonly coverName: string | undefined;
  readonly side: OwnSide | undefined;
  readonly dayBefore: string | undefined;
  readonly dayAfter: string | undefined;
  readonly at: Date;
  readonly state: 'open' | 'returned' | 'stays';
  readonly reason: string | undefined;
}

type Nullable<T> = { readonly [K in keyof T]: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K] };

/** All of an absence, in the order in which it came. */
export async function listItems(tx: OrganisationTransaction, absence: string): Promise<readonly Item[]> {
  const rows = await tx.db.$queryRaw<Nullable<Item>[]>`
    select i.id::text as id, i.kind, i.subject_id::text as subject, i.act, i.client_id::text as client, c.code,
           i.cover_id as cover, p.name as "coverName", i.side, i.day_before::text as "dayBefore",
           i.day_after::text as "dayAfter", i.at, i.state, i.reason
    from absence_item i
    left join client c on c.organisation_id = i.organisation_id and c.id = i.client_id
    left join person p on p.organisation_id = i.organisation_id and p.id = i.cover_id
    where i.organisation_id = ${tx.organisation} and i.absence_id = ${absence}::uuid
    order by i.at, i.kind, c.code, i.id`;
  return rows.map((row) => ({
    ...row,
    client: row.client ?? undefined,
    code: row.code ?? undefined,
    cover: row.cover ?? undefined,
    coverName: row.coverName ?? undefined,
    side: row.side ?? undefined,
    dayBefore: row.dayBefore ?? undefined,
    dayAfter: row.dayAfter ?? undefined,
    reason: row.reason ?? undefined,
  }));
}

export interface NewItem {
  readonly kind: ItemKind;
  readonly subject: string;
  readonly act: ItemAct;
  readonly client?: string | undefined;
  readonly cover?: string;
  readonly side?: OwnSide;
  readonly dayBefore?: string;
  readonly dayAfter?: string;
}

/**
 * Somebody else has these now. Where they were with them for somebody else who is away, whoever has them now covers
 * there too, so that they find the way back to whose they were at first.
 */
export async function moveCovers(
  tx: OrganisationTransaction,
  moves: readonly { readonly subject: string; readonly from: string; readonly to: string }[],
): Promise<void> {
  if (moves.length === 0) return;
  await tx.db.$executeRaw`
    update absence_item i set cover_id = given.next
    from unnest(${moves.map(({ subject }) => subject)}::uuid[], ${moves.map(({ from }) => from)}::text[],
                ${moves.map(({ to }) => to)}::text[]) as given (subject, previous, next)
    where i.organisation_id = ${tx.organisation} and i.subject_id = given.subject and i.state = 'open'
      and i.act = 'covered' and i.cover_id = given.previous`;
}

/** Keeps what was done to things of a person who is away. */
export async function insertItems(
  tx: OrganisationTransaction,
  absence: string,
  from: string,
  items: readonly NewItem[],
  now: Date,
): Promise<void> {
  if (items.length === 0) return;
  const covered = items.flatMap(({ subject, cover: to }) => (to === undefined ? [] : [{ subject, from, to }]));
  await moveCovers(tx, covered);
  await tx.db.$executeRaw`
    insert into absence_item (organisation_id, id, absence_id, kind, subject_id, client_id, act, cover_id, side,
                              day_before, day_after, at)
    select ${tx.organisation}, id, ${absence}::uuid, kind, subject, client, act, cover, side, day_before::date,
           day_after::date, ${now}
    from unnest(${items.map(() => tx.ids.uuid())}::uuid[], ${items.map(({ kind }) => kind)}::text[],
                ${items.map(({ subject }) => subject)}::uuid[], ${items.map(({ client = null }) => client)}::uuid[],
                ${items.map(({ act }) => act)}::text[], ${items.map(({ cover = null }) => cover)}::text[],
                ${items.map(({ side = null }) => side)}::text[],
                ${items.map(({ dayBefore = null }) => dayBefore)}::text[],
                ${items.map(({ dayAfter = null }) => dayAfter)}::text[])
         as given (id, kind, subject, client, act, cover, side, day_before, day_after)
    on conflict do nothing`;
}

/** Says of open items whether they came back, or why they stay, and with whom. */
export async function settleItems(
  tx: OrganisationTransaction,
  settled: readonly {
    readonly id: string;
    readonly state: 'returned' | 'stays';
    readonly reason?: string;
    readonly holder?: string;
  }[],
  now: Date,
): Promise<void> {
  if (settled.length === 0) return;
  await tx.db.$executeRaw`
    update absence_item i set state = given.state, reason = given.reason, settled_at = ${now},
           cover_id = case when i.act = 'covered' then coalesce(given.holder, i.cover_id) end
    from unnest(${settled.map(({ id }) => id)}::uuid[], ${settled.map(({ state }) => state)}::text[],
                ${settled.map(({ reason = null }) => reason)}::text[],
                ${settled.map(({ holder = null }) => holder)}::text[]) as given (id, state, reason, holder)
    where i.organisation_id = ${tx.organisation} and i.id = given.id and i.state = 'open'`;
}

/** A cover left: whoever answers for what was theirs covers instead. */
export async function inheritCovers(
  tx: OrganisationTransaction,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await tx.db.$executeRaw`
    update absence_item set cover_id = ${to}
    where organisation_id = ${tx.organisation} and cover_id = ${from} and state = 'open'`;
}

/** Who of these people is away now, and which covers among them have something for somebody: `absence/cover`. */
export async function findConcerned(
  tx: OrganisationTransaction,
  people: readonly string[],
  now: Date,
): Promise<{ readonly running: readonly string[]; readonly covers: readonly string[] }> {
  const rows = await tx.db.$queryRaw<{ absence: string; cover: string | null }[]>`
    select id::text as absence, null as cover from absence
    where organisation_id = ${tx.organisation} and person_id = any(${[...people]}::text[]) and state = 'running'
      and ends_at > ${now}
    union all
    select distinct absence_id::text, cover_id from absence_item
    where organisation_id = ${tx.organisation} and cover_id = any(${[...people]}::text[]) and state = 'open'`;
  return {
    running: rows.flatMap(({ absence, cover }) => (cover === null ? [absence] : [])),
    covers: rows.flatMap(({ absence, cover }) => (cover === null ? [] : [`${absence}/${cover}`])),
  };
}
