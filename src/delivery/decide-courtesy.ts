import { isSpent, type Budget } from './budget.ts';
import { bundleWith, type Waiting } from './bundle.ts';
import type { Courtesies } from './courtesies.ts';
import { quietUntil, type PushHours } from './quiet-hours.ts';
import { waitsForTurn } from './throttle.ts';

/** Why a message waits although its time has come; stands in its row until it goes. */
export const courtesyReasons = ['quiet_hours', 'throttled', 'burst', 'folded'] as const;
export type CourtesyReason = (typeof courtesyReasons)[number];
export const isCourtesy = (reason: string | null): boolean => courtesyReasons.some((one) => one === reason);

/** What a person's other messages are at the moment one is about to be sent. */
export interface Situation {
  readonly hours: PushHours;
  /** Most pushes in a minute. */
  readonly perMinute: number;
  readonly budget: Budget;
  /** What they were pushed today and lately, escalations and what they asked for left out. */
  readonly told: readonly { readonly line: string; readonly at: Date; readonly message: string }[];
  /** What waits for them too and may share a message, in order. */
  readonly waiting: readonly Waiting[];
}

export type Courtesy =
  | { readonly is: 'go' }
  | { readonly is: 'wait'; readonly until: Date; readonly reason: CourtesyReason }
  | { readonly is: 'bundle'; readonly with: readonly string[] };

/**
 * Whether a message to a person goes now, alone or with others, or waits. Quiet hours first, then the day's budget, then
 * turns, then bursts.
 */
export function decideCourtesy(
  courtesies: Courtesies,
  first: Waiting,
  { hours, perMinute, budget, told, waiting }: Situation,
  now: Date,
): Courtesy {
  const quiet = courtesies.quietHours ? quietUntil(hours, now) : undefined;
  if (quiet !== undefined) return { is: 'wait', until: quiet, reason: 'quiet_hours' };
  // Several that went out as one message pushed once.
  const pushes = [...new Map(told.map(({ message, at }) => [message, at])).values()];
  if (courtesies.budget && isSpent(budget, pushes, now)) {
    return { is: 'wait', until: budget.otherwiseAt, reason: 'folded' };
  }
  const turn = courtesies.throttle ? waitsForTurn(pushes, perMinute, now) : undefined;
  if (turn !== undefined) return { is: 'wait', until: turn, reason: 'throttled' };
  if (!courtesies.bundle) return { is: 'go' };
  const bundling = bundleWith(first, waiting, told, now);
  if (bundling.is === 'wait') return { ...bundling, reason: 'burst' };
  return bundling.is === 'alone' ? { is: 'go' } : bundling;
}
