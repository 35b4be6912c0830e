import type { Inbound } from '../chat/inbound.ts';
import { answer, nothing, type Reply } from '../chat/reply.ts';
import { sentenceCard } from '../chat/sentence-card.ts';
import { openForm, type Acknowledge } from './answer-command.ts';
import {
  FORM_TOO_LATE,
  partsOf,
  picturesOf,
  postPrivately,
  publishHome,
  receiveSafely,
  respond,
  respondPrivately,
  sayAnswer,
  settle,
  type Desk,
} from './desk.ts';
import type { Press } from './payloads.ts';
import { renderHome } from './render-message.ts';

/** A pressed button. It is acknowledged empty; what it changes follows by its response_url, or on its home tab. */
interface Turn {
  readonly workspace: string;
  readonly inbound: Inbound;
}

/** What was answered, and what is shown of it: a form that did not open is told of in words. */
interface Carried {
  readonly reply: Reply;
  readonly shown: Reply;
}

async function carryOut(desk: Desk, { workspace, inbound }: Turn, body: Press): Promise<Carried> {
  const reply = await receiveSafely(desk, inbound);
  if (reply.kind !== 'form' && reply.kind !== 'form-errors') return { reply, shown: reply };
  const errors = reply.kind === 'form-errors' ? reply.errors : {};
  const over = body.view?.type === 'modal';
  const opened = await openForm(desk, workspace, body.trigger_id, reply.form, { errors, over });
  if (opened.ok) desk.confirm(reply);
  return { reply, shown: opened.ok ? nothing : answer(sentenceCard(FORM_TOO_LATE)) };
}

/**
 * The message it was pressed in becomes something else; where Slack refuses, the person gets it privately. A message
 * that others see is never replaced by one person's answer: it follows its subject by itself.
 */
async function showOnMessage(
  desk: Desk,
  turn: Turn,
  body: Press,
  url: string,
  { reply, shown }: Carried,
): Promise<void> {
  const { workspace, inbound } = turn;
  const to = { workspace, user: body.user.id, url, thread: body.container?.thread_ts };
  const seenByOthers = inbound.place.kind !== 'direct' && body.container?.is_ephemeral !== true;
  const parts = partsOf(shown, await picturesOf(desk, workspace, shown));
  const replaced = seenByOthers ? undefined : parts.find(({ part }) => part === 'replace')?.message;
  await sayAnswer(desk, reply, parts, async (message) => {
    if (message !== replaced) return respondPrivately(desk, to, message);
    if (await respond(desk, url, { replace_original: true, ...message })) return true;
    return (await postPrivately(desk, workspace, body.user.id, message)).ok;
  });
}

/** On the home tab there is no message to replace: the tab itself is drawn again. */
async function showOnHome(
  desk: Desk,
  { workspace, inbound }: Turn,
  body: Press,
  { reply, shown }: Carried,
): Promise<void> {
  const user = body.user.id;
  const parts = partsOf(shown, await picturesOf(desk, workspace, shown));
  if (shown.kind === 'answer') {
    const tab = shown.replace;
    const replaced = parts.find(({ part }) => part === 'replace')?.message;
    await sayAnswer(desk, reply, parts.toReversed(), async (message) =>
      message === replaced && tab !== undefined
        ? (await publishHome(desk, workspace, user, renderHome(tab, shown.page))).ok
        : (await postPrivately(desk, workspace, user, message)).ok,
    );
    if (tab !== undefined) return;
  }
  const again: Inbound = { ...inbound, delivery: `${inbound.delivery}:home`, what: { kind: 'home-opened' } };
  const home = shown.kind === 'home' ? shown : await receiveSafely(desk, again);
  if (home.kind === 'home') await publishHome(desk, workspace, user, renderHome(home.card));
}

export async function answerPress(desk: Desk, turn: Turn, body: Press, acknowledge: Acknowledge): Promise<void> {
  const show = async (carried: Carried): Promise<void> => {
    if (body.view?.type === 'home') return showOnHome(desk, turn, body, carried);
    if (body.response_url !== undefined) return showOnMessage(desk, turn, body, body.response_url, carried);
    await sayAnswer(
      desk,
      carried.reply,
      partsOf(carried.shown),
      async (message) => (await postPrivately(desk, turn.workspace, body.user.id, message)).ok,
    );
  };
  await settle(desk, carryOut(desk, turn, body), {
    inTime: async (carried) => {
      await acknowledge();
      await show(carried);
    },
    late: () => acknowledge(),
    afterwards: show,
  });
}
