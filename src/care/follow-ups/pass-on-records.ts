import type { OrganisationTransaction } from '../../store/transaction.ts';

/** How a follow-up stands, with what decides whether it can wait for its owner. */
export interface StandingFollowUp {
  readonly id: string;
  readonly client: string;
  readonly code: string;
  readonly team: string;
  readonly coordinator: string | undefined;
  readonly tier: string;
  readonly owner: string;
  readonly dueOn: string;
  readonly state: string;
}

type Row = Omit<StandingFollowUp, 'coordinator'> & { readonly coordinator: string | null };

/** Follow-ups by id, or the open ones of an owner due on or before a day; locked until the transaction ends. */
export async function listStandings(
  tx: OrganisationTransaction,
  which: { readonly ids: readonly string[] } | { readonly owner: string; readonly until: string },
): Promise<readonly StandingFollowUp[]> {
  const [ids, owner, until] = 'ids' in which ? [[...which.ids], null, null] : [[], which.owner, which.until];
  const rows = await tx.db.$queryRaw<Row[]>`
    select f.id::text as id, f.client_id::text as client, c.code, c.team_id as team, c.tier, f.owner_id as owner,
           f.due_on::text as "dueOn", f.state,
           (select a.person_id from coordinator_assignment a
            where a.organisation_id = f.organisation_id and a.client_id = f.client_id and a.ended_at is null) as coordinator
    from follow_up f join client c on c.organisation_id = f.organisation_id and c.id = f.client_id
    where f.organisation_id = ${tx.organisation}
      and (f.id = any(${ids}::uuid[])
           or (f.owner_id = ${owner}::text and f.state = 'open' and f.due_on <= ${until}::date))
    order by f.due_on, c.code, f.id for update of f`;
  return rows.map((row) => ({ ...row, coordinator: row.coordinator ?? undefined }));
}

/** Gives open ones to somebody else; their days do not move. */
export async function giveFollowUps(tx: OrganisationTransaction, ids: readonly string[], to: string): Promise<void> {
  await tx.db.$executeRaw`
    update follow_up set owner_id = ${to}, version = version + 1
    where organisation_id = ${tx.organisation} and id = any(${[...ids]}::uuid[]) and state = 'open'`;
}

/** Moves the days of open ones, each to its own. Not a snooze: nobody put it off. */
export async function moveFollowUpDays(
  tx: OrganisationTransaction,
  moves: readonly { readonly id: string; readonly dueOn: string }[],
  reason: string | undefined,
): Promise<void> {
  await tx.db.$executeRaw`
    update follow_up f set due_on = given.due_on::date, reason = ${reason ?? null}, version = f.version + 1
    from unnest(${moves.map(({ id }) => id)}::uuid[], ${moves.map(({ dueOn }) => dueOn)}::text[]) as given (id, due_on)
    where f.organisation_id = ${tx.organisation} and f.id = given.id and f.state = 'open'`;
}
