import { Application } from '@microsoft/teams-ai';
import type { Activity, TurnContext } from 'botbuilder';
import { answerAction } from './answer-action.ts';
import { openDialog, openExtension, submitDialog } from './answer-dialog.ts';
import { answerMessage } from './answer-message.ts';
import { answerNobody } from './answer-nobody.ts';
import { isOfNobody } from './read-origin.ts';
import { answerReaction } from './answer-reaction.ts';
import { answerSearch } from './answer-search.ts';
import type { Desk, Turn } from './desk.ts';
import { receiveInTime, sendAnswer, sendLater } from './desk.ts';
import { noteRemovedMembers } from './note-removed-members.ts';
import type { InvokeResponse } from './invoke-responses.ts';
import { refuseInvoke } from './invoke-responses.ts';

type Work = (desk: Desk, turn: Turn) => Promise<InvokeResponse | void>;
/** A turn, and what its handler answers. It travels through the library's context. */
export interface Carried {
  readonly turn: Turn;
  response?: InvokeResponse;
}
export const CARRIED = Symbol('what travels through the application with a turn');

const invokes: Readonly<Record<string, Work>> = {
  'adaptiveCard/action': answerAction,
  'task/fetch': openDialog,
  'task/submit': submitDialog,
  'composeExtension/fetchTask': openExtension,
  'composeExtension/submitAction': submitDialog,
  'application/search': answerSearch,
};

/** What Teams tells of chats and teams: nobody of them asks for anything, so nobody needs to be named. */
const byTeamsItself: readonly string[] = ['installationUpdate', 'conversationUpdate'];

/** Installed in a chat or a team. An upgrade says `remove-upgrade` on its way, which is no goodbye. */
async function answerInstallation(desk: Desk, turn: Turn): Promise<void> {
  const { action, timestamp } = turn.activity;
  const at = timestamp === undefined ? {} : { at: new Date(timestamp).toISOString() };
  // There is no goodbye of a whole tenant: every chat and every team says its own.
  if (action === 'remove')
    await receiveInTime(desk, await withWhoseChat(desk, turn), { kind: 'uninstalled', only: 'conversation', ...at });
  if (action !== 'add' && action !== 'add-upgrade') return;
  const reply = await receiveInTime(desk, turn, { kind: 'installed' });
  if (reply.late) sendLater(desk, turn, reply.value);
  else await sendAnswer(desk, turn, reply.value);
}

/** A chat that was closed is forgotten by its person; where Teams names none, by the id they had in that chat. */
async function withWhoseChat(desk: Desk, turn: Turn): Promise<Turn> {
  const { activity, origin } = turn;
  if (origin.place.kind !== 'direct' || !isOfNobody(activity)) return turn;
  const user = await desk.references.whoIs(origin.tenant, activity.from.id);
  return user === undefined ? turn : { ...turn, origin: { ...origin, user } };
}

/**
 * The library starts its timer whatever its option says, and would say "typing" every second by the SDK's own connector,
 * past ours (ADR 0004), with one timer for all turns at once.
 */
class QuietApplication extends Application {
  override startTypingTimer(): void {
    // Who waits is told after two seconds, in words.
  }
}

/** Routes verified activities. Every answer is built here, so none of the library's own reaches people. */
export function createApplication(desk: Desk): Application {
  // No storage, no AI; the library's mention remover throws on messages without text.
  const application = new QuietApplication({ startTypingTimer: false, removeRecipientMention: false });
  const route = (selects: (activity: Activity) => boolean, work: Work, isInvoke: boolean): void => {
    application.addRoute(
      (context) => Promise.resolve(selects(context.activity)),
      async (context: TurnContext) => {
        const carried: Carried | undefined = context.turnState.get(CARRIED);
        if (carried === undefined) return;
        const told = byTeamsItself.includes(carried.turn.activity.type);
        const does = told || !isOfNobody(carried.turn.activity) ? work : answerNobody;
        const response = await does(desk, carried.turn);
        if (response) carried.response = response;
      },
      isInvoke,
    );
  };
  for (const [name, work] of Object.entries(invokes)) {
    route((activity) => activity.type === 'invoke' && activity.name === name, work, true);
  }
  route(
    ({ type }) => type === 'invoke',
    () => Promise.resolve(refuseInvoke),
    true,
  );
  route(({ type }) => type === 'message', answerMessage, false);
  route(({ type }) => type === 'messageReaction', answerReaction, false);
  route(({ type }) => type === 'installationUpdate', answerInstallation, false);
  route(({ type }) => type === 'conversationUpdate', noteRemovedMembers, false);
  return application;
}
