import { SocketModeReceiver } from '@slack/bolt';
import { WebAPIPlatformError } from '@slack/web-api';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { quietLogger } from './call-slack.ts';
import { PatientApp, type Sent, type Take } from './patient-app.ts';
import { readPayload } from './payloads.ts';
import { deliveryOf } from './verify-signature.ts';

/** Whether Slack is connected; when not, why, in words. */
export type SocketState = { readonly connected: true } | { readonly connected: false; readonly problem: string };

export interface SlackSocket {
  state(): SocketState;
  /** From now on nothing new is taken: what is not acknowledged, Slack gives to another connection. */
  drain(): void;
  close(): Promise<void>;
}

/** Slack does not want this token, or not for this. */
const refusals: Readonly<Record<string, string>> = {
  not_allowed_token_type: 'is no app-level token',
  missing_scope: 'lacks the scope connections:write',
  no_permission: 'lacks the scope connections:write',
  ...Object.fromEntries(
    [
      ...['invalid_auth', 'not_authed', 'token_expired', 'token_revoked', 'account_inactive', 'access_denied'],
      ...['forbidden_team', 'team_access_not_granted', 'user_removed_from_team', 'team_disabled'],
    ].map((code) => [code, `was refused (${code})`]),
  ),
};
const refusalOf = (error: unknown): { code: string; problem: string } | undefined => {
  const code = error instanceof WebAPIPlatformError ? error.data.error : '';
  const why = Object.hasOwn(refusals, code) ? refusals[code] : undefined;
  const cure = 'make an app-level token with the scope connections:write in the settings of the Slack app';
  return why === undefined ? undefined : { code, problem: `SLACK_APP_TOKEN ${why}: ${cure}` };
};

/** Milliseconds before the next try, by how many failed in a row; a connection that lasted is no failure. */
const pauses = [0, 1_000, 2_000, 5_000, 10_000, 30_000];
const lasting = 10_000;
/** Longest from asking for a connection to Slack's greeting in it. */
const patience = 15_000;
/** Longest a connection may take to close. */
const farewell = 2_000;

const goodbye = z.object({ type: z.literal('disconnect'), reason: z.string().max(100).optional() });

function reasonOf(sent: unknown): string | undefined {
  try {
    return typeof sent === 'string' ? goodbye.safeParse(JSON.parse(sent)).data?.reason : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Opens a Socket Mode connection, for clinics behind a firewall, and opens it again whenever it ends; while
 * Slack cannot be reached it goes on trying. `refused`: Slack does not want the token, said in words; nothing is open then.
 */
export async function serveSocket(options: {
  appToken: string;
  apiUrl: string | undefined;
  clock: Clock;
  log: Log;
  take: Take;
}): Promise<{ readonly socket: SlackSocket } | { readonly refused: string }> {
  const { appToken, apiUrl, clock, log, take } = options;
  let state: SocketState = { connected: false, problem: 'Slack is not connected yet' };
  let draining = false;
  let closed = false;
  /** Counts connections: an acknowledgement belongs to the one that brought what it acknowledges. */
  let connection = 0;

  const receiver = new SocketModeReceiver({
    appToken,
    logger: quietLogger(log),
    // The client's own way of connecting again ends the process when the token is refused then.
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: {
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: patience,
        ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
      },
    },
    customPropertiesExtractor: ({ body }: { body: unknown }) => {
      const arrived = connection;
      const sent: Sent = async (send) => {
        if (arrived !== connection || !state.connected) return false;
        return send().then(
          () => arrived === connection && state.connected,
          () => false,
        );
      };
      return { delivery: deliveryOf('socket', JSON.stringify(body)), sent, ours: readPayload(body) !== undefined };
    },
  });
  const { client } = receiver;
  new PatientApp(receiver, log, async (body, delivery, acknowledge) => {
    if (!draining) await take(body, delivery, acknowledge);
  });
  let reason: string | undefined;
  client.on('ws_message', (sent: unknown) => {
    reason = reasonOf(sent) ?? reason;
  });
  client.on('connected', () => {
    connection += 1;
    state = { connected: true };
    log.info('slack.socket-connected');
  });
  let lose: () => void = () => undefined;
  let lost = Promise.resolve();
  client.on('disconnected', () => {
    if (!state.connected) return;
    noteLoss();
    lose();
  });

  async function disconnect(): Promise<void> {
    await Promise.race([client.disconnect(), clock.pause(farewell)]);
  }

  /** Undefined once connected, else what went wrong. */
  async function connect(): Promise<unknown> {
    lost = new Promise((resolve) => {
      lose = resolve;
    });
    reason = undefined;
    const slow = clock.pause(patience).then(() => Promise.reject(new Error('Slack did not greet')));
    try {
      await Promise.race([client.start(), slow]);
    } catch (error) {
      await disconnect();
      return error ?? new Error('Slack closed the connection');
    }
    return undefined;
  }

  function noteFailure(error: unknown): void {
    const refusal = refusalOf(error);
    const problem = refusal?.problem ?? 'Slack cannot be reached: it is tried again';
    state = { connected: false, problem };
    if (refusal === undefined) log.warn('slack.socket-failed');
    else log.error('slack.socket-refused', { error: refusal.code });
  }

  function noteLoss(): void {
    const off = reason === 'link_disabled';
    const problem = off ? 'Socket Mode is switched off in the settings of the Slack app' : 'Slack ended the connection';
    state = { connected: false, problem: `${problem}: it is tried again` };
    if (!closed) log.info('slack.socket-lost', { reason: reason ?? 'closed' });
  }

  /** `failures`: how many in a row. Ends when the socket is closed. */
  async function keepConnected(failedBefore: number): Promise<void> {
    let failures = failedBefore;
    while (!closed) {
      if (state.connected) {
        const since = clock.wallNow().getTime();
        await lost;
        failures = clock.wallNow().getTime() - since < lasting ? failures + 1 : 1;
      }
      await clock.pause(pauses[Math.min(failures, pauses.length) - 1] ?? 0);
      if (closed) return;
      const error = await connect();
      if (error === undefined) continue;
      failures += 1;
      noteFailure(error);
    }
  }

  const first = await connect();
  const refusal = refusalOf(first);
  if (refusal !== undefined) return { refused: refusal.problem };
  if (first !== undefined) noteFailure(first);
  void keepConnected(first === undefined ? 0 : 1);

  const socket: SlackSocket = {
    state: () => state,
    drain: () => {
      draining = true;
    },
    async close() {
      closed = true;
      draining = true;
      await disconnect();
    },
  };
  return { socket };
}
