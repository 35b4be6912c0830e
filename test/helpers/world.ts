import { Router } from 'express';
import { expect } from 'vitest';
import { collectedFeatures, startService, type House, type Service } from '../../src/app.ts';
import type { CommandLimit } from '../../src/dispatch/command-limit.ts';
import type { CollectedFeatures } from '../../src/feature/collect-features.ts';
import { createPushableClock, type PushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { createLog, type Log, type LogFields } from '../../src/log.ts';
import type { PagerSettings } from '../../src/pager-settings.ts';
import { createLocalSlack, type LocalSlack } from '../../src/simulator/slack/create-local-slack.ts';
import { createLocalTeams } from '../../src/simulator/teams/create-local-teams.ts';
import type { LocalTeams } from '../../src/simulator/teams/types.ts';
import type { Store } from '../../src/store/store.ts';
import { beginOrganisation } from './begin-organisation.ts';
import type { TestDatabase } from './database.ts';
import { alsoDue } from './also-due.ts';
import { readSample } from './organisation.ts';
import { heldDeadline, holdDeadline } from './hold-deadline.ts';
import { patient } from './patient.ts';
import type { Hand } from './screen.ts';
import { slackHand } from './slack-hand.ts';
import type { SlackSocket } from './slack-socket.ts';
import { teamsHand } from './teams-hand.ts';

interface Logged {
  readonly event: string;
  readonly fields: LogFields | undefined;
}

/** The sample organisation at work on both strict local platforms, on a database of its own. */
export interface World {
  readonly clock: PushableClock;
  readonly store: Store;
  /** The database's owner, for a second engine on it. */
  readonly databaseUrl: string;
  readonly service: Service;
  readonly slack: LocalSlack;
  readonly teams: LocalTeams;
  /** Everything the service ever logged: for what must never stand there. */
  readonly logged: readonly Logged[];
  /** The same as the lines that whoever runs the service reads, one JSON each. */
  readonly lines: readonly string[];
  /** What it logged in the test that runs. */
  readonly loggedNow: readonly Logged[];
  /** Waits until both adapters have finished what they do after answering, and until what is due is delivered. */
  settled(): Promise<void>;
  /** Waits until nothing is due to be sent by the clock, and nothing is under way. */
  delivered(): Promise<void>;
  /** Until then requests are acknowledged without their answers, as after two seconds. Else every answer is in time. */
  passDeadline(until: Promise<void>): void;
  close(): Promise<void>;
}

/** For clocks that stand still: nobody is held up. */
export const generous: CommandLimit = { commands: 100_000, milliseconds: 10_000 };

export const slackTenant = 'T0RIVER';
const appId = '11111111-2222-4333-8444-555555555555';
export const teamsTenant = '7b6a2f3e-0000-4000-8000-00000000a001';
export const signingSecret = 'a signing secret of the tests';
/** In both workspaces, so that one test can run on either: Slack user, Entra object id. */
const hands: Readonly<Record<string, { slack: string; teams: string; name: string }>> = {
  maya: { slack: 'U0MAYA', teams: '0a000000-0000-4000-8000-0000000000a1', name: 'Maya Torres' },
  jon: { slack: 'U0JON', teams: '0a000000-0000-4000-8000-0000000000a2', name: 'Jon Reyes' },
  sara: { slack: 'U0SARA', teams: '0a000000-0000-4000-8000-0000000000a3', name: 'Sara Lindqvist' },
  dana: { slack: 'U0DANA', teams: '0a000000-0000-4000-8000-00000000b004', name: 'Dana Whitfield' },
  keisha: { slack: 'U0KEISHA', teams: '0a000000-0000-4000-8000-00000000b001', name: 'Keisha Brown' },
  bea: { slack: 'U0BEA', teams: '0a000000-0000-4000-8000-0000000000a4', name: 'Bea Novak' },
};
export const slackChannel = 'C0EAST';
export const teamsChannel = '19:east@thread.tacv2';

/** Who has the app in Teams. */
const teamsUsers = [...Object.values(hands).map((one) => one.teams), '0a000000-0000-4000-8000-0000000000ff'];

/** The sample file, with everybody of the tests present on both platforms. */
export function onBothPlatforms(text: string): string {
  let changed = text;
  for (const [person, { slack, teams }] of Object.entries(hands)) {
    const line = changed.split('\n').find((one) => one.includes(`{ id: ${person},`));
    if (line === undefined) throw new Error(`the sample has no ${person}`);
    const identities = `identities: [{ workspace: rs-slack, user: ${slack} }, { workspace: rs-teams, user: ${teams} }] }`;
    changed = changed.replace(line, line.replace(/identities: \[.*$/, identities));
  }
  return changed.replace(
    '- { workspace: rs-slack, channel: C0EAST }',
    `- { workspace: rs-slack, channel: C0EAST }\n      - { workspace: rs-teams, conversation: "${teamsChannel}" }`,
  );
}

/** Opens the world at a moment (default: Monday 23 November 2026, 09:00 in New York); the clock then stands still. */
export async function openWorld(
  options: {
    at?: string;
    privacy?: 'minimal' | 'full';
    /** Edits the text of the sample organisation's file. */
    organisation?: (text: string) => string;
    /** Further people of the Slack workspace. */
    slackUsers?: readonly { id: string; name: string; real_name: string }[];
    /** False where the platform is still to be asked what the places are. Default: it was just asked. */
    placesKnown?: boolean;
    /** Leads the service to its database by another way; told where it stands. */
    databaseThrough?: (url: string) => Promise<string>;
    /** What the service has in place of its store; told of that one. */
    storeThrough?: (store: Store) => Store;
    /** Card kinds of the test's own. */
    cards?: CollectedFeatures['cards'];
    /** What a noun of the test's own has due. */
    due?: CollectedFeatures['due'];
    /** Milliseconds a platform may take to answer what is sent to it. Default: no test comes near it. */
    sendTimeoutMs?: number;
    /** How many commands a person may type at a stroke. Default: a lot, because the clock stands still while they do it. */
    limit?: CommandLimit;
    /** Where the service finds Slack's Web API; told where the local one stands. */
    slackApiUrl?: (local: string) => string;
    /** Slack by Socket Mode. Default: by signed requests. */
    slackSocket?: SlackSocket;
    /** The pager's gateway. Default: none, and nobody is paged. */
    pager?: PagerSettings;
    /** Milliseconds it may take. Default: no test comes near it. */
    pagerTimeoutMs?: number;
    /** Milliseconds until whoever waits for a connection is turned away. Default: no test comes near it. */
    patienceMs?: number;
    /** Further hosts the service writes to for Teams. */
    teamsHosts?: readonly string[];
  } = {},
): Promise<World> {
  const start = new Date(options.at ?? '2026-11-23T14:00:00Z');
  const { clock, pass } = holdDeadline(createPushableClock({ start, frozen: true }));
  const file = await readSample((text) => (options.organisation ?? String)(onBothPlatforms(text)));
  const { database, store } = await beginOrganisation(clock, file, options);
  const seen = options.storeThrough?.(store) ?? store;
  const logged: Logged[] = [];
  const loggedIn = new Map<string | undefined, Logged[]>();
  const inThisTest = (): Logged[] => loggedIn.get(expect.getState().currentTestName) ?? [];
  const note = (event: string, fields?: LogFields): void => {
    logged.push({ event, fields });
    loggedIn.set(expect.getState().currentTestName, [...inThisTest(), { event, fields }]);
  };
  const lines: string[] = [];
  const written = createLog('info', { write: (line) => void lines.push(line) });
  const both =
    (level: keyof Log) =>
    (event: string, fields?: LogFields): void => {
      note(event, fields);
      written[level](event, fields);
    };
  const log: Log = { info: both('info'), warn: both('warn'), error: both('error') };

  let url = '';
  const slack = createLocalSlack({
    clock,
    ids: randomIds,
    signingSecret,
    ...(options.slackSocket === undefined ? {} : { socket: options.slackSocket }),
    botEventsUrl: () => `${url}/slack/events`,
    tenant: { id: slackTenant, name: 'riverside' },
    users: [
      ...Object.entries(hands).map(([person, { slack: id, name }]) => ({ id, name: person, real_name: name })),
      ...[{ id: 'U0STRANGER', name: 'stranger', real_name: 'Stranger' }, ...(options.slackUsers ?? [])],
    ],
    channels: [
      { id: slackChannel, name: 'east-team', members: [...Object.values(hands).map((one) => one.slack), 'U0STRANGER'] },
    ],
    origin: () => `${url}/local/slack`,
    pace: { perSecond: 1000, burst: 1000 },
    waits: { acknowledgeMs: 2 * patient, triggerMs: 2 * patient },
  });
  const teams = createLocalTeams({
    clock,
    ids: randomIds,
    appId: appId,
    botMessagesUrl: () => `${url}/api/messages`,
    tenant: { id: teamsTenant, name: 'riverside' },
    users: [
      ...Object.values(hands).map(({ teams: aadObjectId, name }) => ({ aadObjectId, name })),
      { aadObjectId: '0a000000-0000-4000-8000-0000000000ff', name: 'Stranger' },
    ],
    channels: [
      {
        id: teamsChannel,
        name: 'East',
        members: [...Object.values(hands).map((one) => one.teams), '0a000000-0000-4000-8000-0000000000ff'],
      },
    ],
    origin: () => `${url}/local/teams`,
    perSecond: 1000,
    installed: teamsUsers,
    waits: { cutMs: 2 * patient, recommendedMs: 2 * patient },
  });
  const house: House = {
    database: { url: database.url, revive: () => Promise.resolve(), close: () => Promise.resolve() },
    store: seen,
    features: {
      ...alsoDue(collectedFeatures, options.due),
      cards: new Map([...collectedFeatures.cards, ...(options.cards ?? [])]),
    },
    clock,
    ids: randomIds,
    close: () => Promise.resolve(),
  };
  const service = await startService({
    house,
    log,
    privacy: options.privacy ?? 'minimal',
    port: 0,
    host: '127.0.0.1',
    // Time passes when a test says so: `world.service.tick()`.
    ticking: false,
    sendTimeoutMs: options.sendTimeoutMs ?? patient,
    answerDeadlineMs: heldDeadline,
    ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
    pager: options.pager,
    pagerTimeoutMs: options.pagerTimeoutMs ?? patient,
    limit: options.limit ?? generous,
    pace: { slack: [{ messages: 1000, milliseconds: 1000 }], teams: [{ messages: 1000, milliseconds: 1000 }] },
    platforms: (listening) => {
      url = listening;
      const before = Router();
      before.use('/local/slack', slack.router);
      before.use('/local/teams', teams.router);
      const trust = teams.settings();
      return {
        before,
        slack: {
          signingSecret: options.slackSocket === undefined ? signingSecret : undefined,
          botToken: slack.botToken,
          oauth: undefined,
          appToken: options.slackSocket?.appToken,
          apiUrl: options.slackApiUrl?.(`${url}/local/slack/api/`) ?? `${url}/local/slack/api/`,
        },
        teams: {
          appId: appId,
          appPassword: undefined,
          certificate: undefined,
          appType: 'SingleTenant',
          tenantId: trust.tenantId,
          allowedTenants: [trust.tenantId],
          openIdMetadataUrl: trust.openIdMetadataUrl,
          tokenIssuer: trust.tokenIssuer,
          allowedServiceHosts: [trust.serviceHost, ...(options.teamsHosts ?? [])],
          connectorToken: trust.connectorToken,
        },
      };
    },
  });
  const settled = async (): Promise<void> => {
    await service.slack?.settled();
    await service.teams?.settled();
    await service.delivered();
  };
  await rememberChats(store, clock, teams);
  await settled();
  return {
    ...{ clock, store, service, slack, teams, logged, lines, settled },
    get loggedNow() {
      return inThisTest();
    },
    databaseUrl: database.url,
    delivered: () => service.delivered(),
    passDeadline: pass,
    close: () => closeWorld(service, store, database),
  };
}

/** Everybody added the app before the test begins: what an installation leaves in the database, at once. */
async function rememberChats(store: Store, clock: PushableClock, teams: LocalTeams): Promise<void> {
  const { serviceUrl } = teams.settings();
  await store.inOrganisation('riverside', (tx) =>
    tx.db.conversationReference.createMany({
      data: teamsUsers.map((platformUser) => ({
        organisationId: 'riverside',
        workspaceId: 'rs-teams',
        platformUser,
        conversationId: teams.chatOf(platformUser) ?? '',
        serviceUrl,
        botId: `28:${appId}`,
        userId: `29:${platformUser}`,
        updatedAt: clock.now(),
      })),
    }),
  );
}

async function closeWorld(service: Service, store: Store, database: TestDatabase): Promise<void> {
  await service.stop();
  await store.close();
  await database.drop();
}

/** A person of the sample organisation (or `stranger`) at one of the platforms. */
export function handOf(world: World, platform: 'slack' | 'teams', person: string): Hand {
  const known = hands[person] ?? { slack: 'U0STRANGER', teams: '0a000000-0000-4000-8000-0000000000ff' };
  const { settled } = world;
  return platform === 'slack'
    ? slackHand({ slack: world.slack, person, user: known.slack, channel: slackChannel, settled })
    : teamsHand({ teams: world.teams, person, user: known.teams, channel: teamsChannel, settled });
}

export const platforms = ['slack', 'teams'] as const;
