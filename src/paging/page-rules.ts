import { backoff } from '../delivery/backoff.ts';
import { priorities } from '../delivery/states.ts';

/** What a page is for; the lower number goes first. */
export const pagePriorities = {
  /** A ladder calls somebody. */
  call: 0,
  /** It need not ring any more. */
  stop: 1,
  /** Somebody tries the way. */
  test: 2,
} as const;
export type PageEvent = keyof typeof pagePriorities;

/** What a page can be, and what each state means. */
export const pageStates = [
  /** Waits for its turn: due at `next_at`. */
  'pending',
  /** Somebody works on it until their lease ends. */
  'sending',
  /** The gateway said 2xx. */
  'sent',
  /** Given up with a reason, and shown. Never silent. */
  'parked',
  /** Nobody needs it any more. */
  'dropped',
] as const;

/** Why a page is dropped: somebody has it, or whom it would ring does not work here any more. */
export type DropReason = 'overtaken' | 'left';

/** What the gateway said, or that it did not. `reason` is coded; `retryAfter` in milliseconds, where it asked for a pause. */
export type GatewayAnswer =
  { readonly ok: true } | { readonly ok: false; readonly reason: string; readonly retryAfter: number | undefined };

/** Somebody is rung who may be needed within minutes: what has not arrived after this long is given up, visibly. */
export const patience = 15 * 60_000;
/** A gateway that asks for a longer pause than this gets this one. */
export const longestPause = 60_000;

export type PageDecision =
  | { readonly is: 'sent' }
  | { readonly is: 'wait'; readonly until: Date; readonly reason: string }
  | { readonly is: 'park'; readonly reason: string };

/**
 * What follows from an answer. Whatever is no 2xx is tried again, a refusal too: a gateway that is being set up refuses
 * for minutes, and its answers are no promise. Pauses grow from two seconds to a minute, upper half by chance
 * (0 ≤ chance < 1); the last try is made when the patience ends, counted from the first try.
 */
export function decidePage(
  answer: GatewayAnswer,
  tried: { readonly attempts: number; readonly firstTriedAt: Date; readonly now: Date; readonly chance: number },
): PageDecision {
  if (answer.ok) return { is: 'sent' };
  const { reason, retryAfter = 0 } = answer;
  const end = tried.firstTriedAt.getTime() + patience;
  const now = tried.now.getTime();
  if (now >= end) return { is: 'park', reason };
  const pause = Math.max(
    backoff(tried.attempts, priorities.escalation, tried.chance),
    Math.min(longestPause, Math.max(0, retryAfter)),
  );
  return { is: 'wait', until: new Date(Math.min(end, now + pause)), reason };
}
