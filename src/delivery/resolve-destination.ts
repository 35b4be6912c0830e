import type { OrganisationTransaction } from '../store/transaction.ts';
import type { Claimed } from './claim.ts';
import type { Platform } from './ports.ts';

/** Where a delivery can go now. */
export interface Address {
  readonly workspace: string;
  readonly platform: Platform;
  /** Slack team id or Teams tenant id. */
  readonly tenant: string;
  /** The platform user; undefined for a place. */
  readonly user: string | undefined;
  /** What holds are kept by: the place, or the platform user. */
  readonly place: string;
  readonly serviceUrl: string | undefined;
  /** The person's next platform, should this one refuse. */
  readonly otherWorkspace: string | undefined;
}
export type Resolved =
  | { readonly is: 'address'; readonly address: Address }
  /** Nobody of that id works here, or nowhere where Baton is. */
  | { readonly is: 'person-gone' }
  | { readonly is: 'nowhere'; readonly reason: 'no_place' | 'place_removed' | 'workspace_gone' };

interface WayRow {
  readonly workspace: string;
  readonly platform: Platform;
  readonly tenant: string;
  readonly user: string;
}

/**
 * A person's active ways, in a fixed order, from the one the delivery moved to. What a platform told us of leavers
 * and ended guests counts at the moment of sending, not of writing.
 */
export function chooseWay<Way extends { readonly workspace: string }>(
  ways: readonly Way[],
  movedTo: string | null,
): { readonly way: Way; readonly other: Way | undefined } | undefined {
  const at = Math.max(
    0,
    ways.findIndex((way) => way.workspace === movedTo),
  );
  const way = ways[at];
  return way === undefined ? undefined : { way, other: ways[at + 1] };
}

export async function resolveDestination(tx: OrganisationTransaction, claimed: Claimed, now: Date): Promise<Resolved> {
  return claimed.audience === 'person' ? resolvePerson(tx, claimed, now) : resolvePlace(tx, claimed);
}

async function resolvePerson(tx: OrganisationTransaction, claimed: Claimed, now: Date): Promise<Resolved> {
  const ways = await tx.db.$queryRaw<WayRow[]>`
    select i.workspace_id as workspace, w.platform, w.external_id as tenant, i.platform_user as "user"
    from person p
    join team t on t.organisation_id = p.organisation_id and t.id = p.team_id
    join identity i on i.organisation_id = p.organisation_id and i.person_id = p.id
    join workspace w on w.organisation_id = i.organisation_id and w.id = i.workspace_id
    where p.organisation_id = ${tx.organisation} and p.id = ${claimed.destination} and p.active and i.active
      and w.removed_at is null
      and (i.guest_until is null or i.guest_until >= (${now}::timestamptz at time zone coalesce(p.zone, t.zone))::date)
    order by i.workspace_id, i.platform_user`;
  const chosen = chooseWay(ways, claimed.workspace);
  if (chosen === undefined) return { is: 'person-gone' };
  const { way, other } = chosen;
  return {
    is: 'address',
    address: { ...way, place: way.user, serviceUrl: undefined, otherWorkspace: other?.workspace },
  };
}

async function resolvePlace(tx: OrganisationTransaction, claimed: Claimed): Promise<Resolved> {
  const rows = await tx.db.$queryRaw<
    { workspace: string; platform: Platform; tenant: string; place: string; removed: boolean }[]
  >`
    select p.workspace_id as workspace, w.platform, w.external_id as tenant, p.place, w.removed_at is not null as removed
    from team_place p join workspace w on w.organisation_id = p.organisation_id and w.id = p.workspace_id
    where p.organisation_id = ${tx.organisation} and p.team_id = ${claimed.destination}
      and (${claimed.place}::text is null or (p.workspace_id = ${claimed.workspace} and p.place = ${claimed.place}))
    order by p.workspace_id, p.place limit 1`;
  const row = rows[0];
  if (row === undefined) return { is: 'nowhere', reason: claimed.place === null ? 'no_place' : 'place_removed' };
  if (row.removed) return { is: 'nowhere', reason: 'workspace_gone' };
  const serviceUrl = await freshServiceUrl(tx, row.workspace, row.place);
  return { is: 'address', address: { ...row, user: undefined, serviceUrl, otherWorkspace: undefined } };
}

/** Where the connector of a Teams tenant lives moves: what its last inbound said goes before what was written down. */
export async function freshServiceUrl(
  tx: OrganisationTransaction,
  workspace: string,
  place: string,
): Promise<string | undefined> {
  const rows = await tx.db.$queryRaw<{ url: string | null }[]>`
    select coalesce(
      (select r.service_url from conversation_reference r
       where r.organisation_id = w.organisation_id and r.workspace_id = w.id order by r.updated_at desc limit 1),
      (select p.service_url from team_place p
       where p.organisation_id = w.organisation_id and p.workspace_id = w.id and p.place = ${place} limit 1),
      w.service_url) as url
    from workspace w where w.organisation_id = ${tx.organisation} and w.id = ${workspace}`;
  return rows[0]?.url ?? undefined;
}
