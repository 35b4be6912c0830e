import { Router } from 'express';
import { z } from 'zod';
import { answerBody, answerQuery } from './answer-request.ts';
import { SimulatorRefusal } from './find-person.ts';
import type { BotAnswer, LocalDialog, LocalTeams } from './teams/types.ts';

const id = z.string().min(1).max(512);
const text = z.string().max(45_000);
const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));

/** Only what was given: the local platform reads a present `undefined` as something said. */
function given<T extends object>(ask: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept = Object.entries(ask).filter(([, value]) => value !== undefined);
  // Leaving out what is undefined is exactly what the type says.
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], undefined> };
}

export interface TeamsRoutesOptions {
  readonly teams: LocalTeams;
  /** The Entra object id for a user or person id. */
  readonly findUser: (who: string) => string;
  readonly note: (what: string, answer: BotAnswer) => void;
}

/** `/teams/*`: what a person does in Teams, each as the platform's real request; and what that person sees. */
export function createTeamsRoutes({ teams, findUser, note }: TeamsRoutesOptions): Router {
  /** Dialogs people closed without sending: Teams tells nobody of that. */
  const dismissed = new Set<string>();
  const dialogsOf = (user: string): readonly LocalDialog[] =>
    teams.dialogs(user).filter((dialog) => !dismissed.has(dialog.id));

  const conversationFor = (user: string, conversation: string | undefined): string | undefined => {
    if (conversation !== undefined && conversation !== 'dm') return conversation;
    return teams.chatOf(user);
  };
  const done = (what: string, answer: BotAnswer): object => {
    note(what, answer);
    const { status, body, ms, failure, dialog } = answer;
    return given({ status, body, ms, failure, dialog });
  };

  const router = Router();
  router.post(
    '/message',
    answerBody(
      z.strictObject({ user: id, conversation: id.optional(), text, mention: z.boolean().optional() }),
      async ({ user: who, conversation, text: words, mention }) => {
        const user = findUser(who);
        const place = conversationFor(user, conversation);
        return done('message', await teams.message(given({ user, conversation: place, text: words, mention })));
      },
    ),
  );
  router.post(
    '/invoke',
    answerBody(
      z.strictObject({ user: id, conversation: id.optional(), name: id, value: z.unknown(), replyToId: id.optional() }),
      async ({ user: who, conversation, name, value, replyToId }) => {
        const user = findUser(who);
        const place = conversationFor(user, conversation);
        const answer = await teams.invoke({ ...given({ user, conversation: place, name, replyToId }), value });
        return done(name, answer);
      },
    ),
  );
  router.post(
    '/press',
    answerBody(
      z.strictObject({
        user: id,
        activity: id,
        verb: id.optional(),
        title: id.optional(),
        rowId: id.optional(),
      }),
      async (ask) => done('press', await teams.press(given({ ...ask, user: findUser(ask.user) }))),
    ),
  );
  router.post(
    '/submit',
    answerBody(
      z.strictObject({
        user: id,
        dialog: id.optional(),
        activity: id.optional(),
        values,
        title: id.optional(),
      }),
      async (ask) => done('submit', await teams.submit(given({ ...ask, user: findUser(ask.user) }))),
    ),
  );
  router.post(
    '/search',
    answerBody(
      z.strictObject({ user: id, dataset: id, query: text, conversation: id.optional() }),
      async ({ user: who, dataset, query, conversation }) => {
        const user = findUser(who);
        const place = conversationFor(user, conversation);
        return done('search', await teams.search(given({ user, dataset, query, conversation: place })));
      },
    ),
  );
  router.post(
    '/react',
    answerBody(
      z.strictObject({ user: id, activity: id, type: id, back: z.boolean().optional() }),
      async ({ user, ...ask }) => done('react', await teams.react(given({ ...ask, user: findUser(user) }))),
    ),
  );
  router.post(
    '/extend',
    answerBody(
      z.strictObject({ user: id, conversation: id.optional(), command: id, activity: id.optional() }),
      async ({ user: who, conversation, command, activity }) => {
        const user = findUser(who);
        const place = conversationFor(user, conversation);
        return done('extend', await teams.extend(given({ user, conversation: place, command, activity })));
      },
    ),
  );
  router.post(
    '/dismiss',
    answerBody(z.strictObject({ user: id, dialog: id }), ({ user, dialog }) => {
      if (!dialogsOf(findUser(user)).some((open) => open.id === dialog)) {
        throw new SimulatorRefusal('There is no such dialog open.');
      }
      dismissed.add(dialog);
    }),
  );
  router.get(
    '/messages',
    answerQuery(z.object({ conversation: id.default('dm'), user: id.optional() }), ({ conversation, user: who }) => {
      const user = who === undefined ? undefined : findUser(who);
      if (user === undefined && conversation === 'dm') throw new SimulatorRefusal('Say whose chat: user=keisha.');
      const place = user === undefined ? conversation : conversationFor(user, conversation);
      const found = teams.conversations().find((one) => one.id === place);
      if (found === undefined) throw new SimulatorRefusal('There is no such conversation.');
      if (user !== undefined && !found.members.includes(user)) {
        throw new SimulatorRefusal('This person is not in that conversation.');
      }
      return { conversation: found.id, messages: teams.messages(found.id, user) };
    }),
  );
  router.get(
    '/dialogs',
    answerQuery(z.object({ user: id }), ({ user }) => ({ dialogs: dialogsOf(findUser(user)) })),
  );
  return router;
}
