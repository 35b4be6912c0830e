import {
  readWorkingTime,
  type PersonTimeRow,
  type WorkingTime,
  type WorkingTimeRow,
} from '../calendar/working-time.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';

/** When these people work, by their id: their own pattern where they stated one, in the zone they live in. */
export async function listWorkingTimes(
  tx: OrganisationTransaction,
  people: readonly string[],
): Promise<ReadonlyMap<string, WorkingTime>> {
  const rows = await tx.db.$queryRaw<(PersonTimeRow & { id: string })[]>`
    select p.id, coalesce(p.zone, t.zone) as zone, t.working_days, t.closures::text[] as closures, p.works
    from person p join team t on t.organisation_id = p.organisation_id and t.id = p.team_id
    where p.organisation_id = ${tx.organisation} and p.id = any(${[...people]}::text[])`;
  return new Map(rows.map((row) => [row.id, readWorkingTime(row)]));
}

/** When one person works; undefined for who is nobody of the organisation. */
export const findWorkingTime = async (tx: OrganisationTransaction, person: string): Promise<WorkingTime | undefined> =>
  (await listWorkingTimes(tx, [person])).get(person);

/** A team with when it works, and what its file says of it. */
export interface Team extends WorkingTime {
  readonly id: string;
  readonly name: string;
  readonly policies: unknown;
  readonly schedules: unknown;
}

export async function findTeam(tx: OrganisationTransaction, id: string): Promise<Team | undefined> {
  const rows = await tx.db.$queryRaw<(WorkingTimeRow & Pick<Team, 'name' | 'policies' | 'schedules'>)[]>`
    select name, zone, working_days, closures::text[] as closures, policies, schedules
    from team where organisation_id = ${tx.organisation} and id = ${id}`;
  const row = rows[0];
  if (row === undefined) return undefined;
  return { id, name: row.name, policies: row.policies, schedules: row.schedules, ...readWorkingTime(row) };
}
