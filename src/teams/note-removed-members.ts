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
    if (id === activity.recipient.id) continue;
    // Of an account that is gone Teams may tell only the id it had in our chat.
    const user = aadObjectId ?? (await desk.references.whoIs(origin.tenant, id));
    if (user === undefined) continue;
    const seen = await inspector.inspectUser({ tenant: origin.tenant, user });
    if (!seen.ok || seen.active) continue;
    const about: Turn = {
      ...turn,
      origin: { ...origin, user, delivery: `${origin.delivery}/${user}`.slice(0, 512) },
    };
    await receiveInTime(desk, about, { kind: 'user-changed', active: false });
  }
}
