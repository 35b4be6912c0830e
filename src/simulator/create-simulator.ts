import express, { Router } from 'express';
import type { ErrorRequestHandler } from 'express';
import type { PushableClock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { Log } from '../log.ts';
import { createAnnouncer } from './announce-changes.ts';
import { createClockRoutes } from './clock-routes.ts';
import { createDeliveryRoutes, type DeliveryLedger } from './delivery-routes.ts';
import { createFaultDesk } from './fault-routes.ts';
import { findUser, type SimulatedPerson, type SimulatedUser } from './find-person.ts';
import { createLedger } from './keep-ledger.ts';
import { refuseStrangers } from './refuse-strangers.ts';
import { servePage } from './serve-page.ts';
import { createSlackRoutes } from './slack-routes.ts';
import { createLocalSlack, type LocalSlack } from './slack/create-local-slack.ts';
import type { LocalShortcut } from './slack/shortcuts.ts';
import { createTeamsRoutes } from './teams-routes.ts';
import { createLocalTeams } from './teams/create-local-teams.ts';
import { TOKEN_ISSUER } from './teams/identity-routes.ts';
import type { LocalTeams } from './teams/types.ts';

export interface SimulatedChannel {
  readonly id: string;
  readonly name: string;
  /** Platform user ids. */
  readonly members: readonly string[];
}
export interface SimulatedOrganisation {
  readonly slack?: {
    /** Slack team id. */
    readonly tenant: string;
    readonly name: string;
    readonly users: readonly SimulatedUser[];
    readonly channels: readonly SimulatedChannel[];
  };
  readonly teams?: {
    readonly tenant: string;
    readonly name: string;
    readonly users: readonly { readonly aadObjectId: string; readonly name: string }[];
    readonly channels: readonly SimulatedChannel[];
  };
  readonly people: readonly SimulatedPerson[];
}
/** What the app's manifests put into the platforms' own menus. */
export interface SimulatedMenus {
  readonly shortcuts: readonly LocalShortcut[];
  readonly extension: readonly { readonly id: string; readonly title: string; readonly context: readonly string[] }[];
}

export interface SimulatorOptions {
  readonly clock: PushableClock;
  readonly ids: Ids;
  readonly log: Log;
  /** Where the service listens, e.g. `http://127.0.0.1:3000`. Asked when needed, so it may be known later. */
  readonly origin: () => string;
  readonly organisation: SimulatedOrganisation;
  /** Default: menus without an entry. */
  readonly menus?: SimulatedMenus;
  /** What runs after the clock was pushed: the tick. */
  readonly pushed?: () => Promise<void>;
  /** Baton's outbox, newest first and at most so many. */
  readonly deliveries: (limit: number) => Promise<DeliveryLedger>;
  /** IANA zone of "next morning". Default: New York. */
  readonly zone?: string;
  /** The built page; default: where the build puts it. */
  readonly pageFolder?: string;
}

export interface Simulator {
  /** Everything under `/simulator`, and the page at `/`. */
  readonly router: Router;
  /** What the ordinary Slack adapter is told, to speak to this Slack. */
  readonly slack: { readonly signingSecret: string; readonly botToken: string; apiUrl(): string };
  /** What the ordinary Teams adapter is told, to trust this tenant. */
  readonly teams: {
    readonly appId: string;
    readonly tenant: string;
    openIdMetadataUrl(): string;
    readonly tokenIssuer: string;
    readonly allowedServiceHosts: readonly string[];
    readonly connectorToken: string;
  };
  /** The platforms themselves, for tests. */
  readonly local: { readonly slack: LocalSlack; readonly teams: LocalTeams };
  /** Installs the bot for every Teams user, which opens their chat with it. Once the service listens. */
  greet(): Promise<void>;
  /** Ends the open streams, so that the service can stop. */
  stop(): void;
}

const SLACK_PATH = '/simulator/slack';
const TEAMS_PATH = '/simulator/teams';

/** What express itself refuses, in the shape of the rest. */
const inWords: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return void next(error);
  const tooLarge = error instanceof Error && 'status' in error && error.status === 413;
  response.status(tooLarge ? 413 : 400).json({ error: tooLarge ? 'That is too long.' : 'Send a JSON object.' });
};

