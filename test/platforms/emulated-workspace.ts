import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from 'emulate';
import express from 'express';
import { parse } from 'yaml';
import { collectedFeatures } from '../../src/app.ts';
import { readOrganisationFile } from '../../src/access/organisation-file.ts';
import { createDispatcher } from '../../src/dispatch/dispatch.ts';
import type { Receive } from '../../src/chat/reply.ts';
import { wallClock } from '../../src/clock.ts';
import { enqueuePost, refreshCopies } from '../../src/delivery/outbox.ts';
import { setTimer } from '../../src/schedule/timers.ts';
import { randomIds } from '../../src/ids.ts';
import { silentLog } from '../../src/log.ts';
import { signedRequest } from '../../src/simulator/slack/sign-request.ts';
import { createSlack, type SlackAdapter } from '../../src/slack/create-slack.ts';
import type { Installations } from '../../src/slack/installations.ts';
import { slackScopes } from '../../src/slack/manifest.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createSlackInstallations } from '../../src/store/slack-installations.ts';
import { createDatabase } from '../helpers/database.ts';
import { heldDeadline, holdDeadline } from '../helpers/hold-deadline.ts';
import { applyFile } from '../helpers/organisation.ts';
import { patient } from '../helpers/patient.ts';

type Json = Readonly<Record<string, unknown>>;

/** One call of the Web API, as it went over the wire, and what the other side answered. */
export interface Tapped {
  readonly method: string;
  readonly sent: Readonly<Record<string, string>>;
  readonly answer: Json;
}

/**
 * Baton's Slack half beside `emulate`, a Slack Web API that others wrote. Between them stands a tap that forwards and
 * writes down. What `emulate` cannot do (send slash commands, presses and submissions) is sent here, signed.
 */
export interface EmulatedWorkspace {
  readonly adapter: SlackAdapter;
  readonly installations: Installations;
  readonly store: Store;
  /** Where the adapter listens. */
  readonly origin: string;
  /** `emulate` itself, for what does not go through the adapter. */
  readonly emulateUrl: string;
  /** The Web API, by way of the tap. */
  readonly apiUrl: string;
  readonly team: string;
  /** A person of the organisation, linked to a user of the workspace. */
  readonly maya: string;
  /** A user of the workspace that the organisation does not know. */
  readonly admin: string;
  readonly calls: readonly Tapped[];
  /** Asks `emulate` with a person's token that the adapter does not have. */
  ask(method: string, values: Json): Promise<Json>;
  /** Lets `receive` wait for `until` before it works, and the deadline of an answer pass until then. */
  delay(until: Promise<void>): void;
  /** Posts a command or an interaction (a form) or an event (JSON) as Slack would; returns its acknowledgement. */
  send(type: 'form' | 'json', body: Json): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
}

export const team = 'T000000001';
const signingSecret = 'a signing secret of the smoke test';
const eye = 'xoxp-of-maya-to-look-with';
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

async function postJson(url: string, token: string, values: Json): Promise<Json> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(values) });
  const answer: unknown = await response.json();
  if (!isJson(answer)) throw new Error(`${url} answered with ${response.status} and no object`);
  return answer;
}

