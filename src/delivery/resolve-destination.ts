import type { Platform } from '../platform.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { PlaceKnown } from './check-place.ts';
import type { Claimed } from './claim.ts';

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
  /** What is known of a place that several people read. */
  readonly known?: PlaceKnown;
}
export type Resolved =
  | { readonly is: 'address'; readonly address: Address }
  /** Nobody of that id works here, or nowhere where Baton is. */
  | { readonly is: 'person-gone' }
  | { readonly is: 'nowhere'; readonly reason: 'no_place' | 'place_removed' | 'workspace_gone' };

/** What of a delivery says where it goes. */
type Sent = Pick<Claimed, 'id' | 'audience' | 'destination' | 'workspace' | 'place'>;

interface WayRow {
  /** The workspaces that refused this message. */
  readonly refusedBy: readonly string[] | null;
  readonly workspace: string;
  readonly platform: Platform;
  readonly tenant: string;
  readonly user: string;
}

/**
 * Which of a person's active ways a message takes: the one it began with, else the first that has not refused it.
 * `other` is the next one then, should this one refuse too. What a platform told us of leavers and ended guests counts
 * at the moment of sending, not of writing.
 */
export function chooseWay<Way extends { readonly workspace: string }>(
  ways: readonly Way[],
  began: string | null,
  refusedBy: readonly string[] = [],
): { readonly way: Way; readonly other: Way | undefined } | undefined {
  const open = ways.filter(({ workspace }) => !refusedBy.includes(workspace));
  const way = ways.find(({ workspace }) => workspace === began) ?? open[0] ?? ways[0];
  return way === undefined ? undefined : { way, other: open.find(({ workspace }) => workspace !== way.workspace) };
}

export async function resolveDestination(tx: OrganisationTransaction, claimed: Sent, now: Date): Promise<Resolved> {
  return claimed.audience === 'person' ? resolvePerson(tx, claimed, now) : resolvePlace(tx, claimed);
}

async function resolvePerson(tx: OrganisationTransaction, claimed: Sent, now: Date): Promise<Resolved> {
  const ways = await tx.db.$queryRaw<WayRow[]>`
    select i.workspace_id as workspace, w.platform, w.external_id as tenant, i.platform_user as "user",
           (select d.refused_by from delivery d
            where d.organisation_id = p.organisation_id and d.id = ${claimed.id}::uuid) as "refusedBy"
    from person p
    join team t on t.organisation_id = p.organisation_id and t.id = p.team_id
    join identity i on i.organisation_id = p.organisation_id and i.person_id = p.id
    join workspace w on w.organisation_id = i.organisation_id and w.id = i.workspace_id
    where p.organisation_id = ${tx.organisation} and p.id = ${claimed.destination} and p.active and i.active
      and w.removed_at is null
      and (i.guest_until is null or i.guest_until >= (${now}::timestamptz at time zone coalesce(p.zone, t.zone))::date)
    order by i.last_seen_at desc nulls last, i.workspace_id, i.platform_user`;
  const chosen = chooseWay(ways, claimed.workspace, ways[0]?.refusedBy ?? []);
  if (chosen === undefined) return { is: 'person-gone' };
  const { workspace, platform, tenant, user } = chosen.way;
  const otherWorkspace = chosen.other?.workspace;
  return {
    is: 'address',
    address: { workspace, platform, tenant, user, place: user, serviceUrl: undefined, otherWorkspace },
  };
}

async function resolvePlace(tx: OrganisationTransaction, claimed: Sent): Promise<Resolved> {
  const rows = await tx.db.$queryRaw<
    {
      workspace: string;
      platform: Platform;
      tenant: string;
      place: string;
      removed: boolean;
      checkedAt: Date | null;
      traits: string[];
      allowed: string[];
    }[]
  >`
    select p.workspace_id as workspace, w.platform, w.external_id as tenant, p.place, w.removed_at is not null as removed,
           p.checked_at as "checkedAt", coalesce(p.traits, '{}') as traits, coalesce(p.allowed, '{}') as allowed
    from team_place p join workspace w on w.organisation_id = p.organisation_id and w.id = p.workspace_id
    where p.organisation_id = ${tx.organisation} and p.team_id = ${claimed.destination}
      and (${claimed.place}::text is null or (p.workspace_id = ${claimed.workspace} and p.place = ${claimed.place}))
    order by p.workspace_id, p.place limit 1`;
  const row = rows[0];
  if (row === undefined) return { is: 'nowhere', reason: claimed.place === null ? 'no_place' : 'place_removed' };
  if (row.removed) return { is: 'nowhere', reason: 'workspace_gone' };
  const serviceUrl = await freshServiceUrl(tx, row.workspace, row.place);
  const { workspace, platform, tenant, place, traits, allowed } = row;
  const known: PlaceKnown = { checkedAt: row.checkedAt ?? undefined, traits, allowed };
  const address = { workspace, platform, tenant, place, user: undefined, serviceUrl, otherWorkspace: undefined, known };
  return { is: 'address', address };
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
       join identity i on i.organisation_id = r.organisation_id and i.workspace_id = r.workspace_id
         and i.platform_user = r.platform_user
       where r.organisation_id = w.organisation_id and r.workspace_id = w.id order by r.updated_at desc limit 1),
      (select p.service_url from team_place p
       where p.organisation_id = w.organisation_id and p.workspace_id = w.id and p.place = ${place} limit 1),
      w.service_url) as url
    from workspace w where w.organisation_id = ${tx.organisation} and w.id = ${workspace}`;
  return rows[0]?.url ?? undefined;
}
