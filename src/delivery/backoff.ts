/** How patient a delivery is, by its priority (states.ts). About three hours for an escalation, four for the rest. */
export interface Patience {
  /** Tries before a delivery that keeps failing is parked, where a supervisor sees it. */
  readonly attempts: number;
  /** Longest pause between two tries, in milliseconds. */
  readonly longest: number;
}
const byPriority: readonly Patience[] = [
  { attempts: 200, longest: 60_000 },
  { attempts: 60, longest: 5 * 60_000 },
  { attempts: 60, longest: 5 * 60_000 },
  { attempts: 24, longest: 15 * 60_000 },
];
const shortest = 2_000;

export function patienceOf(priority: number): Patience {
  return byPriority[priority] ?? { attempts: 24, longest: 15 * 60_000 };
}

/**
 * Milliseconds until the next try: doubling from two seconds to the priority's longest, of which the upper half is
 * left to chance (0 ≤ chance < 1), so that many deliveries that failed together do not come back together.
 */
export function backoff(attempts: number, priority: number, chance: number): number {
  const full = Math.min(patienceOf(priority).longest, shortest * 2 ** Math.min(30, Math.max(0, attempts - 1)));
  return Math.round(full / 2 + (full / 2) * chance);
}
