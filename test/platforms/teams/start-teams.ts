import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Inbound } from '../../../src/chat/inbound.ts';
import { inboundSchema } from '../../../src/chat/inbound.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import { nothing } from '../../../src/chat/reply.ts';
import { wallClock } from '../../../src/clock.ts';
import { randomIds } from '../../../src/ids.ts';
import type { LogFields } from '../../../src/log.ts';
import { createLocalTeams } from '../../../src/simulator/teams/create-local-teams.ts';
import type { LocalTeams } from '../../../src/simulator/teams/types.ts';
import type { Teams, TeamsOptions } from '../../../src/teams/create-teams.ts';
import { createTeams } from '../../../src/teams/create-teams.ts';
import { patient } from '../../helpers/patient.ts';
import type { ConversationReference, References } from '../../../src/teams/references.ts';

export const tenantId = '0b7a2e6c-0000-4000-8000-000000000001';
export const appId = '6d1c5d5e-0000-4000-8000-0000000000b0';
export const maya = 'aad-maya';
export const jon = 'aad-jon';
export const outsider = 'aad-outsider';
export const channel = '19:west@thread.tacv2';

export interface Running {
  readonly local: LocalTeams;
  readonly teams: Teams;
  /** Everything the dispatcher was given, each checked against its schema. */
  readonly received: Inbound[];
  readonly references: References & { readonly all: Map<string, ConversationReference> };
  readonly logged: { event: string; fields: LogFields | undefined }[];
  readonly origin: string;
  /** What the dispatcher answers from now on. */
  answer(reply: Reply | ((inbound: Inbound) => Promise<Reply> | Reply)): void;
  close(): Promise<void>;
}

/** A bot and a local Teams on one server, as in local mode, with a dispatcher that says what the test wants. */
export async function startTeams(
  options: { bot?: Partial<TeamsOptions>; perSecond?: number; install?: readonly string[] } = {},
): Promise<Running> {
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const local = createLocalTeams({
    clock: wallClock,
    ids: randomIds,
    appId,
    botMessagesUrl: () => `${origin}/api/messages`,
    tenant: { id: tenantId, name: 'Riverside' },
    users: [
      { aadObjectId: maya, name: 'Maya' },
      { aadObjectId: jon, name: 'Jon' },
      { aadObjectId: outsider, name: 'Olga' },
    ],
    channels: [{ id: channel, name: 'West', members: [maya, jon] }],
    origin: () => `${origin}/local`,
    perSecond: options.perSecond ?? 1000,
    waits: { cutMs: 2 * patient, recommendedMs: 2 * patient },
  });
  app.use('/local', local.router);
  const settings = local.settings();

  const all = new Map<string, ConversationReference>();
  const references = {
    all,
    save: (tenant: string, user: string, reference: ConversationReference) =>
      Promise.resolve(void all.set(`${tenant}/${user}`, reference)),
    find: (tenant: string, user: string) => Promise.resolve(all.get(`${tenant}/${user}`)),
    whoIs: (tenant: string, userId: string) =>
      Promise.resolve([...all].find(([, one]) => one.userId === userId)?.[0].slice(tenant.length + 1)),
  };
  const received: Inbound[] = [];
  const logged: Running['logged'] = [];
  const note = (event: string, fields?: LogFields): void => void logged.push({ event, fields });
  let reply: (inbound: Inbound) => Promise<Reply> | Reply = () => nothing;
  const teams = createTeams({
    appId,
    tenantId,
    appType: 'SingleTenant',
    openIdMetadataUrl: settings.openIdMetadataUrl,
    tokenIssuer: settings.tokenIssuer,
    allowedServiceHosts: [settings.serviceHost],
    connectorToken: settings.connectorToken,
    clock: wallClock,
    references,
    deadlineMs: patient,
    log: { info: note, warn: note, error: note },
    receive: async (inbound) => {
      received.push(inboundSchema.parse(inbound));
      return reply(inbound);
    },
    ...options.bot,
  });
  app.use(teams.router);
  for (const user of options.install ?? [maya, jon]) await local.install({ user });
  received.length = 0;
  return {
    local,
    teams,
    received,
    references,
    logged,
    origin,
    answer(next) {
      reply = typeof next === 'function' ? next : () => next;
    },
    async close() {
      await teams.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
