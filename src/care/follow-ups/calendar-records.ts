import type { OrganisationTransaction } from '../../store/transaction.ts';

/** The days on which somebody works: their own pattern, else their team's, without the team's closures. */
export interface WorkCalendar {
  readonly workingDays: ReadonlySet<string>;
  readonly closures: ReadonlySet<string>;
}

/** When these people work, by their id. */
export async function listWorkCalendars(
  tx: OrganisationTransaction,
  people: readonly string[],
): Promise<ReadonlyMap<string, WorkCalendar>> {
  const rows = await tx.db.$queryRaw<{ id: string; workingDays: string[]; closures: string[] }[]>`
    select p.id, t.closures::text[] as closures,
           coalesce((select array_agg(day) from jsonb_object_keys(p.works) as day), t.working_days) as "workingDays"
    from person p join team t on t.organisation_id = p.organisation_id and t.id = p.team_id
    where p.organisation_id = ${tx.organisation} and p.id = any(${[...people]}::text[])`;
  return new Map(
    rows.map(({ id, workingDays, closures }) => [
      id,
      { workingDays: new Set(workingDays), closures: new Set(closures) },
    ]),
  );
}
