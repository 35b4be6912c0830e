import { Agent as PlainAgent, request as plainRequest, type IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';

/** The part of an HTTP answer that the connector reads, by the names `fetch` gives it. */
export interface Exchanged {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** The body as JSON; rejects when it is none, or was cut short. */
  json(): Promise<unknown>;
}

/** An idle connection is closed before the other side may close it, in milliseconds: what is sent over one arrives. */
const idle = 4_000;
const agents = {
  secure: new Agent({ keepAlive: true, timeout: idle }),
  plain: new PlainAgent({ keepAlive: true, timeout: idle }),
};

/**
 * One request and its answer, as `fetch` with `redirect: 'error'` does it, at a third of the work: an answer waits for
 * this one. Rejects with the reason as `cause` when there was no answer; a redirection counts as none, because the
 * bearer token would go along.
 */
export function exchange(
  url: string,
  how: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly signal: AbortSignal;
  },
): Promise<Exchanged> {
  const { method, headers, body, signal } = how;
  const secure = url.startsWith('https:');
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const options = { method, headers: { ...headers, ...length }, signal };
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => reject(new TypeError('no answer', { cause }));
    const sending = secure
      ? request(url, { ...options, agent: agents.secure })
      : plainRequest(url, { ...options, agent: agents.plain });
    sending.once('error', fail);
    sending.once('response', (response) => {
      const { statusCode: status = 0 } = response;
      if (status >= 300 && status < 400) {
        response.destroy();
        return fail(new Error('redirected'));
      }
      resolve({
        ok: status >= 200 && status < 300,
        status,
        headers: { get: (name) => headerOf(response, name) },
        json: readJson(response),
      });
    });
    sending.end(body);
  });
}

function headerOf(response: IncomingMessage, name: string): string | null {
  const value = response.headers[name];
  return Array.isArray(value) ? value.join(', ') : (value ?? null);
}

/** Reads at once, so that the connection becomes free for the next request whether or not somebody asks for the body. */
function readJson(response: IncomingMessage): () => Promise<unknown> {
  const parts: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    response.on('data', (part: Buffer) => parts.push(part));
    response.once('end', () => resolve(Buffer.concat(parts)));
    response.once('error', reject);
    response.once('close', () => reject(new Error('the answer was cut short')));
  });
  whole.catch(() => undefined);
  return async () => JSON.parse((await whole).toString('utf8')) as unknown;
}
