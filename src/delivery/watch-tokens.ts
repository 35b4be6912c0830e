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

export interface TokenWatch {
  /** The same senders, noticing when a platform refuses our token, and when it takes one again. */
  over(senders: Senders): Senders;
  /** What an adapter heard at a call of its own: the platform's word where it refused the token, else that it took it. */
  heard(platform: Platform, tenant: string, refusedWith: string | undefined): void;
  refused(): readonly RefusedToken[];
}

export function watchTokens(ports: {
  readonly clock: Pick<Clock, 'wallNow'>;
  readonly registry: Registry;
  readonly tell: TellOfToken;
}): TokenWatch {
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

  function heard(platform: Platform, tenant: string, refusedWith: string | undefined): void {
    const key = `${platform} ${tenant}`;
    const before = known.get(key);
    if (refusedWith === undefined) {
      if (before === undefined) return;
      known.delete(key);
      void ports.tell({ platform, tenant }, 'accepted').catch(() => undefined);
      return;
    }
    const now = before ?? { platform, reason: refusedWith, since: ports.clock.wallNow(), told: false };
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
      if (result.ok) heard(platform, tenant, undefined);
      else if (result.tokenRefused === true) heard(platform, tenant, result.code);
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
  return { over: (senders) => eachSender(senders, watching), heard, refused };
}
