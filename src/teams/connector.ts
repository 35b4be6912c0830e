import { z } from 'zod';
import { neverLeft } from '../feature/connection-error.ts';
import type { Clock } from '../clock.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { exchange, type Exchanged } from './exchange.ts';
import { limits } from './limits.ts';
import { refusesToken } from './refuses-token.ts';
import type { ServiceHosts } from './service-hosts.ts';

/** A message as the connector takes it. */
export type OutgoingMessage = { readonly text: string } | { readonly summary: string; readonly card: AdaptiveCard };

export interface Destination {
  readonly serviceUrl: string;
  readonly conversationId: string;
}

/**
 * Why a message did not go out. `unknown` is true when it may have arrived all the same (the connection broke, or
 * a gateway gave up waiting); `code` is the connector's own word, e.g. `MessageWritesBlocked`.
 */
export class ConnectorError extends Error {
  readonly status: number | undefined;
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;
  readonly unknown: boolean;
  /** Nobody gives us a token, or the connector does not take one that was just given. */
  readonly tokenRefused: boolean;
  constructor(
    code: string,
    more: { status?: number; retryAfterSeconds?: number; unknown?: boolean; tokenRefused?: boolean } = {},
  ) {
    super(`Teams refused a request (${code})`);
    this.name = 'ConnectorError';
    this.code = code;
    this.status = more.status;
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.unknown = more.unknown ?? false;
    this.tokenRefused = more.tokenRefused ?? false;
  }
}

export interface Connector {
  /** Sends once, without any hidden retry. Resolves to the message's id. */
  send(to: Destination, message: OutgoingMessage): Promise<string>;
  update(to: Destination, activityId: string, message: OutgoingMessage): Promise<void>;
  remove(to: Destination, activityId: string): Promise<void>;
  /** Who is in a conversation. */
  members(of: Destination): Promise<readonly Member[]>;
  /** One member of a conversation, by the id Teams or Entra knows them by. */
  member(of: Destination, id: string): Promise<Member>;
  /** The chat of Baton and one person; Teams gives the same one again. Resolves to its id. */
  openChat(serviceUrl: string, tenant: string, botId: string, userId: string): Promise<string>;
}

/** Somebody in a conversation, as far as it says where they come from. */
const memberSchema = z.object({
  aadObjectId: z.string().max(255).optional(),
  tenantId: z.string().max(255).optional(),
  userPrincipalName: z.string().max(1_000).optional(),
  userRole: z.string().max(100).optional(),
});
export type Member = z.infer<typeof memberSchema>;
const membersSchema = z.object({ members: z.array(memberSchema), continuationToken: z.string().optional() });
/** Pages of members that are asked for: five hundred each. */
const mostPages = 20;

const idSchema = z.object({ id: z.string().min(1) });
const errorSchema = z.object({
  error: z.object({
    code: z
      .string()
      .max(100)
      .regex(/^[\w.-]+$/),
  }),
});

const activityOf = (message: OutgoingMessage): Record<string, unknown> =>
  'text' in message
    ? { type: 'message', text: message.text, textFormat: 'plain' }
    : {
        type: 'message',
        summary: message.summary,
        attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: message.card }],
      };

/** A status after which Teams may have done it nevertheless. */
const mayHaveArrived = (status: number): boolean => status === 500 || status === 502 || status === 504;

async function refusalOf(response: Exchanged, tokenIsFresh: boolean): Promise<ConnectorError> {
  const body: unknown = await response.json().catch(() => undefined);
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ConnectorError(errorSchema.safeParse(body).data?.error.code ?? `http-${String(response.status)}`, {
    status: response.status,
    ...(Number.isFinite(seconds) && seconds >= 0 ? { retryAfterSeconds: seconds } : {}),
    unknown: mayHaveArrived(response.status),
    tokenRefused: tokenIsFresh && response.status === 401,
  });
}

/** Whoever gives out tokens may not answer either: then no request waits for it longer than for the connector. */
function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('too late')), { once: true });
    work.then(resolve, reject);
  });
}

