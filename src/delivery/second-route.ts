import type { Store } from '../store/store.ts';
import type { Database, OrganisationTransaction } from '../store/transaction.ts';
import type { Claimed } from './claim.ts';
import { priorities } from './states.ts';
import { resolveDestination } from './resolve-destination.ts';
import { isRerouted, rerouteToSupervisors } from './tell-supervisors.ts';

/** An escalation that no platform has confirmed after this long goes another way besides, in milliseconds. */
export const confirmedWithin = 60_000;
/** Other platform of the same person, then their supervisors. */
const mostRoutes = 2;

export type Route = 'other-platform' | 'supervisors';

/**
 * The next way that is opened beside one that is not confirmed, and how many are open then. `waited`: milliseconds
 * since it was written. The first way is tried on all the same: a duplicate is better than a loss.
 */
export function nextRoute(late: {
  readonly waited: number;
  readonly opened: number;
  readonly otherWay: boolean;
  /** It stands in for somebody else already: whoever is told by it is the last. */
  readonly rerouted: boolean;
}): { readonly route: Route | undefined; readonly opened: number } {
  const { waited, opened, otherWay, rerouted } = late;
  if (opened >= mostRoutes || waited < confirmedWithin * (opened + 1)) return { route: undefined, opened };
  if (opened === 0 && otherWay) return { route: 'other-platform', opened: 1 };
  return { route: rerouted ? undefined : 'supervisors', opened: mostRoutes };
}

/** What marks the copy on the person's other platform: a line of its own, so that it waits for nothing. */
const second = '#second';

interface Late {
  readonly organisation: string;
  readonly id: string;
}

/**
 * Opens what is to be opened by now, in all organisations; what was planned for later and not tried yet counts from
 * then. Any number of replicas may ask at once.
 */
export async function openSecondRoutes(store: Store, now: Date): Promise<void> {
  const until = new Date(now.getTime() - confirmedWithin);
  const late = await store.asWorker(
    (db) => db.$queryRaw<Late[]>`
      select d.organisation_id as organisation, d.id::text as id from delivery d
      where d.priority = ${priorities.escalation} and d.state in ('pending', 'sending', 'unknown')
        and d.message_id is null and d.line like 'person:%' and d.line not like ${`%${second}`}
        and d.further_routes < ${mostRoutes}
        and d.created_at + d.further_routes * ${confirmedWithin / 1_000}::float8 * interval '1 second' <= ${until}::timestamptz
        and (d.next_at <= ${until}::timestamptz or d.attempts > 1 or d.attempts = 1 and d.state <> 'sending'
             or d.attempts = 0 and d.reason is not null)
      order by d.created_at limit 500`,
  );
  for (const { organisation, id } of late) {
    await store.inOrganisation(organisation, (tx) => openRoute(tx, id, now));
  }
}

/** Product milliseconds until a further way may have to be opened; undefined when none will. */
export async function nextSecondRoute(db: Database, now: Date): Promise<number | undefined> {
  const rows = await db.$queryRaw<{ at: Date | null }[]>`
    select min(greatest(
             created_at + (further_routes + 1) * ${confirmedWithin / 1_000}::float8 * interval '1 second',
             case when attempts = 0 and reason is null or attempts = 1 and state = 'sending'
                  then next_at + ${confirmedWithin / 1_000}::float8 * interval '1 second' end)) as at
    from delivery
    where priority = ${priorities.escalation} and state in ('pending', 'sending', 'unknown') and message_id is null
      and line like 'person:%' and line not like ${`%${second}`} and further_routes < ${mostRoutes}`;
  const at = rows[0]?.at ?? null;
  return at === null ? undefined : Math.max(0, at.getTime() - now.getTime());
}

type Row = Pick<
  Claimed,
  | 'id'
  | 'audience'
  | 'destination'
  | 'key'
  | 'kind'
  | 'subject'
  | 'series'
  | 'priority'
  | 'attempts'
  | 'workspace'
  | 'place'
> & { readonly post: string; readonly opened: number; readonly createdAt: Date };

async function openRoute(tx: OrganisationTransaction, id: string, now: Date): Promise<void> {
  const rows = await tx.db.$queryRaw<Row[]>`
    select d.id::text as id, d.post_id::text as post, p.audience, p.destination, p.key, p.kind, p.subject, p.series, d.priority,
           d.attempts, d.workspace_id as workspace, d.place, d.further_routes as opened, d.created_at as "createdAt"
    from delivery d join post p on p.organisation_id = d.organisation_id and p.id = d.post_id
    where d.organisation_id = ${tx.organisation} and d.id = ${id}::uuid
      and d.state in ('pending', 'sending', 'unknown') and d.message_id is null
    for update of d skip locked`;
  const row = rows[0];
  if (row === undefined) return;
  if (await arrivedElsewhere(tx, row)) return stopTrying(tx, id);
  const resolved = await resolveDestination(tx, row, now);
  const other = resolved.is === 'address' ? resolved.address.otherWorkspace : undefined;
  const waited = now.getTime() - row.createdAt.getTime();
  const rerouted = isRerouted(row);
  const { route, opened } = nextRoute({ waited, opened: row.opened, otherWay: other !== undefined, rerouted });
  if (opened === row.opened) return;
  if (route === 'other-platform' && other !== undefined) await copyTo(tx, row, other, now);
  if (route === 'supervisors') await rerouteToSupervisors(tx, row, 'not_confirmed', now);
  await tx.db.$executeRaw`
    update delivery set further_routes = ${opened} where organisation_id = ${tx.organisation} and id = ${id}::uuid`;
}

/** A second copy of the same post, which begins on the other platform. */
async function copyTo(tx: OrganisationTransaction, row: Row, workspace: string, now: Date): Promise<void> {
  await tx.db.$executeRaw`
    insert into delivery (organisation_id, id, post_id, workspace_id, platform, line, priority, refused_by, next_at,
                          created_at)
    select d.organisation_id, ${tx.ids.uuid()}::uuid, d.post_id, w.id, w.platform, d.line || ${second}, d.priority,
           array_remove(d.refused_by || d.workspace_id, null), ${now}::timestamptz, ${now}::timestamptz
    from delivery d join workspace w on w.organisation_id = d.organisation_id and w.id = ${workspace}
    where d.organisation_id = ${tx.organisation} and d.id = ${row.id}::uuid`;
}

/** True when the person has the same post on another way. */
export async function arrivedElsewhere(
  tx: OrganisationTransaction,
  { id, post }: Pick<Claimed, 'id' | 'post'>,
): Promise<boolean> {
  const rows = await tx.db.$queryRaw<unknown[]>`
    select 1 from delivery
    where organisation_id = ${tx.organisation} and post_id = ${post}::uuid and id <> ${id}::uuid and sent_at is not null`;
  return rows.length > 0;
}

/** Nobody works on it at this moment, and nobody needs to any more. */
async function stopTrying(tx: OrganisationTransaction, id: string): Promise<void> {
  await tx.db.$executeRaw`
    update delivery set state = 'superseded', reason = 'arrived_elsewhere'
    where organisation_id = ${tx.organisation} and id = ${id}::uuid and state in ('pending', 'unknown')`;
}
