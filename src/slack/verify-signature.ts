import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Slack's signature over `v0:timestamp:body`, and what it takes to trust one. */
const MOST_SKEW_SECONDS = 300;

export interface Signed {
  readonly timestamp: string;
  readonly signature: string;
  readonly body: Uint8Array;
}

export function sign(secret: string, timestamp: string, body: Uint8Array): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}

/** True when the timestamp is within five minutes of `now`, before or after, and the signature is ours. */
export function isSigned(secret: string, now: Date, { timestamp, signature, body }: Signed): boolean {
  if (!isTimely(timestamp, now) || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(secret, timestamp, body)));
}

export function isTimely(timestamp: string, now: Date): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(now.getTime() / 1_000 - Number(timestamp)) <= MOST_SKEW_SECONDS;
}

/** The delivery id of anything but an event: a replayed request has the same. */
export function deliveryOf(timestamp: string, body: Uint8Array | string): string {
  return createHash('sha256').update(`${timestamp}:`).update(body).digest('hex');
}
