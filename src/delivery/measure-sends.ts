import { Counter, Gauge, type Registry } from 'prom-client';
import type { Changed, Posted, Sender } from '../feature/sender.ts';
import type { Clock } from '../clock.ts';
import type { Method } from './decide-outcome.ts';
import { eachSender, type Senders } from './ports.ts';
import type { Platform } from '../platform.ts';

/** When a platform last did what it was asked, by the wall's clock, in this process. */
export type LastSent = Readonly<Partial<Record<Platform, Date>>>;

/**
 * Senders that count what comes of each call: by platform, what was tried, and what the platform's answer means. Never
 * whom it went to.
 */
export function measureSends(
  registry: Registry,
  senders: Senders,
  clock: Pick<Clock, 'wallNow'>,
): { readonly senders: Senders; lastSent(): LastSent } {
  const sends = new Counter({
    name: 'baton_sends_total',
    help: 'Calls to a platform, by what was tried and what came of it',
    labelNames: ['platform', 'method', 'result'],
    registers: [registry],
  });
  const last: Partial<Record<Platform, Date>> = {};
  new Gauge({
    name: 'baton_last_send_timestamp_seconds',
    help: 'When a platform last accepted a call, in seconds since 1970',
    labelNames: ['platform'],
    registers: [registry],
    collect() {
      for (const [platform, at] of Object.entries(last)) this.set({ platform }, at.getTime() / 1_000);
    },
  });

  const counting = (platform: Platform, sender: Sender): Sender => {
    const count = <R extends Posted | Changed>(method: Method, audience: 'person' | 'team', result: R): R => {
      sends.inc({ platform, method, result: result.ok ? 'ok' : sender.readFailure(audience, result) });
      if (result.ok) last[platform] = clock.wallNow();
      return result;
    };
    return {
      ...sender,
      post: async (to, card, options) =>
        count('post', 'user' in to.to ? 'person' : 'team', await sender.post(to, card, options)),
      update: async (message, card) => count('update', 'team', await sender.update(message, card)),
      remove: async (message) => count('remove', 'team', await sender.remove(message)),
    };
  };
  return {
    senders: eachSender(senders, counting),
    lastSent: () => ({ ...last }),
  };
}