/**
 * Talks to the connector directly: Microsoft's client repeats requests on its own after 500 to 504, which can
 * show a message twice, and follows redirects with the bearer token.
 */
export function createConnector(options: {
  /** Baton's own token; a `fresh` one does not come from a cache. */
  readonly bearer: (ask: { readonly fresh: boolean }) => Promise<string>;
  readonly hosts: ServiceHosts;
  /** Milliseconds one request may take, its answer included. */
  readonly timeoutMs: number;
}): Connector {
  // What is cached may be refused before its time: the next request then asks for another token.
  let fresh = false;
  const call = async (method: string, serviceUrl: string, path: string, body?: unknown): Promise<unknown> => {
    if (!options.hosts.allows(serviceUrl)) throw new ConnectorError('service-host-not-allowed');
    const signal = AbortSignal.timeout(options.timeoutMs);
    const tokenIsFresh = fresh;
    const token = await before(signal, options.bearer({ fresh })).catch((error: unknown) => {
      throw new ConnectorError('no-token', { tokenRefused: refusesToken(error) });
    });
    const base = serviceUrl.endsWith('/') ? serviceUrl : `${serviceUrl}/`;
    let response: Exchanged;
    try {
      response = await exchange(`${base}v3/conversations${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal,
      });
    } catch (error) {
      throw neverLeft(error)
        ? new ConnectorError('no-connection')
        : new ConnectorError('connection', { unknown: true });
    }
    fresh = response.status === 401;
    if (!response.ok) throw await refusalOf(response, tokenIsFresh);
    return response.json().catch(() => undefined);
  };
  const path = (...parts: string[]): string => parts.map((part) => `/${encodeURIComponent(part)}`).join('');
  return {
    async send(to, message) {
      const activities = `${path(to.conversationId)}/activities`;
      const sent = idSchema.safeParse(await call('POST', to.serviceUrl, activities, activityOf(message)));
      if (!sent.success) throw new ConnectorError('no-id', { unknown: true });
      return sent.data.id;
    },
    async update(to, activityId, message) {
      const activity = { ...activityOf(message), id: activityId };
      await call('PUT', to.serviceUrl, path(to.conversationId, 'activities', activityId), activity);
    },
    async remove(to, activityId) {
      await call('DELETE', to.serviceUrl, path(to.conversationId, 'activities', activityId));
    },
    async members(of) {
      const found: Member[] = [];
      let next: string | undefined;
      for (let page = 0; page < mostPages; page += 1) {
        const query = `?pageSize=500${next === undefined ? '' : `&continuationToken=${encodeURIComponent(next)}`}`;
        const answer = await call('GET', of.serviceUrl, `${path(of.conversationId, 'pagedmembers')}${query}`);
        const read = membersSchema.safeParse(answer);
        if (!read.success) throw new ConnectorError('no-members');
        found.push(...read.data.members);
        next = read.data.continuationToken;
        if (next === undefined || next === '') break;
      }
      return found;
    },
    async member(of, id) {
      const read = memberSchema.safeParse(await call('GET', of.serviceUrl, path(of.conversationId, 'members', id)));
      if (!read.success) throw new ConnectorError('no-members');
      return read.data;
    },
    async openChat(serviceUrl, tenant, botId, userId) {
      const chat = await call('POST', serviceUrl, '', {
        isGroup: false,
        bot: { id: botId },
        members: [{ id: userId }],
        tenantId: tenant,
        channelData: { tenant: { id: tenant } },
      });
      const opened = idSchema.safeParse(chat);
      if (!opened.success) throw new ConnectorError('no-id', { unknown: true });
      return opened.data.id;
    },
  };
}

/** One further try for an answer somebody waits for, and only where the first has surely not arrived. */
export async function tryTwice<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const surely =
      error instanceof ConnectorError && (error.status === 412 || error.status === 429 || error.status === 503);
    if (!surely || (error.retryAfterSeconds ?? 0) > 1) throw error;
    await clock.pause(Math.max((error.retryAfterSeconds ?? 0) * 1000, limits.retryPauseMilliseconds));
    return work();
  }
}
