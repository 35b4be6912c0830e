import { Gauge, type Registry } from 'prom-client';
import type { SendFailure, Sender } from '../feature/sender.ts';
import type { Clock } from '../clock.ts';
import { eachSender, type Senders } from './ports.ts';
import { platforms, type Platform } from '../platform.ts';

/** A workspace whose platform does not know our token any more. */
export interface RefusedToken {
  readonly platform: Platform;
  /** The platform's own word. */
  readonly reason: string;
  /** When this process first heard it, by the wall's clock. */
  readonly since: Date;
}

/** Told in the background, and again at the next call when it failed: never in the way of a message. */
export type TellOfToken = (
  where: { readonly platform: Platform; readonly tenant: string },
  is: 'refused' | 'accepted',
) => Promise<void>;

/** Senders that notice when a platform refuses our token, and when it takes one again. */
export function watchTokens(
  senders: Senders,
  ports: { readonly clock: Pick<Clock, 'wallNow'>; readonly registry: Registry; readonly tell: TellOfToken },
): { readonly senders: Senders; refused(): readonly RefusedToken[] } {
  const known = new Map<string, RefusedToken & { told: boolean }>();
  const refused = (): readonly RefusedToken[] =>
    [...known.values()].map(({ platform, reason, since }) => ({ platform, reason, since }));
  new Gauge({
    name: 'baton_tokens_refused',
    help: 'Workspaces whose platform refuses the token of Baton',
    labelNames: ['platform'],
    registers: [ports.registry],
    collect() {
      for (const platform of platforms) {
        this.set({ platform }, refused().filter((one) => one.platform === platform).length);
      }
    },
  });

  function note(platform: Platform, tenant: string, result: { readonly ok: true } | SendFailure): void {
    const key = `${platform} ${tenant}`;
    const before = known.get(key);
    if (result.ok) {
      if (before === undefined) return;
      known.delete(key);
      void ports.tell({ platform, tenant }, 'accepted').catch(() => undefined);
      return;
    }
    if (result.tokenRefused !== true) return;
    const now = before ?? { platform, reason: result.code, since: ports.clock.wallNow(), told: false };
    known.set(key, now);
    if (now.told) return;
    now.told = true;
    void ports.tell({ platform, tenant }, 'refused').catch(() => {
      now.told = false;
    });
  }

  const watching = (platform: Platform, sender: Sender): Sender => {
    const seen = async <R extends { readonly ok: true } | SendFailure>(
      tenant: string,
      call: Promise<R>,
    ): Promise<R> => {
      const result = await call;
      note(platform, tenant, result);
      return result;
    };
    const inspect = sender.inspect?.bind(sender);
    const inspectUser = sender.inspectUser?.bind(sender);
    return {
      readFailure: sender.readFailure.bind(sender),
      post: (to, card, options) => seen(to.tenant, sender.post(to, card, options)),
      update: (message, card) => seen(message.tenant, sender.update(message, card)),
      remove: (message) => seen(message.tenant, sender.remove(message)),
      ...(inspect && { inspect: (place) => seen(place.tenant, inspect(place)) }),
      ...(inspectUser && { inspectUser: (who) => seen(who.tenant, inspectUser(who)) }),
    };
  };
  return { senders: eachSender(senders, watching), refused };
}