/** A local Slack, a local Teams, their HTTP API and the page to look at them. Speaks to Baton by its own doors only. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { clock, ids, log, origin, organisation, zone = 'America/New_York' } = options;
  const { people } = organisation;
  const { shortcuts, extension } = options.menus ?? { shortcuts: [], extension: [] };
  const secret = (length: number): string => Buffer.from(ids.bytes(length)).toString('hex');
  const slackTeam = organisation.slack ?? { tenant: 'T0LOCAL', name: 'Slack', users: [], channels: [] };
  const tenant = organisation.teams ?? { tenant: ids.uuid(), name: 'Teams', users: [], channels: [] };
  const signingSecret = secret(16);
  const appId = ids.uuid();
  const connectorToken = secret(32);

  const slack = createLocalSlack({
    clock,
    ids,
    signingSecret,
    botToken: `xoxb-${secret(12)}`,
    botEventsUrl: () => `${origin()}/slack/events`,
    tenant: { id: slackTeam.tenant, name: slackTeam.name },
    // Slack's handle is what people type behind an @; the person's id is the handle everybody here knows.
    users: slackTeam.users.map(({ id, name }) => ({
      id,
      name: people.find((person) => person.slackUser === id)?.id ?? id.toLowerCase(),
      real_name: name,
    })),
    channels: slackTeam.channels,
    shortcuts,
    origin: () => origin() + SLACK_PATH,
  });
  const teams = createLocalTeams({
    clock,
    ids,
    appId,
    botMessagesUrl: () => `${origin()}/api/messages`,
    tenant: { id: tenant.tenant, name: tenant.name },
    users: tenant.users,
    channels: tenant.channels,
    origin: () => origin() + TEAMS_PATH,
    connectorToken,
  });

  const announcer = createAnnouncer(clock);
  const ledger = createLedger(clock);
  const faults = createFaultDesk({
    slack: organisation.slack && slack.faults,
    teams: organisation.teams && teams.faults,
  });
  const teamsUsers = tenant.users.map(({ aadObjectId, name }) => ({ id: aadObjectId, name }));
  const state = (): object => ({
    clock: { now: clock.now().toISOString(), zone },
    people,
    ...(organisation.slack === undefined
      ? {}
      : {
          slack: {
            ...slackTeam,
            shortcuts,
            directs: Object.fromEntries(slackTeam.users.map(({ id }) => [id, slack.direct(id)])),
          },
        }),
    ...(organisation.teams === undefined
      ? {}
      : {
          teams: {
            ...tenant,
            extension,
            users: teamsUsers,
            chats: Object.fromEntries(teamsUsers.flatMap(({ id }) => [[id, teams.chatOf(id)]])),
            failures: teams.failures(),
          },
        }),
    faults: faults.list(),
    ledger: ledger.list(),
  });

  const api = Router();
  api.use(refuseStrangers(origin), express.json({ limit: '256kb' }), announcer.watch);
  api.get('/events', announcer.subscribe);
  api.get('/state', (_request, response) => {
    response.set('cache-control', 'no-store').json(state());
  });
  api.use(createClockRoutes({ clock, zone, pushed: options.pushed ?? (async () => undefined) }), faults.router);
  api.use(createDeliveryRoutes({ clock, read: options.deliveries }));
  api.use(
    '/slack',
    createSlackRoutes({
      slack,
      channels: slackTeam.channels,
      findUser: (who) => findUser(who, 'Slack', slackTeam.users, people),
      note: (what, { status, ms, error }) =>
        ledger.add({ platform: 'slack', direction: 'to-baton', what, status, ms, ...(error && { failure: error }) }),
    }),
  );
  api.use(
    '/teams',
    createTeamsRoutes({
      teams,
      findUser: (who) => findUser(who, 'Teams', teamsUsers, people),
      note: (what, { status, ms, failure }) =>
        ledger.add({ platform: 'teams', direction: 'to-baton', what, status, ms, ...(failure && { failure }) }),
    }),
  );
  api.use((_request, response) => {
    response.status(404).json({ error: 'The simulator has no such address.' });
  });
  api.use(inWords);

  const router = Router();
  router.use('/simulator/api', api);
  router.use(SLACK_PATH, announcer.watch, ledger.watch('slack'), slack.router);
  router.use(TEAMS_PATH, announcer.watch, ledger.watch('teams'), teams.router);
  router.use(servePage(options.pageFolder));

  return {
    router,
    slack: { signingSecret, botToken: slack.botToken, apiUrl: () => `${origin() + SLACK_PATH}/api/` },
    teams: {
      appId,
      tenant: tenant.tenant,
      openIdMetadataUrl: () => teams.settings().openIdMetadataUrl,
      tokenIssuer: TOKEN_ISSUER,
      allowedServiceHosts: ['127.0.0.1', 'localhost'],
      connectorToken,
    },
    local: { slack, teams },
    async greet() {
      for (const { aadObjectId } of tenant.users) {
        const { status } = await teams.install({ user: aadObjectId });
        if (status < 200 || status > 299) log.warn('simulator.install-refused', { platform: 'teams', status });
      }
      announcer.changed();
    },
    stop: () => announcer.stop(),
  };
}
