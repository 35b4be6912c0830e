import { Router } from 'express';
import { z } from 'zod';
import { answerBody, answerQuery } from './answer-request.ts';
import { SimulatorRefusal } from './find-person.ts';
import type { LocalSlack } from './slack/create-local-slack.ts';
import type { Delivered } from './slack/deliver.ts';

const id = z.string().min(1).max(512);
const text = z.string().max(45_000);
const filled = z.union([z.string(), z.array(z.string()), z.boolean(), z.null()]);

export interface SlackRoutesOptions {
  readonly slack: LocalSlack;
  readonly channels: readonly { readonly id: string; readonly members: readonly string[] }[];
  /** The Slack user id for a user or person id. */
  readonly findUser: (who: string) => string;
  readonly note: (what: string, answer: Delivered) => void;
}

/** What the person typed after the command's own name, which may stand there or not. */
const withoutName = (typed: string): string => typed.replace(/^\s*\/care(?:\s+|$)/, '');

/** `/slack/*`: what a person does in Slack, each as the platform's real request; and what that person sees. */
export function createSlackRoutes({ slack, channels, findUser, note }: SlackRoutesOptions): Router {
  const placeFor = (user: string, channel: string | undefined): string =>
    channel === undefined || channel === 'dm' ? slack.direct(user) : channel;
  const done = (what: string, answer: Delivered): Delivered => {
    note(what, answer);
    return answer;
  };

  const router = Router();
  router.post(
    '/command',
    answerBody(
      z.strictObject({ user: id, channel: id.optional(), text }),
      async ({ user: who, channel, text: typed }) => {
        const user = findUser(who);
        const ask = { user, channel: placeFor(user, channel), text: withoutName(typed) };
        return done('command', await slack.command(ask));
      },
    ),
  );
  router.post(
    '/action',
    answerBody(
      z.strictObject({
        user: id,
        channel: id.optional(),
        message: id.optional(),
        view: id.optional(),
        action: z.strictObject({ action_id: id, block_id: id.optional(), value: text.optional() }),
      }),
      async ({ user: who, channel, message, view, action: { action_id, block_id, value } }) => {
        const user = findUser(who);
        const action = {
          action_id,
          ...(block_id === undefined ? {} : { block_id }),
          ...(value === undefined ? {} : { value }),
        };
        if (view !== undefined) return done('action', await slack.action({ user, view, action }));
        if (message === undefined) throw new SimulatorRefusal('Say which message or view the button is on.');
        return done('action', await slack.action({ user, channel: placeFor(user, channel), message, action }));
      },
    ),
  );
  router.post(
    '/submit',
    answerBody(
      z.strictObject({ user: id, view: id, values: z.record(z.string(), filled) }),
      async ({ user, view, values }) => done('submit', await slack.submit({ user: findUser(user), view, values })),
    ),
  );
  router.post(
    '/close',
    answerBody(z.strictObject({ user: id, view: id }), async ({ user, view }) =>
      done('close', await slack.closeView({ user: findUser(user), view })),
    ),
  );
  router.post(
    '/options',
    answerBody(
      z.strictObject({ user: id, query: text, action_id: id, view: id.optional() }),
      async ({ user, query, action_id, view }) => {
        const ask = { user: findUser(user), query, action_id };
        return done('options', await slack.options(view === undefined ? ask : { ...ask, view }));
      },
    ),
  );
  router.post(
    '/react',
    answerBody(
      z.strictObject({ user: id, channel: id.optional(), message: id, name: id, back: z.boolean().default(false) }),
      async ({ user: who, channel, message, name, back }) => {
        const user = findUser(who);
        return done('react', await slack.react({ user, channel: placeFor(user, channel), message, name, back }));
      },
    ),
  );
  router.post(
    '/shortcut',
    answerBody(
      z.strictObject({ user: id, callback_id: id, channel: id.optional(), message: id.optional() }),
      async ({ user: who, callback_id, channel, message }) => {
        const user = findUser(who);
        if (message === undefined) return done('shortcut', await slack.shortcut({ user, callback_id }));
        const at = { channel: placeFor(user, channel), message };
        return done('shortcut', await slack.messageShortcut({ user, callback_id, ...at }));
      },
    ),
  );
  router.post(
    '/home',
    answerBody(z.strictObject({ user: id }), async ({ user }) =>
      done('home', await slack.openHome({ user: findUser(user) })),
    ),
  );
  router.post(
    '/message',
    answerBody(z.strictObject({ user: id, text: text.min(1) }), async ({ user, text: typed }) =>
      done('message', await slack.typeToBot({ user: findUser(user), text: typed })),
    ),
  );
  router.get(
    '/messages',
    answerQuery(z.object({ channel: id.default('dm'), user: id.optional() }), ({ channel, user: who }) => {
      const user = who === undefined ? undefined : findUser(who);
      if (user === undefined) {
        if (channel === 'dm') throw new SimulatorRefusal('Say whose direct messages: user=maya.');
        return { channel, messages: slack.messages(channel) };
      }
      const place = placeFor(user, channel);
      const members = channels.find((one) => one.id === place)?.members;
      if (members === undefined ? place !== slack.direct(user) : !members.includes(user)) {
        throw new SimulatorRefusal('This person is not in that channel.');
      }
      return { channel: place, messages: slack.messages(place, user) };
    }),
  );
  router.get(
    '/views',
    answerQuery(z.object({ user: id }), ({ user: who }) => {
      const user = findUser(who);
      return { views: slack.views(user), home: slack.home(user) ?? null };
    }),
  );
  return router;
}
