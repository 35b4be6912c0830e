import type { Inbound } from '../chat/inbound.ts';
import type { Reply } from '../chat/reply.ts';
import { openForm, type Acknowledge } from './answer-command.ts';
import {
  FORM_TOO_LATE,
  messagesOf,
  picturesOf,
  postPrivately,
  publishHome,
  receiveSafely,
  respond,
  respondPrivately,
  settle,
  type Desk,
} from './desk.ts';
import type { Press } from './payloads.ts';
import { renderHome, renderMessage } from './render-message.ts';

/** A pressed button. It is acknowledged empty; what it changes follows by its response_url, or on its home tab. */
interface Turn {
  readonly workspace: string;
  readonly inbound: Inbound;
}

async function carryOut(desk: Desk, { workspace, inbound }: Turn, body: Press): Promise<Reply> {
  const reply = await receiveSafely(desk, inbound);
  if (reply.kind !== 'form' && reply.kind !== 'form-errors') return reply;
  const errors = reply.kind === 'form-errors' ? reply.errors : {};
  const over = body.view?.type === 'modal';
  const opened = await openForm(desk, workspace, body.trigger_id, reply.form, { errors, over });
  if (opened.ok) return { kind: 'nothing' };
  return {
    kind: 'answer',
    card: { kind: 'slack.sentence', summary: FORM_TOO_LATE, nodes: [{ kind: 'text', text: FORM_TOO_LATE }] },
  };
}

/**
 * The message it was pressed in becomes something else; where Slack refuses, the person gets it privately. A message
 * that others see is never replaced by one person's answer: it follows its subject by itself.
 */
async function showOnMessage(desk: Desk, turn: Turn, body: Press, url: string, reply: Reply): Promise<void> {
  const { workspace, inbound } = turn;
  const to = { workspace, user: body.user.id, url, thread: body.container?.thread_ts };
  const seenByOthers = inbound.place.kind !== 'direct' && body.container?.is_ephemeral !== true;
  const files = await picturesOf(desk, workspace, reply);
  if (reply.kind !== 'answer' || seenByOthers) return respondPrivately(desk, to, messagesOf(reply, files));
  const { card, replace, page = 0 } = reply;
  if (replace !== undefined) {
    const message = renderMessage(replace, page, files);
    const replaced = await respond(desk, url, { replace_original: true, ...message });
    if (!replaced) await postPrivately(desk, workspace, body.user.id, message);
  }
  if (card !== undefined) {
    await respondPrivately(desk, to, [renderMessage(card, replace === undefined ? page : 0, files)]);
  }
}

/** On the home tab there is no message to replace: the tab itself is drawn again. */
async function showOnHome(desk: Desk, { workspace, inbound }: Turn, body: Press, reply: Reply): Promise<void> {
  const user = body.user.id;
  if (reply.kind === 'answer' && reply.card !== undefined) {
    const files = await picturesOf(desk, workspace, reply);
    await postPrivately(desk, workspace, user, renderMessage(reply.card, 0, files));
  }
  if (reply.kind === 'answer' && reply.replace !== undefined) {
    await publishHome(desk, workspace, user, renderHome(reply.replace, reply.page));
    return;
  }
  const again: Inbound = { ...inbound, delivery: `${inbound.delivery}:home`, what: { kind: 'home-opened' } };
  const home = reply.kind === 'home' ? reply : await receiveSafely(desk, again);
  if (home.kind === 'home') await publishHome(desk, workspace, user, renderHome(home.card));
}

export async function answerPress(desk: Desk, turn: Turn, body: Press, acknowledge: Acknowledge): Promise<void> {
  const show = async (reply: Reply): Promise<void> => {
    if (body.view?.type === 'home') return showOnHome(desk, turn, body, reply);
    if (body.response_url !== undefined) return showOnMessage(desk, turn, body, body.response_url, reply);
    for (const message of messagesOf(reply)) await postPrivately(desk, turn.workspace, body.user.id, message);
  };
  await settle(desk, carryOut(desk, turn, body), {
    inTime: async (reply) => {
      await acknowledge();
      await show(reply);
    },
    late: () => acknowledge(),
    afterwards: show,
  });
}
