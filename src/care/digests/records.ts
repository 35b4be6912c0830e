import type { OrganisationTransaction } from '../../store/transaction.ts';

/** Somebody whose things a digest shows. */
export interface Owner {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}

/** The IANA zone a person lives in: their own, else their team's. */
export async function findPersonZone(tx: OrganisationTransaction, person: string): Promise<string | undefined> {
  const rows = await tx.db.$queryRaw<{ zone: string }[]>`
    select coalesce(p.zone, t.zone) as zone
    from person p join team t on t.organisation_id = p.organisation_id and t.id = p.team_id
    where p.organisation_id = ${tx.organisation} and p.id = ${person}`;
  return rows[0]?.zone;
}

export async function findTeam(
  tx: OrganisationTransaction,
  id: string,
): Promise<{ readonly id: string; readonly name: string; readonly zone: string } | undefined> {
  const row = await tx.db.team.findUnique({
    where: { organisationId_id: { organisationId: tx.organisation, id } },
    select: { id: true, name: true, zone: true },
  });
  return row ?? undefined;
}

/**
 * Everybody who may own something about a team's clients: its people, leavers included (their things must not
 * vanish), those whose roles reach everywhere, and coordinators of its clients from other teams.
 */
export async function listOwners(
  tx: OrganisationTransaction,
  team: string,
  everywhere: readonly string[],
): Promise<readonly Owner[]> {
  return tx.db.$queryRaw<Owner[]>`
    select p.id, p.name, p.active from person p
    where p.organisation_id = ${tx.organisation}
      and (p.team_id = ${team} or p.roles && ${[...everywhere]}::text[] or exists (
        select 1 from coordinator_assignment a
        join client c on c.organisation_id = a.organisation_id and c.id = a.client_id
        where a.organisation_id = p.organisation_id and a.person_id = p.id and a.ended_at is null and c.team_id = ${team}))
    order by p.id`;
}

/** When a person's daily digest comes, `08:30` in their zone; undefined when none is scheduled. */
export async function findDigestTime(tx: OrganisationTransaction, person: string): Promise<string | undefined> {
  const rows = await tx.db.$queryRaw<{ at: string }[]>`
    select at from schedule
    where organisation_id = ${tx.organisation} and kind = 'daily-digest-person' and owner = ${person}`;
  return rows[0]?.at;
}
