import { Router } from 'express';
import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import { createActs, type Acts } from './acts.ts';
import { createDeliver, type Deliver } from './deliver.ts';
import { createFaults, type Faults } from './faults.ts';
import { fileMethods, serveFiles } from './files.ts';
import { slackWaits, type Waits } from './limits.ts';
import { chatMethods, type Pace } from './methods-chat.ts';
import { peopleMethods } from './methods-people.ts';
import { viewMethods } from './methods-views.ts';
import { serveWebApi } from './serve-web-api.ts';
import type { LocalShortcut } from './shortcuts.ts';
import { createTickets } from './tickets.ts';
import {
  createWorkspace,
  Impossible,
  type LocalChannel,
  type LocalUser,
  type OpenView,
  type StoredMessage,
} from './workspace.ts';

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
  /** What the app's manifest puts into the shortcut menus; any shortcut when absent. */
  readonly shortcuts?: readonly LocalShortcut[];
  /** Slack's one message a second and channel, with a small burst. */
  readonly pace?: Pace;
  /** Socket Mode is switched on: everything goes to the bot by the socket whose addresses `open` gives. */
  readonly socket?: { readonly appToken: string; readonly open: () => string; readonly deliver: Deliver };
  /** How long Slack waits for an acknowledgement and how long a trigger lives. Default: three seconds each. */
  readonly waits?: Waits;
}

export interface LocalSlack extends Acts {
  /** `POST /api/<method>` (the Web API) and `POST /respond/<key>` (response_urls). */
  readonly router: Router;
  readonly botToken: string;
  readonly faults: Faults;
  /** Changes somebody's account without telling the bot: deactivated, or not there at all. */
  changeUser(id: string, change: { deleted?: boolean; missing?: boolean }): void;
  /** Changes what a channel is: archives it, opens it, shares it with another organisation, takes the bot out. */
  changeChannel(id: string, change: Partial<Omit<LocalChannel, 'id'>>): void;
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
  const {
    clock,
    ids,
    origin,
    botToken = 'xoxb-local',
    pace = { perSecond: 1, burst: 5 },
    waits = slackWaits,
  } = options;
  const workspace = createWorkspace(options);
  const tickets = createTickets(clock, ids, waits);
  const faults = createFaults();
  const deliver = options.socket?.deliver ?? createDeliver({ ...options, waits });
  const base = typeof origin === 'string' ? () => origin : origin;
  const methods = {
    ...chatMethods(workspace, clock, pace),
    ...viewMethods(workspace, tickets),
    ...peopleMethods(workspace),
    ...fileMethods(workspace, base),
  };
  const router = Router();
  router.use(
    serveWebApi({ workspace, tickets, faults, clock, botToken, socket: options.socket, methods }),
    serveFiles(workspace),
  );
  return {
    ...createActs({ workspace, tickets, deliver, clock, origin: base, shortcuts: options.shortcuts }),
    router,
    botToken,
    faults,
    changeUser(id, { deleted = false, missing = false }) {
      if (deleted) workspace.gone.add(id);
      if (missing) workspace.users.delete(id);
    },
    changeChannel(id, change) {
      const channel = workspace.channels.get(id);
      if (channel === undefined) throw new Impossible('there is no such channel');
      workspace.channels.set(id, { ...channel, ...change });
    },
    messages: (channel, forUser) => workspace.visible(channel, forUser),
    direct: (user) => workspace.direct(user),
    views: (user) => workspace.modals.get(user) ?? [],
    home: (user) => workspace.homes.get(user),
  };
}
