import type { Inbound } from '../chat/inbound.ts';
import { toProductTime } from '../feature/product-time.ts';
import { isTurnedAway, type Reply } from '../chat/reply.ts';
import { answerMessage, type Acknowledge } from './answer-command.ts';
import { partsOf, postTo, postToOneIn, publishHome, settle, type Desk } from './desk.ts';
import type { Installations } from './installations.ts';
import { homeOpenedSchema, type Callback } from './payloads.ts';
import { renderHome } from './render-message.ts';

/** Nothing was done with an event, and its person does not know. */
class NobodyTold extends Error {}

/** An emoji on a card: what there is to say, only that person sees, where they look now. */
async function answerReaction(
  desk: Desk,
  { workspace, inbound }: { workspace: string; inbound: Inbound },
  reply: Reply,
): Promise<void> {
  const { place, user } = inbound;
  for (const { message } of partsOf(reply)) {
    if (place.kind === 'direct') await postTo(desk, workspace, place.id, message);
    else await postToOneIn(desk, workspace, { channel: place.id, user }, message);
  }
}

/**
 * An event. It is acknowledged only once `receive` has stored it (or at the deadline): Slack sends again what was
 * not acknowledged, so an error here is answered as one instead of in words.
 */
export async function answerEvent(
  desk: Desk,
  installations: Installations,
  { workspace, inbound }: { workspace: string; inbound: Inbound },
  body: Callback,
  acknowledge: Acknowledge,
): Promise<void> {
  if (inbound.what.kind === 'uninstalled') {
    await installations.remove(workspace, toProductTime(desk.clock, new Date(body.event_time * 1_000)));
  }
  const work = desk.receive(inbound);
  /** Resolves to false when the person was to be told in words, and was not. */
  const follow = async (reply: Reply): Promise<boolean> => {
    if (inbound.what.kind === 'command') return answerMessage(desk, { workspace, inbound }, reply);
    await showAround(reply);
    return true;
  };
  const showAround = async (reply: Reply): Promise<void> => {
    if (inbound.what.kind === 'reacted') return answerReaction(desk, { workspace, inbound }, reply);
    if (inbound.what.kind !== 'home-opened') return;
    const card = reply.kind === 'home' || reply.kind === 'answer' ? reply.card : undefined;
    if (card === undefined) return;
    const seen = homeOpenedSchema.safeParse(body.event).data?.view?.hash;
    await publishHome(desk, workspace, inbound.user, renderHome(card), seen);
  };
  await settle(desk, work, {
    inTime: async (reply) => {
      // Nothing of it is kept: whoever cannot be told so is heard when Slack sends it again.
      if (isTurnedAway(reply) && !(await follow(reply))) throw new NobodyTold();
      await acknowledge();
      if (!isTurnedAway(reply)) await follow(reply);
    },
    late: () => acknowledge(),
    afterwards: follow,
  });
}
