import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect } from 'vitest';
import type { Card } from '../../../src/chat/card.ts';
import type { Form } from '../../../src/chat/form.ts';
import type { Inbound } from '../../../src/chat/inbound.ts';
import { answer, nothing, type Reply } from '../../../src/chat/reply.ts';
import { createPushableClock, type PushableClock } from '../../../src/clock.ts';
import { randomIds } from '../../../src/ids.ts';
import type { Log } from '../../../src/log.ts';
import { createSlack, type SlackAdapter, type SlackOptions } from '../../../src/slack/create-slack.ts';
import type { Installations } from '../../../src/slack/installations.ts';
import {
  createLocalSlack,
  type LocalSlack,
  type LocalSlackOptions,
} from '../../../src/simulator/slack/create-local-slack.ts';
import { patient, waitFor } from '../../helpers/patient.ts';

export const SECRET = 'a-signing-secret';
export const card = (text: string, more: Partial<Card> = {}): Card => ({
  kind: 'test.card',
  summary: text,
  nodes: [{ kind: 'text', text }],
  ...more,
});
export const form = (more: Partial<Form> = {}): Form => ({
  kind: 'contacts.log',
  session: 's-1',
  title: 'Log a contact',
  submit: 'Log',
  fields: [
    { kind: 'client', name: 'client', label: 'Client' },
    {
      kind: 'one-of',
      name: 'mode',
      label: 'How',
      required: true,
      options: [
        { value: 'phone', label: 'Phone' },
        { value: 'visit', label: 'Visit' },
      ],
    },
    { kind: 'long-text', name: 'note', label: 'Note' },
  ],
  ...more,
});

/** Opened and closed by hand: lets a test decide when `receive` comes back. */
export function gate(): { open: () => void; opened: Promise<void> } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

export interface Running {
  readonly slack: LocalSlack;
  readonly adapter: SlackAdapter;
  readonly clock: PushableClock;
  readonly events: string;
  /** Everything `receive` was given, in order. */
  readonly received: Inbound[];
  readonly removed: { tenant: string; at: Date }[];
  readonly logged: string[];
  /** What `receive` answers from now on. */
  reply(make: Reply | ((inbound: Inbound) => Reply | Promise<Reply>)): void;
  /** Resolves when `count` things have happened that `seen` returns; fails after half a minute. */
  until<T>(seen: () => readonly T[], count?: number): Promise<readonly T[]>;
  stop(): Promise<void>;
}

/** The adapter and a local Slack on one loopback server, with a `receive` the test decides. */
export async function startSlack(
  options: { slack?: Partial<SlackOptions>; local?: Partial<LocalSlackOptions> } = {},
): Promise<Running> {
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const clock = createPushableClock();
  const received: Inbound[] = [];
  const removed: { tenant: string; at: Date }[] = [];
  const logged: string[] = [];
  let make: (inbound: Inbound) => Reply | Promise<Reply> = () => nothing;
  const note = (event: string, fields: object = {}): void => void logged.push(`${event} ${JSON.stringify(fields)}`);
  const log: Log = { info: note, warn: note, error: note };

  const slack = createLocalSlack({
    clock,
    ids: randomIds,
    signingSecret: SECRET,
    botEventsUrl: () => `${origin}/slack/events`,
    tenant: { id: 'T1', name: 'clinic' },
    users: [
      { id: 'U1', name: 'maya', real_name: 'Maya' },
      { id: 'U2', name: 'jon', real_name: 'Jon' },
      { id: 'U9', name: 'eve', real_name: 'Eve', team: 'T9' },
    ],
    channels: [
      { id: 'C1', name: 'west-team', members: ['U1', 'U2', 'U9'], shared: true },
      { id: 'C2', name: 'closed', members: ['U1'], archived: true },
      { id: 'C3', name: 'no-bot', members: ['U1'], withBot: false, private: false },
    ],
    origin: `${origin}/local`,
    waits: { acknowledgeMs: 2 * patient, triggerMs: 2 * patient },
    ...options.local,
  });
  const installations: Installations = {
    botToken: (tenant) => Promise.resolve(tenant === 'T1' ? slack.botToken : undefined),
    save: () => Promise.resolve(),
    remove: (tenant, at) => {
      removed.push({ tenant, at });
      return Promise.resolve();
    },
  };
  const adapter = createSlack({
    signingSecret: SECRET,
    clock,
    installations,
    apiUrl: `${origin}/local/api/`,
    log,
    deadlineMs: patient,
    receive: async (inbound) => {
      received.push(inbound);
      return make(inbound);
    },
    ...options.slack,
  });
  app.use(adapter.router);
  app.use('/local', slack.router);

  return {
    slack,
    adapter,
    clock,
    received,
    removed,
    logged,
    events: `${origin}/slack/events`,
    reply: (wanted) => {
      make = typeof wanted === 'function' ? wanted : () => wanted;
    },
    until: async (seen, count = 1) => {
      await waitFor(() => expect(seen().length).toBeGreaterThanOrEqual(count));
      return seen();
    },
    stop: async () => {
      await adapter.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const say = (text: string): Reply => answer(card(text));
