import type { OrganisationTransaction } from '../../../src/store/transaction.ts';

/** Statements as they must not be, after two that are right. None is ever sent. */
type Tx = OrganisationTransaction;

export const right = (tx: Tx, id: string, most?: number) => tx.db.$queryRaw<
  { id: string; name: string; phone: Uint8Array | null; count: number; here: boolean; given: string; days: string[] }[]
>`
  select p.id, p.name, p.phone, count(*)::int as count, p.id = ${id} as here, ${id}::text as given, t.working_days as days
  from person p join team t on t.organisation_id = p.organisation_id and t.id = p.team_id
  where p.organisation_id = ${tx.organisation} group by p.id, p.name, p.phone, t.working_days limit ${most ?? null}`;
export const unsaid = (tx: Tx) => tx.db.$queryRaw<Record<string, unknown>[]>`select id, fte::float8 as fte from person`;

export const goneTable = (tx: Tx) => tx.db.$executeRaw`delete from nobody`;
export const goneColumn = (tx: Tx) => tx.db.$writeRaw`update person set nickname = ${'a'}`;
export const otherName = (tx: Tx) => tx.db.$queryRaw<{ called: string }[]>`select name from person`;
export const leftOut = (tx: Tx) => tx.db.$queryRaw<{ id: string; note?: unknown }[]>`select id from person`;
export const twice = (tx: Tx) => tx.db.$queryRaw<{ id: string }[]>`select id, team_id as id from person`;
export const otherType = (tx: Tx) => tx.db.$queryRaw<{ id: string }[]>`select active as id from person`;
export const large = (tx: Tx) => tx.db.$queryRaw<{ count: number }[]>`select count(*) as count from person`;
export const oneOfMany = (tx: Tx) => tx.db.$queryRaw<{ roles: string }[]>`select roles from person`;
export const words = (tx: Tx) => tx.db.$queryRaw<{ policies: string }[]>`select policies from team`;
export const absent = (tx: Tx) => tx.db.$queryRaw<{ zone: string | undefined }[]>`select zone from person`;
export const exact = (tx: Tx) => tx.db.$queryRaw`select fte::numeric as fte from person`;
export const expected = (tx: Tx): Promise<{ on: string }[]> => tx.db.$queryRaw`select enrolled_on as on from client`;
export const mayBeNull = (tx: Tx) => tx.db.$queryRaw<{ zone: string }[]>`select zone from person`;
export const computed = (tx: Tx, at: Date | null) => tx.db.$queryRaw<{ last: string; at: Date }[]>`
  select max(id) as last, ${at}::timestamptz as at from person`;
export const joined = (tx: Tx) => tx.db.$queryRaw<{ id: string; team: string }[]>`
  select p.id, t.name as team from person p left join team t on t.id = p.team_id`;
export const within = (tx: Tx) => tx.db.$queryRaw<{ id: string; code: string }[]>`
  select e.id::text as id, x.code from escalation e
  left join lateral (select c.code from client c where c.id = e.client_id) x on true`;
export const common = (tx: Tx) => tx.db.$queryRaw<{ id: string; code: string }[]>`
  with about as (select e.id, c.code from escalation e left join client c on c.id = e.client_id)
  select a.id::text as id, a.code from about a`;
export const oneHalf = (tx: Tx) => tx.db.$queryRaw<{ id: string }[]>`
  select id from person union all select coordinator.team from (select min(team_id) as team from person) coordinator`;
