import type { Router } from 'express';
import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import { createActs, type Acts } from './acts.ts';
import { createDeliver } from './deliver.ts';
import { createFaults, type Faults } from './faults.ts';
import { chatMethods, type Pace } from './methods-chat.ts';
import { peopleMethods } from './methods-people.ts';
import { viewMethods } from './methods-views.ts';
import { serveWebApi } from './serve-web-api.ts';
import { createTickets } from './tickets.ts';
import { createWorkspace, type LocalChannel, type LocalUser, type OpenView, type StoredMessage } from './workspace.ts';

export interface LocalSlackOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly signingSecret: string;
  /** Where the bot listens: its ordinary `/slack/events`. */
  readonly botEventsUrl: () => string;
  readonly tenant: { readonly id: string; readonly name: string };
  readonly users: readonly LocalUser[];
  readonly channels: readonly LocalChannel[];
  /** Where this router is mounted, without a closing slash: response_urls begin with it. */
  readonly origin: string | (() => string);
  /** The only token the Web API takes. */
  readonly botToken?: string;
  /** Slack's one message a second and channel, with a small burst. */
  readonly pace?: Pace;
}

export interface LocalSlack extends Acts {
  /** `POST /api/<method>` (the Web API) and `POST /respond/<key>` (response_urls). */
  readonly router: Router;
  readonly botToken: string;
  readonly faults: Faults;
  /** What a person sees in a channel: ephemeral messages only when they are theirs. Without a person: what all see. */
  messages(channel: string, forUser?: string): readonly StoredMessage[];
  /** A person's conversation with the bot. */
  direct(user: string): string;
  /** A person's open modals, the top one last. */
  views(user: string): readonly OpenView[];
  /** A person's home tab, once the bot published it. */
  home(user: string): OpenView | undefined;
}

/**
 * A Slack workspace on this machine, for development, demo and tests. It is strict on purpose: it accepts, limits
 * and refuses as Slack does, because a friendly fake hides bugs. It draws nothing.
 */
export function createLocalSlack(options: LocalSlackOptions): LocalSlack {
  const { clock, ids, origin, botToken = 'xoxb-local', pace = { perSecond: 1, burst: 5 } } = options;
  const workspace = createWorkspace(options);
  const tickets = createTickets(clock, ids);
  const faults = createFaults();
  const deliver = createDeliver(options);
  const methods = {
    ...chatMethods(workspace, clock, pace),
    ...viewMethods(workspace, tickets),
    ...peopleMethods(workspace),
  };
  const base = typeof origin === 'string' ? () => origin : origin;
  return {
    ...createActs({ workspace, tickets, deliver, clock, origin: base }),
    router: serveWebApi({ workspace, tickets, faults, clock, botToken, methods }),
    botToken,
    faults,
    messages: (channel, forUser) => workspace.visible(channel, forUser),
    direct: (user) => workspace.direct(user),
    views: (user) => workspace.modals.get(user) ?? [],
    home: (user) => workspace.homes.get(user),
  };
}
