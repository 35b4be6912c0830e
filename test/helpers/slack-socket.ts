import { z } from 'zod';
import { wallClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import type { Deliver, Delivered } from '../../src/simulator/slack/deliver.ts';
import { patient, waitFor } from './patient.ts';
import { serveWebSockets, type Connection } from './web-socket-server.ts';

const acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown() });

/** Slack's end of Socket Mode: tickets, greetings, envelopes, acknowledgements. */
export interface SlackSocket {
  readonly appToken: string;
  /** What `apps.connections.open` answers: an address that is good for one connection. */
  readonly open: () => string;
  /** Sends what would be a signed request as an envelope, to the newest connection. */
  readonly deliver: Deliver;
  /** The envelope that was sent last, once more, by the newest connection. */
  readonly repeat: () => Promise<Delivered>;
  /** Sends an envelope as it is, and takes no notice of its acknowledgement. */
  readonly send: (envelope: Readonly<Record<string, unknown>>) => void;
  /** `refresh_requested`, `link_disabled`: then Slack waits for the client to close. */
  readonly disconnect: (reason: string) => void;
  /** The network ends every connection without a word. */
  readonly cut: () => void;
  /** How many connections stand. */
  readonly connections: () => number;
  /** Waits until one stands, and until there have been `count` since the beginning. */
  readonly connected: (count?: number) => Promise<void>;
  /** Envelopes acknowledged so far. */
  readonly acknowledged: readonly string[];
  readonly close: () => Promise<void>;
}

export async function serveSlackSocket(
  options: { readonly appToken?: string; readonly acknowledgeMs?: number } = {},
): Promise<SlackSocket> {
  const { appToken = 'xapp-1-local', acknowledgeMs = 2 * patient } = options;
  const tickets = new Set<string>();
  const standing = new Set<Connection>();
  const waiting = new Map<string, (payload: unknown) => void>();
  const acknowledged: string[] = [];
  let since = 0;
  let last: { type: string; payload: unknown; more: Record<string, unknown> } | undefined;

  const server = await serveWebSockets({
    opened: (connection, request) => {
      // An address serves once.
      if (!tickets.delete(request.url ?? '')) return connection.cut();
      standing.add(connection);
      since += 1;
      connection.send(JSON.stringify({ type: 'hello', num_connections: standing.size }));
    },
    said: (_connection, text) => {
      const { envelope_id, payload } = acknowledgement.parse(JSON.parse(text));
      acknowledged.push(envelope_id);
      waiting.get(envelope_id)?.(payload);
    },
    gone: (connection) => void standing.delete(connection),
  });

  function newest(): Connection {
    const connection = [...standing].at(-1);
    if (connection === undefined) throw new Error('nobody is connected');
    return connection;
  }

  async function hand(type: string, payload: unknown, more: Record<string, unknown> = {}): Promise<Delivered> {
    last = { type, payload, more };
    const envelope_id = randomIds.uuid();
    const answered = new Promise<unknown>((resolve) => waiting.set(envelope_id, resolve));
    const accepts_response_payload = type !== 'events_api';
    newest().send(JSON.stringify({ envelope_id, type, payload, accepts_response_payload, ...more }));
    const late = wallClock.pause(acknowledgeMs).then(() => 'late' as const);
    const body = await Promise.race([answered, late]);
    if (body === 'late') return { status: 0, body: '', ms: acknowledgeMs, error: 'operation_timeout' };
    const empty = typeof body === 'object' && body !== null && Object.keys(body).length === 0;
    return { status: 200, body: empty || body === undefined ? '' : body, ms: 0 };
  }

  return {
    appToken,
    acknowledged,
    open: () => {
      const path = `/link/?ticket=${randomIds.uuid()}`;
      tickets.add(path);
      return server.url + path;
    },
    deliver: (body, type, headers = {}) => {
      if (type === 'json') {
        const attempt = Number(headers['x-slack-retry-num'] ?? 0);
        return hand('events_api', JSON.parse(body), { retry_attempt: attempt, retry_reason: '' });
      }
      const fields = new URLSearchParams(body);
      const payload = fields.get('payload');
      return payload === null
        ? hand('slash_commands', Object.fromEntries(fields))
        : hand('interactive', JSON.parse(payload));
    },
    repeat: () => {
      if (last === undefined) throw new Error('nothing was sent yet');
      return hand(last.type, last.payload, last.more);
    },
    send: (envelope) => newest().send(JSON.stringify(envelope)),
    disconnect: (reason) => {
      for (const connection of standing) connection.send(JSON.stringify({ type: 'disconnect', reason }));
    },
    cut: () => {
      for (const connection of standing) connection.cut();
    },
    connections: () => standing.size,
    connected: (count = 1) =>
      waitFor(() => {
        if (standing.size === 0 || since < count) throw new Error('not connected yet');
      }),
    close: () => server.close(),
  };
}
