import { createServer } from 'node:http';
import express, { type RequestHandler } from 'express';
import { wallClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { createLocalSlack, type LocalSlack } from '../../src/simulator/slack/create-local-slack.ts';
import { createLocalTeams } from '../../src/simulator/teams/create-local-teams.ts';
import type { LocalTeams } from '../../src/simulator/teams/types.ts';
import type { Environment } from './built-service.ts';
import { slackTenant, teamsTenant, type Coordinator } from './organisation.ts';

const appId = '11111111-2222-4333-8444-555555555555';
export const signingSecret = 'a signing secret of the kill tests';
/** Nobody waits for pace here: what is tried is loss, not limits. */
const unlimited = 100_000;
/** In which Baton does not stand: for a hand that looks into a channel as well. */
export const emptyChannel = { slack: 'C0EMPTY', teams: '19:empty@thread.tacv2' } as const;

/** Both platforms in the test's own process: they outlive the service, as the real ones do. */
export interface Platforms {
  readonly slack: LocalSlack;
  readonly teams: LocalTeams;
  /** Settings of a service that speaks to them. */
  readonly environment: Environment;
  /** A fresh response_url of Slack, and what was posted to it so far. */
  answers(key: string): { readonly url: string; readonly bodies: readonly unknown[] };
  /** Tells the Teams side where the service listens now. */
  point(url: string): void;
  close(): Promise<void>;
}

/** `before`: what every call of Baton's meets first, answers to a response_url among them. */
export async function openPlatforms(
  people: readonly Coordinator[],
  { before = [] }: { readonly before?: readonly RequestHandler[] } = {},
): Promise<Platforms> {
  let service = '';
  let origin = '';
  const posted = new Map<string, unknown[]>();
  const bodiesOf = (key: string): unknown[] => {
    const known = posted.get(key) ?? [];
    posted.set(key, known);
    return known;
  };
  const slack = createLocalSlack({
    clock: wallClock,
    ids: randomIds,
    signingSecret,
    botEventsUrl: () => `${service}/slack/events`,
    tenant: { id: slackTenant, name: 'riverside' },
    users: people.flatMap(({ platform, user, name }) =>
      platform === 'slack' ? [{ id: user, name: user.toLowerCase(), real_name: name }] : [],
    ),
    channels: [],
    origin: () => `${origin}/slack`,
    pace: { perSecond: unlimited, burst: unlimited },
  });
  const teams = createLocalTeams({
    clock: wallClock,
    ids: randomIds,
    appId,
    botMessagesUrl: () => `${service}/api/messages`,
    tenant: { id: teamsTenant, name: 'riverside' },
    users: people.flatMap(({ platform, user, name }) => (platform === 'teams' ? [{ aadObjectId: user, name }] : [])),
    channels: [{ id: emptyChannel.teams, name: 'empty', members: [] }],
    origin: () => `${origin}/teams`,
    perSecond: unlimited,
  });
  const app = express();
  for (const each of before) app.use(each);
  app.use('/slack', slack.router);
  app.use('/teams', teams.router);
  app.post('/answers/:key', express.json({ limit: '1mb' }), (request, response) => {
    bodiesOf(request.params.key).push(request.body);
    response.json({ ok: true });
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the platforms have no port');
  origin = `http://127.0.0.1:${address.port}`;
  const trust = teams.settings();
  return {
    slack,
    teams,
    environment: {
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: `${origin}/slack/api/`,
      MICROSOFT_APP_ID: appId,
      MICROSOFT_APP_TENANT_ID: trust.tenantId,
      TEAMS_OPENID_METADATA_URL: trust.openIdMetadataUrl,
      TEAMS_TOKEN_ISSUER: trust.tokenIssuer,
      TEAMS_ALLOWED_SERVICE_HOSTS: trust.serviceHost,
      TEAMS_CONNECTOR_TOKEN: trust.connectorToken,
    },
    answers: (key) => ({ url: `${origin}/answers/${key}`, bodies: bodiesOf(key) }),
    point: (url) => {
      service = url;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
