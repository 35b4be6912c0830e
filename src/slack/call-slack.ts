import type { Logger } from '@slack/bolt';
import { LogLevel } from '@slack/bolt';
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import { z } from 'zod';
import { neverLeft } from '../feature/connection-error.ts';
import type { Log } from '../log.ts';
import type { Installations } from './installations.ts';

/**
 * Calls of Slack's Web API. Two clients a token, because one 429 pauses all of a client's calls: `interactive` for
 * what a person waits for (a trigger lives three seconds), `outbox` for everything else. Neither retries: a blind
 * retry after a lost reply is a duplicate, so whoever calls decides.
 */
export type Outcome =
  | {
      readonly ok: true;
      readonly channel?: string;
      readonly ts?: string;
      readonly view?: string;
      /** All that Slack said, unread: for what only one caller asks. */
      readonly body?: unknown;
    }
  | {
      readonly ok: false;
      /** Slack's error code, or `not_installed`, `ratelimited`, `http_<status>`, `no_connection`, `no_reply`. */
      readonly error: string;
      readonly retryAfterSeconds?: number;
      /** True when Slack may have done it all the same. */
      readonly unknown: boolean;
    };

export type Call = (
  tenant: string,
  client: 'interactive' | 'outbox',
  method: string,
  values: Record<string, unknown>,
) => Promise<Outcome>;

const resultSchema = z.object({
  channel: z.union([z.string(), z.object({ id: z.string() })]).optional(),
  ts: z.string().optional(),
  view: z.object({ id: z.string() }).optional(),
});

/** Bolt's and the client's own words may hold bodies: only the fact that they spoke is logged. */
export function quietLogger(log: Log): Logger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: () => log.warn('slack.library-warning'),
    error: () => log.error('slack.library-error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

/** No answer, or none that can be read: whether it was done nobody knows. */
const unreadable: Outcome = { ok: false, error: 'no_reply', unknown: true };

/** Slack's words for a token that it does not take. */
export const tokenCodes: ReadonlySet<string> = new Set([
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
]);

/** Told of each call how Slack took the token of a workspace: `refusedWith` is its word where it did not. */
export type OnTokenUsed = (tenant: string, refusedWith: string | undefined) => void;

/** What Slack's codes look like. */
const codeSchema = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9_]*$/);

function failure(error: unknown): Outcome {
  if (error instanceof WebAPIPlatformError) {
    const code = codeSchema.safeParse(error.data.error);
    // The client hands on a body that is no JSON (cut off, or a gateway's page) as if it were Slack's code: it says
    // nothing of what was done, and may hold what people wrote.
    return code.success ? { ok: false, error: code.data, unknown: false } : unreadable;
  }
  if (error instanceof WebAPIRateLimitedError) {
    return { ok: false, error: 'ratelimited', retryAfterSeconds: error.retryAfter, unknown: false };
  }
  if (error instanceof WebAPIHTTPError) {
    return { ok: false, error: `http_${error.statusCode}`, unknown: error.statusCode >= 500 };
  }
  // A 429 without Retry-After is a plain error in the client; its text says so and holds nothing else.
  if (error instanceof Error && error.message.includes('retry-after')) {
    return { ok: false, error: 'ratelimited', unknown: false };
  }
  if (error instanceof WebAPIRequestError && neverLeft(error.original)) {
    return { ok: false, error: 'no_connection', unknown: false };
  }
  return unreadable;
}

const settings = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true } satisfies WebClientOptions;

export function createCall(options: {
  readonly installations: Installations;
  readonly apiUrl: string | undefined;
  readonly log: Log;
  /** Default: nobody asks. */
  readonly onTokenUsed?: OnTokenUsed;
  /** Milliseconds an `outbox` call may take, its answer included. Default 8000. */
  readonly outboxTimeoutMs?: number;
  /** The same of an `interactive` call. Default 2000. */
  readonly interactiveTimeoutMs?: number;
}): Call {
  const clients = new Map<string, { interactive: WebClient; outbox: WebClient }>();
  const shared = {
    ...settings,
    logger: quietLogger(options.log),
    ...(options.apiUrl === undefined ? {} : { slackApiUrl: options.apiUrl }),
  };
  const clientsOf = (token: string): { interactive: WebClient; outbox: WebClient } => {
    const known = clients.get(token) ?? {
      interactive: new WebClient(token, { ...shared, timeout: options.interactiveTimeoutMs ?? 2_000 }),
      outbox: new WebClient(token, { ...shared, timeout: options.outboxTimeoutMs ?? 8_000 }),
    };
    clients.set(token, known);
    return known;
  };

  async function call(...[tenant, client, method, values]: Parameters<Call>): Promise<Outcome> {
    const token = await options.installations.botToken(tenant);
    if (token === undefined) return { ok: false, error: 'not_installed', unknown: false };
    try {
      const body: unknown = await clientsOf(token)[client].apiCall(method, values);
      const { channel, ts, view } = resultSchema.parse(body);
      return {
        ok: true,
        body,
        ...(channel === undefined ? {} : { channel: typeof channel === 'string' ? channel : channel.id }),
        ...(ts === undefined ? {} : { ts }),
        ...(view === undefined ? {} : { view: view.id }),
      };
    } catch (error) {
      return failure(error);
    }
  }

  return async (...wanted) => {
    const outcome = await call(...wanted);
    if (outcome.ok) options.onTokenUsed?.(wanted[0], undefined);
    else if (tokenCodes.has(outcome.error)) options.onTokenUsed?.(wanted[0], outcome.error);
    if (!outcome.ok) options.log.warn('slack.call-failed', { method: wanted[2], error: outcome.error });
    return outcome;
  };
}
