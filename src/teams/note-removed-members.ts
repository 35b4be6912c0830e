import type { Desk, Turn } from './desk.ts';
import { receiveInTime } from './desk.ts';
import { createTeamsInspector } from './inspect.ts';

/**
 * Somebody was taken out of a team. Who only changed teams still has their own chat with Baton; whose account is gone
 * is in no conversation any more, and has left.
 */
export async function noteRemovedMembers(desk: Desk, turn: Turn): Promise<void> {
  const { activity, origin } = turn;
  const inspector = createTeamsInspector(desk);
  for (const { id, aadObjectId } of activity.membersRemoved ?? []) {
    if (id === activity.recipient.id || aadObjectId === undefined) continue;
    const seen = await inspector.inspectUser({ tenant: origin.tenant, user: aadObjectId });
    if (!seen.ok || seen.active) continue;
    const about: Turn = {
      activity,
      origin: { ...origin, user: aadObjectId, delivery: `${origin.delivery}/${aadObjectId}`.slice(0, 512) },
    };
    await receiveInTime(desk, about, { kind: 'user-changed', active: false });
  }
}
