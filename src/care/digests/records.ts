import type { OrganisationTransaction } from '../../store/transaction.ts';
import { digestPlaces, digestStyles, type DigestPlace, type DigestStyle } from './rules.ts';

/** Somebody whose things a digest shows. */
export interface Owner {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}

export async function findTeam(
  tx: OrganisationTransaction,
  id: string,
): Promise<{ readonly id: string; readonly name: string; readonly zone: string } | undefined> {
  const rows = await tx.db.$queryRaw<{ id: string; name: string; zone: string }[]>`
    select id, name, zone from team where organisation_id = ${tx.organisation} and id = ${id}`;
  return rows[0];
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
      and (p.team_id = ${team} or p.roles && ${[...everywhere]}::text[] or p.id in (
        select a.person_id from client c
        cross join lateral (
          select o.person_id from coordinator_assignment o
          where o.organisation_id = c.organisation_id and o.client_id = c.id and o.ended_at is null limit 1) a
        where c.organisation_id = ${tx.organisation} and c.team_id = ${team}))
    order by p.id`;
}

/** When a person's daily digest comes, `08:30` in their zone; undefined when none is scheduled. */
export async function findDigestTime(tx: OrganisationTransaction, person: string): Promise<string | undefined> {
  const rows = await tx.db.$queryRaw<{ at: string }[]>`
    select at from schedule
    where organisation_id = ${tx.organisation} and kind = 'daily-digest-person' and owner = ${person}`;
  return rows[0]?.at;
}

export interface DigestChoices {
  readonly style: DigestStyle;
  /** Their own time, `08:00`; undefined = the team's. */
  readonly at: string | undefined;
}

/** How a person wants their digest. */
export async function findDigestChoices(tx: OrganisationTransaction, person: string): Promise<DigestChoices> {
  const rows = await tx.db.$queryRaw<{ style: string; at: string | null }[]>`
    select digest_style as style, digest_at as at from person
    where organisation_id = ${tx.organisation} and id = ${person}`;
  return {
    style: digestStyles.find((style) => style === rows[0]?.style) ?? 'detailed',
    at: rows[0]?.at ?? undefined,
  };
}

export async function saveDigestStyle(tx: OrganisationTransaction, person: string, style: DigestStyle): Promise<void> {
  await tx.db.$executeRaw`
    update person set digest_style = ${style} where organisation_id = ${tx.organisation} and id = ${person}`;
}

/** Sets, or with undefined takes away, the time that somebody chose for theirs. */
export async function saveDigestTime(
  tx: OrganisationTransaction,
  person: string,
  at: string | undefined,
): Promise<void> {
  await tx.db.person.update({
    where: { organisationId_id: { organisationId: tx.organisation, id: person } },
    data: { digestAt: at ?? null },
  });
}

/** How a team has its digest. */
export interface TeamPlan {
  /** When it comes, `08:30`; undefined when none is scheduled. */
  readonly at: string | undefined;
  readonly in: DigestPlace;
}

/** When and where a team's digest comes now, chosen or by the file. */
export async function findTeamPlan(tx: OrganisationTransaction, team: string): Promise<TeamPlan> {
  const rows = await tx.db.$queryRaw<{ at: string | null; place: string | null }[]>`
    select s.at, coalesce(t.digest_in, t.schedules -> 'dailyDigest' ->> 'in') as place
    from team t left join schedule s on s.organisation_id = t.organisation_id and s.kind = 'daily-digest-team' and s.owner = t.id
    where t.organisation_id = ${tx.organisation} and t.id = ${team}`;
  return {
    at: rows[0]?.at ?? undefined,
    in: digestPlaces.find((place) => place === rows[0]?.place) ?? 'channel',
  };
}

export async function saveTeamPlan(
  tx: OrganisationTransaction,
  id: string,
  plan: { readonly at: string; readonly in: DigestPlace },
): Promise<void> {
  await tx.db.team.update({
    where: { organisationId_id: { organisationId: tx.organisation, id } },
    data: { digestAt: plan.at, digestIn: plan.in },
  });
}

/** Whose digest it is. */
export interface DigestOwner {
  readonly kind: 'person' | 'team';
  readonly id: string;
}

/** Since which local date this owner knows that nothing waits; undefined while something does. */
export async function findQuietSince(
  tx: OrganisationTransaction,
  { kind, id }: DigestOwner,
): Promise<string | undefined> {
  const rows = await tx.db.$queryRaw<{ since: string | null }[]>`
    select digest_quiet_since::text as since from person
    where ${kind} = 'person' and organisation_id = ${tx.organisation} and id = ${id}
    union all
    select digest_quiet_since::text from team
    where ${kind} = 'team' and organisation_id = ${tx.organisation} and id = ${id}`;
  return rows[0]?.since ?? undefined;
}

export async function saveQuietSince(
  tx: OrganisationTransaction,
  { kind, id }: DigestOwner,
  since: string | undefined,
): Promise<void> {
  const date = since ?? null;
  await (kind === 'person'
    ? tx.db.$executeRaw`
        update person set digest_quiet_since = ${date}::date where organisation_id = ${tx.organisation} and id = ${id}`
    : tx.db.$executeRaw`
        update team set digest_quiet_since = ${date}::date where organisation_id = ${tx.organisation} and id = ${id}`);
}
