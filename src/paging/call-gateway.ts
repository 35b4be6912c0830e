import { createHmac } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { PagerSettings } from '../pager-settings.ts';
import type { GatewayAnswer } from './page-rules.ts';

/** What a gateway is sent. Names of fields never change; new ones may come (docs/operations.md, "The pager"). */
export interface PageBody {
  readonly version: 1;
  readonly id: string;
  readonly event: string;
  readonly organisation: string;
  readonly person: string;
  readonly team: string;
  readonly incident: string;
  readonly severity?: string;
  readonly rung?: number;
  readonly at: string;
}

export interface GatewayPorts {
  readonly settings: PagerSettings;
  readonly clock: Pick<Clock, 'wallNow'>;
  /** Milliseconds until a call is given up, from the look-up of the name to the status of the answer. */
  readonly timeout: number;
}

/** `t=1764500000,v1=<hex>`: HMAC-SHA256 over `1764500000.<body>`; the time is the wall's, in seconds. */
export function signPage(secret: string, body: string, at: Date): string {
  const time = Math.floor(at.getTime() / 1_000);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}

/**
 * Calls the gateway once. Only the status of its answer counts: no redirect is followed, because it would carry a signed
 * page to somebody who was not named in the settings, and no body is read. Never throws.
 */
export async function callGateway({ settings, clock, timeout }: GatewayPorts, page: PageBody): Promise<GatewayAnswer> {
  const body = JSON.stringify(page);
  const signal = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(settings.url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Baton',
        'baton-signature': signPage(settings.secret, body, clock.wallNow()),
      },
      body,
      signal,
    });
    await response.body?.cancel().catch(() => undefined);
    if (response.ok) return { ok: true };
    return { ok: false, reason: `http_${response.status}`, retryAfter: readRetryAfter(response.headers) };
  } catch {
    // What it says may quote the address, which may hold a key.
    return { ok: false, reason: signal.aborted ? 'no_answer' : 'no_connection', retryAfter: undefined };
  }
}

/** Milliseconds; a date in place of seconds is not understood, and then the usual pause holds. */
function readRetryAfter(headers: Headers): number | undefined {
  const said = headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(said) ? Number(said) * 1_000 : undefined;
}
