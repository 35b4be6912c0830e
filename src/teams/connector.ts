import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { limits } from './limits.ts';
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
  constructor(code: string, more: { status?: number; retryAfterSeconds?: number; unknown?: boolean } = {}) {
    super(`Teams refused a request (${code})`);
    this.name = 'ConnectorError';
    this.code = code;
    this.status = more.status;
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.unknown = more.unknown ?? false;
  }
}

export interface Connector {
  /** Sends once, without any hidden retry. Resolves to the message's id. */
  send(to: Destination, message: OutgoingMessage): Promise<string>;
  update(to: Destination, activityId: string, message: OutgoingMessage): Promise<void>;
  remove(to: Destination, activityId: string): Promise<void>;
  /** The chat of Baton and one person; Teams gives the same one again. Resolves to its id. */
  openChat(serviceUrl: string, tenant: string, botId: string, userId: string): Promise<string>;
}

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

/** Codes of a connection that never stood: no request was sent over it. */
const noConnection =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.+|ERR_TLS_.+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.+)$/;

function neverLeft(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && noConnection.test(String(cause.code));
}

/** A status after which Teams may have done it nevertheless. */
const mayHaveArrived = (status: number): boolean => status === 500 || status === 502 || status === 504;

async function refusalOf(response: Response): Promise<ConnectorError> {
  const body: unknown = await response.json().catch(() => undefined);
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ConnectorError(errorSchema.safeParse(body).data?.error.code ?? `http-${String(response.status)}`, {
    status: response.status,
    ...(Number.isFinite(seconds) && seconds >= 0 ? { retryAfterSeconds: seconds } : {}),
    unknown: mayHaveArrived(response.status),
  });
}

/**
 * Talks to the connector directly: Microsoft's client repeats requests on its own after 500 to 504, which can
 * show a message twice, and follows redirects with the bearer token.
 */
export function createConnector(options: { bearer: () => Promise<string>; hosts: ServiceHosts }): Connector {
  const call = async (method: string, serviceUrl: string, path: string, body?: unknown): Promise<unknown> => {
    if (!options.hosts.allows(serviceUrl)) throw new ConnectorError('service-host-not-allowed');
    const token = await options.bearer().catch(() => undefined);
    if (token === undefined) throw new ConnectorError('no-token');
    const base = serviceUrl.endsWith('/') ? serviceUrl : `${serviceUrl}/`;
    let response: Response;
    try {
      response = await fetch(`${base}v3/conversations${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(limits.connectorMilliseconds),
      });
    } catch (error) {
      throw new ConnectorError('connection', { unknown: !neverLeft(error) });
    }
    if (!response.ok) throw await refusalOf(response);
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
