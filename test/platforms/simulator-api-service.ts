import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Inbound } from '../../src/chat/inbound.ts';
import { nothing, type Reply } from '../../src/chat/reply.ts';
import { createPushableClock, type PushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { silentLog } from '../../src/log.ts';
import { createSimulator, type Simulator } from '../../src/simulator/create-simulator.ts';
import type { DeliveryLedger } from '../../src/simulator/delivery-routes.ts';
import { createSlack } from '../../src/slack/create-slack.ts';
import { oneWorkspace } from '../../src/slack/installations.ts';
import { createTeams } from '../../src/teams/create-teams.ts';

export const KEISHA = '0a000000-0000-4000-8000-00000000b001';
export const WEST = '19:west@thread.tacv2';
const TENANT = '7b6a2f3e-0000-4000-8000-00000000a001';

/** A parsed answer, read member by member by the test that asked. */
export type Body = ReturnType<typeof JSON.parse>;

export interface Running {
  readonly simulator: Simulator;
  readonly clock: PushableClock;
  readonly origin: string;
  readonly received: Inbound[];
  /** How often the tick ran because somebody pushed the clock. */
  readonly ticks: Date[];
  answer(reply: (inbound: Inbound) => Reply): void;
  /** What stands in Baton's outbox from now on; a function that throws is a database that does not answer. */
  owe(ledger: (limit: number) => DeliveryLedger): void;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<{ status: number; body: Body }>;
  get(path: string): Promise<{ status: number; body: Body }>;
  close(): Promise<void>;
}

/** The simulator with the ordinary adapters beside it, as local mode puts them together; the dispatcher is a stand-in. */
export async function startSimulator(): Promise<Running> {
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  // Sunday, 22 November 2026, 09:00 in New York.
  const clock = createPushableClock({ start: new Date('2026-11-22T14:00:00Z'), frozen: true });
  const ticks: Date[] = [];
  let owed: (limit: number) => DeliveryLedger = () => ({ counts: {}, deliveries: [] });
  const simulator = createSimulator({
    clock,
    ids: randomIds,
    log: silentLog,
    origin: () => origin,
    pushed: async () => void ticks.push(clock.now()),
    deliveries: async (limit) => owed(limit),
    organisation: {
      slack: {
        tenant: 'T0RIVER',
        name: 'Riverside',
        users: [
          { id: 'U0MAYA', name: 'Maya Torres' },
          { id: 'U0JON', name: 'Jon Reyes' },
        ],
        channels: [{ id: 'C0EAST', name: 'east-team', members: ['U0MAYA'] }],
      },
      teams: {
        tenant: TENANT,
        name: 'Riverside',
        users: [{ aadObjectId: KEISHA, name: 'Keisha Brown' }],
        channels: [{ id: WEST, name: 'west-team', members: [KEISHA] }],
      },
      people: [
        { id: 'maya', name: 'Maya Torres', slackUser: 'U0MAYA' },
        { id: 'jon', name: 'Jon Reyes', slackUser: 'U0JON' },
        { id: 'keisha', name: 'Keisha Brown', teamsUser: KEISHA },
      ],
    },
  });
  const received: Inbound[] = [];
  let reply: (inbound: Inbound) => Reply = () => nothing;
  const receive = async (inbound: Inbound): Promise<Reply> => {
    received.push(inbound);
    return reply(inbound);
  };
  const references = new Map<
    string,
    Parameters<NonNullable<Parameters<typeof createTeams>[0]['references']['save']>>[2]
  >();
  const slack = createSlack({
    signingSecret: simulator.slack.signingSecret,
    installations: oneWorkspace(simulator.slack.botToken),
    apiUrl: simulator.slack.apiUrl(),
    clock,
    receive,
    log: silentLog,
  });
  const teams = createTeams({
    appId: simulator.teams.appId,
    appType: 'SingleTenant',
    tenantId: simulator.teams.tenant,
    allowedTenants: [simulator.teams.tenant],
    openIdMetadataUrl: simulator.teams.openIdMetadataUrl(),
    tokenIssuer: simulator.teams.tokenIssuer,
    allowedServiceHosts: simulator.teams.allowedServiceHosts,
    connectorToken: simulator.teams.connectorToken,
    clock,
    receive,
    log: silentLog,
    references: {
      save: async (tenant, user, reference) => void references.set(`${tenant}/${user}`, reference),
      find: async (tenant, user) => references.get(`${tenant}/${user}`),
      whoIs: async () => undefined,
    },
  });
  app.use(simulator.router, slack.router, teams.router);

  const read = async (response: Response): Promise<{ status: number; body: Body }> => {
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
  return {
    simulator,
    clock,
    origin,
    received,
    ticks,
    answer: (next) => {
      reply = next;
    },
    owe: (ledger) => {
      owed = ledger;
    },
    post: async (path, body, headers = {}) =>
      read(
        await fetch(`${origin}/simulator/api/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        }),
      ),
    get: async (path) => read(await fetch(`${origin}/simulator/api/${path}`)),
    async close() {
      simulator.stop();
      await Promise.all([slack.stop(), teams.stop()]);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