/** Starts everything; with it an organisation of one coordinator, whose Slack user `emulate` named. */
export async function openEmulatedWorkspace(): Promise<EmulatedWorkspace> {
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const redirectUri = `${origin}/slack/oauth_redirect`;
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        // Every method then refuses a token without the scope Slack lists for it: the manifest's must be enough.
        strict_scopes: true,
        users: [{ name: 'maya', real_name: 'Maya Torres' }],
        oauth_apps: [
          {
            app_id: 'A0BATON',
            client_id: 'client',
            client_secret: 'client secret',
            name: 'Baton',
            redirect_uris: [redirectUri],
            scopes: Object.keys(slackScopes),
          },
        ],
        tokens: [{ token: eye, user: 'maya', scopes: ['users:read', 'im:read', 'im:history', 'chat:write'] }],
      },
    },
  });
  const ask = (method: string, values: Json): Promise<Json> => postJson(`${emulator.url}/api/${method}`, eye, values);
  const users = await ask('users.list', {});
  const named = (name: string): string => {
    const members = Array.isArray(users['members']) ? users['members'].filter(isJson) : [];
    return String(members.find((member) => member['name'] === name)?.['id']);
  };
  const maya = named('maya');

  const database = await createDatabase();
  const store = openStore({
    url: database.url,
    masterKey: new Uint8Array(32).fill(7),
    clock: wallClock,
    ids: randomIds,
  });
  const read = readOrganisationFile(parse(organisationText(maya)), collectedFeatures.settings);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  await applyFile(store, read.file, wallClock);

  const dispatch = createDispatcher({
    store,
    features: collectedFeatures,
    clock: wallClock,
    ids: randomIds,
    log: silentLog,
    privacy: 'minimal',
    patienceMs: patient,
    outbox: { post: enqueuePost, refresh: refreshCopies, wake: setTimer },
  });
  let waiting: Promise<void> = Promise.resolve();
  const receive: Receive = async (inbound) => {
    await waiting;
    return dispatch(inbound);
  };
  const deadline = holdDeadline(wallClock);
  const calls: Tapped[] = [];
  app.use('/api', tap(emulator.url, calls));
  const installations = createSlackInstallations(store, wallClock);
  const apiUrl = `${origin}/api/`;
  const adapter = createSlack({
    signingSecret,
    clock: deadline.clock,
    receive,
    log: silentLog,
    apiUrl,
    installations,
    deadlineMs: heldDeadline,
    oauth: {
      clientId: 'client',
      clientSecret: 'client secret',
      stateSecret: 'a-state-secret',
      redirectUri,
      authorizationUrl: `${emulator.url}/oauth/v2/authorize`,
    },
  });
  app.use(adapter.router);

  return {
    adapter,
    installations,
    store,
    origin,
    emulateUrl: emulator.url,
    apiUrl,
    team,
    maya,
    admin: named('admin'),
    calls,
    ask,
    delay: (until) => {
      waiting = until;
      deadline.pass(until);
    },
    async send(type, body) {
      const at = Math.floor(wallClock.wallNow().getTime() / 1_000);
      const fields = Object.entries(body).map(([name, value]): [string, string] => [name, String(value)]);
      const text = type === 'json' ? JSON.stringify(body) : new URLSearchParams(fields).toString();
      const response = await fetch(`${origin}/slack/events`, signedRequest(text, { secret: signingSecret, at, type }));
      const answer = await response.text();
      return { status: response.status, body: answer === '' ? '' : (JSON.parse(answer) as unknown) };
    },
    async close() {
      await adapter.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await emulator.close();
      await store.close();
      await database.drop();
    },
  };
}

/** Forwards a call unchanged and keeps what was asked and answered. */
function tap(emulateUrl: string, calls: Tapped[]): express.Handler {
  return (request, response, next) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const { authorization, 'content-type': type } = request.headers;
      fetch(`${emulateUrl}/api${request.path}`, {
        method: 'POST',
        body,
        headers: {
          ...(authorization === undefined ? {} : { authorization }),
          ...(type === undefined ? {} : { 'content-type': type }),
        },
      })
        .then(async (answered) => {
          const text = await answered.text();
          const answer: unknown = JSON.parse(text);
          const sent = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
          calls.push({ method: request.path.slice(1), sent, answer: isJson(answer) ? answer : {} });
          response.status(answered.status).type('application/json').send(text);
        })
        .catch(next);
    });
  };
}

const organisationText = (maya: string): string => `
organisation: { id: riverside, name: Riverside }
workspaces: [{ id: rs-slack, platform: slack, externalId: ${team} }]
teams: [{ id: east, name: East team, zone: America/New_York }]
people:
  - { id: maya, name: Maya Torres, roles: [coordinator], team: east, identities: [{ workspace: rs-slack, user: ${maya} }] }
`;
