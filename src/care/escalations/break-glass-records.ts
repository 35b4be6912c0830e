import { roleSchema, type Role } from '../../access/roles.ts';
import { isUuid } from '../../ids.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import type { BreakGlassWhat } from './break-glass-rules.ts';

/** One time somebody opened what was not theirs to open, and its review. */
export interface BrokenGlass {
  readonly id: string;
  readonly escalation: string;
  readonly person: { readonly id: string; readonly name: string };
  readonly what: BreakGlassWhat;
  /** Coded. */
  readonly reason: string;
  readonly at: Date;
  readonly reviewed: { readonly name: string; readonly by: string; readonly at: Date } | undefined;
}

/** The new row's id; undefined when this person had opened this already: it is one, however often it was pressed. */
export async function insertBrokenGlass(
  tx: OrganisationTransaction,
  given: {
    readonly escalation: string;
    readonly client: string | undefined;
    readonly person: string;
    readonly what: BreakGlassWhat;
    readonly reason: string;
    readonly run: number;
  },
  now: Date,
): Promise<string | undefined> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    insert into break_glass (organisation_id, id, escalation_id, person_id, client_id, what, reason, run, at)
    values (${tx.organisation}, ${tx.ids.uuid()}::uuid, ${given.escalation}::uuid, ${given.person},
            ${given.client ?? null}::uuid, ${given.what}, ${given.reason}, ${given.run}, ${now})
    on conflict (organisation_id, escalation_id, person_id, what, run) do nothing
    returning id::text as id`;
  return rows[0]?.id;
}

/** What of an escalation somebody opened since the run in which it was last opened. */
export async function listBrokenGlass(
  tx: OrganisationTransaction,
  of: { readonly escalation: string; readonly person: string; readonly since: number },
): Promise<readonly BreakGlassWhat[]> {
  const rows = await tx.db.$queryRaw<{ what: BreakGlassWhat }[]>`
    select what from break_glass
    where organisation_id = ${tx.organisation} and escalation_id = ${of.escalation}::uuid
      and person_id = ${of.person} and run >= ${of.since}`;
  return rows.map(({ what }) => what);
}

export async function findBrokenGlass(tx: OrganisationTransaction, id: string): Promise<BrokenGlass | undefined> {
  if (!isUuid(id)) return undefined;
  const rows = await tx.db.$queryRaw<
    {
      escalation: string;
      person: string;
      person_name: string;
      what: BreakGlassWhat;
      reason: string;
      at: Date;
      reviewer: string | null;
      reviewer_name: string | null;
      reviewed_at: Date | null;
    }[]
  >`
    select g.escalation_id::text as escalation, g.person_id as person, p.name as person_name, g.what, g.reason, g.at,
           g.reviewed_by as reviewer, r.name as reviewer_name, g.reviewed_at
    from break_glass g
    join person p on p.organisation_id = g.organisation_id and p.id = g.person_id
    left join person r on r.organisation_id = g.organisation_id and r.id = g.reviewed_by
    where g.organisation_id = ${tx.organisation} and g.id = ${id}::uuid`;
  const row = rows[0];
  if (row === undefined) return undefined;
  const { reviewer, reviewer_name: name, reviewed_at: at } = row;
  return {
    id,
    escalation: row.escalation,
    person: { id: row.person, name: row.person_name },
    what: row.what,
    reason: row.reason,
    at: row.at,
    reviewed: reviewer === null || at === null ? undefined : { by: reviewer, name: name ?? reviewer, at },
  };
}

/** What nobody has reviewed yet, oldest first, with whom it is about as far as a list says it. */
export interface Unreviewed {
  readonly id: string;
  readonly escalation: string;
  readonly person: string;
  readonly at: Date;
  readonly team: string;
  readonly client: { readonly id: string; readonly code: string; readonly tier: string } | undefined;
  readonly unknownCode: string | undefined;
}

export async function listUnreviewed(tx: OrganisationTransaction): Promise<readonly Unreviewed[]> {
  const rows = await tx.db.$queryRaw<
    {
      id: string;
      escalation: string;
      person: string;
      at: Date;
      team: string;
      client: string | null;
      code: string | null;
      tier: string | null;
      unknown_code: string | null;
    }[]
  >`
    select g.id::text as id, g.escalation_id::text as escalation, g.person_id as person, g.at,
           coalesce(c.team_id, e.team_id) as team, c.id::text as client, c.code, c.tier, e.unknown_code
    from break_glass g
    join escalation e on e.organisation_id = g.organisation_id and e.id = g.escalation_id
    left join client c on c.organisation_id = e.organisation_id and c.id = e.client_id
    where g.organisation_id = ${tx.organisation} and g.reviewed_at is null
    order by g.at, g.id`;
  return rows.map(({ client, code, tier, unknown_code: unknownCode, ...row }) => ({
    ...row,
    client: client === null || code === null ? undefined : { id: client, code, tier: tier ?? '' },
    unknownCode: unknownCode ?? undefined,
  }));
}

/** True for the first who reviews it; never for whoever it was. */
export async function reviewBrokenGlass(
  tx: OrganisationTransaction,
  id: string,
  by: string,
  now: Date,
): Promise<boolean> {
  const written = await tx.db.$executeRaw`
    update break_glass set reviewed_by = ${by}, reviewed_at = ${now}
    where organisation_id = ${tx.organisation} and id = ${id}::uuid and reviewed_at is null and person_id <> ${by}`;
  return written === 1;
}

/** Who oversees and can be written to: whoever works here and has an identity where Baton is. */
export async function listOverseers(
  tx: OrganisationTransaction,
): Promise<readonly { readonly id: string; readonly team: string; readonly roles: readonly Role[] }[]> {
  const rows = await tx.db.$queryRaw<{ id: string; team: string; roles: string[] }[]>`
    select p.id, p.team_id as team, p.roles
    from person p
    where p.organisation_id = ${tx.organisation} and p.active and p.roles && array['supervisor', 'director', 'admin']
      and exists (
        select 1 from identity i
        join workspace w on w.organisation_id = i.organisation_id and w.id = i.workspace_id
        where i.organisation_id = p.organisation_id and i.person_id = p.id and i.active and w.removed_at is null)
    order by p.id`;
  return rows.map((row) => ({ ...row, roles: row.roles.map((role) => roleSchema.parse(role)) }));
}
