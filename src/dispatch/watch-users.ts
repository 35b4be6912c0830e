import type { Clock } from '../clock.ts';
import type { Inbound } from '../chat/inbound.ts';
import type { Receive } from '../chat/reply.ts';
import { isLifecycle } from './handle-lifecycle.ts';
import type { Sender, UserSeen } from '../feature/sender.ts';

type Platform = Inbound['platform'];

export interface UserWatch {
  /** Hands on what people do, once it is known who they are to their platform. */
  readonly receive: Receive;
  /** Asks about somebody now: a platform said that they cannot be reached. */
  check(who: { readonly platform: Platform; readonly tenant: string; readonly user: string }): Promise<void>;
}

/** How long an answer holds, in milliseconds of the wall. Changes in between are told by the platform itself. */
const holds = 6 * 3_600_000;
/** How long nobody is asked about again whom a platform had nothing to say of: it may have been asked too often. */
const askedAgainAfter = 60_000;
/** So many late or missing answers in a row, and nobody waits for that platform any more, until it answers in time. */
const missedMost = 3;
/** People remembered; beyond it everybody is asked about anew. */
const most = 10_000;

/**
 * A slash command does not say that a guest typed it, and a notice of somebody's deactivation may be lost. So whoever
 * acts is asked about, once in six hours and process; what is found is told to the dispatcher as the platform itself
 * would, before what they did. Where a platform does not answer, what people do goes on beside the question.
 */
export function createUserWatch(ports: {
  readonly receive: Receive;
  /** Undefined while the platform is not configured, or not ready yet. */
  readonly senderOf: (platform: Platform) => Pick<Sender, 'inspectUser'> | undefined;
  readonly clock: Pick<Clock, 'wallNow' | 'pause'>;
  /** Milliseconds a person waits for the platform's answer at their first act; then they go on. Default 500. */
  readonly patienceMs?: number;
}): UserWatch {
  const { receive, senderOf, clock, patienceMs = 500 } = ports;
  /** Until when nobody is asked about again. */
  const asked = new Map<string, number>();
  /** Late or missing answers in a row. */
  const missed = new Map<Platform, number>();
  const wall = (): number => clock.wallNow().getTime();

  /** True when the platform said something. */
  async function ask({
    platform,
    tenant,
    user,
  }: {
    platform: Platform;
    tenant: string;
    user: string;
  }): Promise<boolean> {
    const seen = await senderOf(platform)
      ?.inspectUser?.({ tenant, user })
      .catch(() => undefined);
    if (seen === undefined || !seen.ok) return false;
    if (!isFine(seen)) {
      await receive({
        platform,
        tenant,
        user,
        place: { id: '', kind: 'direct' },
        delivery: `watch:${user}:${clock.wallNow().toISOString()}`.slice(0, 512),
        what: {
          kind: 'user-changed',
          active: seen.active,
          ...(seen.guest ? { guest: true } : {}),
          ...(seen.missing === true ? { missing: true } : {}),
        },
      });
    }
    return true;
  }

  return {
    async receive(inbound) {
      const { platform, tenant, user, via, what } = inbound;
      const key = `${platform} ${tenant} ${user}`;
      const known = wall() < (asked.get(key) ?? 0);
      // Who comes in from another workspace is a stranger already.
      if (known || via !== undefined || isLifecycle(what) || senderOf(platform)?.inspectUser === undefined) {
        return receive(inbound);
      }
      if (asked.size >= most) asked.clear();
      asked.set(key, wall() + holds);
      const answered = ask({ platform, tenant, user }).catch(() => false);
      void answered.then((said) => said || asked.set(key, wall() + askedAgainAfter));
      const isWaitedFor = (missed.get(platform) ?? 0) < missedMost;
      const judged = Promise.race([answered, clock.pause(patienceMs).then(() => false)]).then((inTime) =>
        missed.set(platform, inTime ? 0 : (missed.get(platform) ?? 0) + 1),
      );
      if (isWaitedFor) await judged;
      return receive(inbound);
    },
    async check(who) {
      await ask(who);
    },
  };
}

const isFine = (seen: Extract<UserSeen, { ok: true }>): boolean => seen.active && !seen.guest;
