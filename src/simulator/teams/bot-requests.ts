import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import { TOKEN_ISSUER } from './identity-routes.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { TenantState } from './tenant-state.ts';
import type { BotAnswer, Json, TokenOverrides, Waits } from './types.ts';

const teamsWaits: Waits = { cutMs: 10_000, recommendedMs: 3_000 };

export interface BotRequests {
  readonly failures: string[];
  token(overrides?: TokenOverrides): Promise<string>;
  /** The fields every activity of a person in a conversation has. */
  activity(user: string, conversation: string, more: Json): Json;
  post(
    activity: Json | string | Uint8Array,
    token?: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<BotAnswer>;
  /** Sends an activity as Teams does, with a right token. */
  deliver(activity: Json): Promise<BotAnswer>;
}

export interface BotRequestOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly keys: SigningKeys;
  readonly state: TenantState;
  readonly appId: string;
  readonly botId: string;
  readonly tenantId: string;
  readonly serviceUrl: () => string;
  readonly botMessagesUrl: () => string;
  readonly waits: Waits | undefined;
}

function readBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Makes the real, signed requests to the bot's ordinary address. */
export function createBotRequests(options: BotRequestOptions): BotRequests {
  const { clock, ids, keys, state, waits = teamsWaits } = options;
  const failures: string[] = [];

  const token = (overrides?: TokenOverrides): Promise<string> => {
    const seconds = Math.floor(clock.wallNow().getTime() / 1000);
    const claims = {
      iss: TOKEN_ISSUER,
      aud: options.appId,
      serviceurl: options.serviceUrl(),
      nbf: seconds - 10,
      exp: seconds + 3600,
    };
    return keys.token(claims, overrides);
  };

  const post: BotRequests['post'] = async (activity, bearer, headers = {}) => {
    const started = clock.wallNow().getTime();
    const sent = typeof activity === 'string' || activity instanceof Uint8Array ? undefined : activity;
    const answer = (status: number, body: unknown, failure?: string): BotAnswer => {
      const ms = clock.wallNow().getTime() - started;
      const late = failure === undefined && sent?.['type'] === 'invoke' && ms > waits.recommendedMs;
      const said = failure ?? (late ? `Answered later than ${waits.recommendedMs / 1_000} seconds` : undefined);
      if (said !== undefined) failures.push(said);
      return { status, body, ms, activity: sent ?? {}, ...(failure === undefined ? {} : { failure }) };
    };
    try {
      const response = await fetch(options.botMessagesUrl(), {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
          ...headers,
        },
        // The typed-array overloads of fetch want one kind of bytes; a copy is that kind.
        body:
          typeof activity === 'string'
            ? activity
            : activity instanceof Uint8Array
              ? new Uint8Array(activity)
              : JSON.stringify(activity),
        signal: AbortSignal.timeout(waits.cutMs),
      });
      return answer(response.status, readBody(await response.text()));
    } catch {
      return answer(0, undefined, 'Something went wrong. Please try again.');
    }
  };

  return {
    failures,
    token,
    post,
    activity(user, conversation, more) {
      const { name, aadObjectId } = state.user(user);
      const where = state.conversation(conversation);
      if (where === undefined) throw new Error(`there is no conversation ${conversation}`);
      const personal = where.kind === 'personal';
      const now = clock.wallNow().toISOString();
      return {
        id: `f:${ids.uuid()}`,
        timestamp: now,
        localTimestamp: now,
        channelId: 'msteams',
        serviceUrl: options.serviceUrl(),
        from: { id: `29:${aadObjectId}`, name, aadObjectId },
        recipient: { id: options.botId, name: 'Baton' },
        conversation: {
          id: where.id,
          tenantId: options.tenantId,
          conversationType: where.kind,
          ...(personal ? {} : { isGroup: true, name: where.name }),
        },
        channelData: {
          tenant: { id: options.tenantId },
          ...(personal ? {} : { channel: { id: where.id }, team: { id: where.id } }),
        },
        locale: 'en-US',
        ...more,
      };
    },
    deliver: async (activity) => post(activity, await token()),
  };
}
