import type { Clock } from '../../clock.ts';
import type { Waits } from './limits.ts';
import { signedRequest } from './sign-request.ts';

/** What came of one request to the bot. */
export interface Delivered {
  /** 0 when the bot did not answer in the time Slack waits, or not at all. */
  readonly status: number;
  /** The parsed JSON, or the text as it is. */
  readonly body: unknown;
  /** Wall milliseconds until the answer was read. */
  readonly ms: number;
  readonly error?: 'operation_timeout' | 'dispatch_failed';
}

export type Deliver = (
  body: string,
  type: 'form' | 'json',
  headers?: Readonly<Record<string, string>>,
) => Promise<Delivered>;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Sends real signed requests, and gives up after the time Slack waits. */
export function createDeliver(options: {
  clock: Clock;
  signingSecret: string;
  botEventsUrl: () => string;
  waits: Waits;
}): Deliver {
  const { clock, signingSecret, botEventsUrl, waits } = options;
  return async (body, type, headers = {}) => {
    const started = clock.wallNow().getTime();
    const took = (): number => clock.wallNow().getTime() - started;
    const at = Math.floor(started / 1_000);
    const waiting = AbortSignal.timeout(waits.acknowledgeMs);
    try {
      const request = signedRequest(body, { secret: signingSecret, at, type, headers });
      const response = await fetch(botEventsUrl(), { ...request, redirect: 'error', signal: waiting });
      const text = await response.text();
      const delivered = { status: response.status, body: parse(text), ms: took() };
      return response.ok ? delivered : { ...delivered, error: 'dispatch_failed' };
    } catch {
      return { status: 0, body: '', ms: took(), error: waiting.aborted ? 'operation_timeout' : 'dispatch_failed' };
    }
  };
}

/** The form body of an interaction. */
export const interaction = (payload: unknown): string =>
  new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
