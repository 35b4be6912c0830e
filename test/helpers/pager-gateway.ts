import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page as a gateway reads it: exactly the documented fields. */
export interface ReceivedPage {
  readonly id: string;
  readonly event: 'call' | 'stop' | 'test';
  readonly person: string;
  readonly team: string;
  readonly incident: string;
  readonly severity?: string;
  readonly rung?: number;
  readonly at: string;
}

/** How it answers: 2xx, a status with headers, never, or by hanging up. */
export type Mode =
  'ok' | 'hang' | 'drop' | { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

/** A strict pager gateway, written from docs/operations.md alone: it verifies every page and takes none that is not right. */
export interface PagerGateway {
  readonly settings: { readonly url: string; readonly secret: string };
  /** Taken with a 2xx, in the order in which they came. */
  readonly taken: readonly ReceivedPage[];
  /** Everything that was asked of it, whatever it answered; the very bytes. */
  readonly bodies: readonly string[];
  /** What was not as documented, in words. */
  readonly wrong: readonly string[];
  set(mode: Mode): void;
  /** Resolves when as many requests are open as that. */
  hanging(count: number): Promise<void>;
  /** Hangs up on whoever waits. */
  hangUp(): void;
  close(): Promise<void>;
}

const fields = ['version', 'id', 'event', 'organisation', 'person', 'team', 'incident', 'severity', 'rung', 'at'];
const required = fields.filter((field) => field !== 'severity' && field !== 'rung');
const secret = 'a secret of the pager in the tests, long';

export async function openPagerGateway(): Promise<PagerGateway> {
  let mode: Mode = 'ok';
  const taken: ReceivedPage[] = [];
  const bodies: string[] = [];
  const wrong: string[] = [];
  const open = new Set<ServerResponse>();
  let onOpen: () => void = () => undefined;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString('utf8');
    bodies.push(body);
    const problem = lookAt(request, body);
    if (problem !== undefined) {
      wrong.push(problem);
      response.writeHead(401).end();
    } else if (mode === 'hang') {
      open.add(response);
      response.once('close', () => open.delete(response));
      onOpen();
    } else if (mode === 'drop') {
      response.destroy();
    } else if (mode === 'ok') {
      taken.push(JSON.parse(body) as ReceivedPage);
      // What it says is nobody's business.
      response.writeHead(202, { 'content-type': 'application/json' }).end('{"queued":true}'.repeat(2_000));
    } else {
      response.writeHead(mode.status, mode.headers).end('no');
    }
  };
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    settings: { url: `http://127.0.0.1:${port}/ring?key=canary-of-the-url`, secret },
    ...{ taken, bodies, wrong },
    set(wanted) {
      mode = wanted;
    },
    async hanging(count) {
      while (open.size < count) {
        await new Promise<void>((resolve) => {
          onOpen = resolve;
        });
      }
    },
    hangUp() {
      for (const response of open) response.destroy();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What is wrong with a request, by the recipe of docs/operations.md. */
function lookAt(request: IncomingMessage, body: string): string | undefined {
  if (request.method !== 'POST') return `asked by ${String(request.method)}`;
  const [, time, given] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request.headers['baton-signature'])) ?? [];
  if (time === undefined || given === undefined) return 'no signature';
  const right = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
  if (right !== given) return 'a wrong signature';
  if (Math.abs(Date.now() / 1_000 - Number(time)) > 300) return 'a signature out of its time';
  const page = JSON.parse(body) as Record<string, unknown>;
  const unknown = Object.keys(page).filter((field) => !fields.includes(field));
  const missing = required.filter((field) => page[field] === undefined);
  if (unknown.length + missing.length > 0) return `fields: ${[...unknown, ...missing].join(' ')}`;
  if (page['version'] !== 1) return 'another version';
  return undefined;
}
