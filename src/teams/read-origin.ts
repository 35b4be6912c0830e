import { createHash } from 'node:crypto';
import type { Inbound } from '../chat/inbound.ts';
import type { TeamsActivity } from './activity.ts';
import type { ConversationReference } from './references.ts';

/** Who did something, where, and which delivery it is: all of an Inbound but what was done. */
export type Origin = Omit<Inbound, 'what'>;

const hash = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/**
 * What a message extension sends also comes from chats that people have among themselves, and Teams calls those of two
 * people personal like the one with Baton. So these never tell where Baton and the person are alone.
 */
const comesFromAnywhere = (activity: TeamsActivity): boolean =>
  activity.type === 'invoke' && /^(composeExtension\/.*|application\/search)$/.test(activity.name ?? '');

function placeKind(activity: TeamsActivity): Origin['place']['kind'] {
  if (comesFromAnywhere(activity)) return 'group';
  switch (activity.conversation.conversationType) {
    case 'personal':
      return 'direct';
    case 'channel':
      return 'channel';
    default:
      // Anything unknown is treated as shared: the careful reading.
      return 'group';
  }
}

/** Who acts when Teams names nobody: no person has this id. */
const NOBODY = 'teams';

/** True when an activity does not say who acts. `from.id` is an address inside one chat, and no identity. */
export const isOfNobody = (activity: TeamsActivity): boolean => activity.from.aadObjectId === undefined;

/**
 * Reads where an activity comes from. People are keyed by Entra object id and by nothing else. `rawBody` identifies an invoke that carries no id.
 */
export function readOrigin(activity: TeamsActivity, tenant: string, rawBody: Uint8Array): Origin {
  const { conversation, from } = activity;
  const delivery = `${conversation.id}/${activity.id ?? hash(rawBody)}`;
  return {
    platform: 'teams',
    tenant,
    user: from.aadObjectId ?? NOBODY,
    // A reply in a channel carries the thread behind the channel's own id.
    place: { id: conversation.id.replace(/;messageid=.*$/, ''), kind: placeKind(activity) },
    delivery: delivery.length <= 512 ? delivery : hash(delivery),
  };
}

/** How to write to the person later; only meaningful where they are alone with Baton. */
export const referenceOf = (activity: TeamsActivity): ConversationReference => ({
  conversationId: activity.conversation.id,
  serviceUrl: activity.serviceUrl,
  botId: activity.recipient.id,
  userId: activity.from.id,
});
