const minute = 60_000;

/**
 * When a person may be pushed again: `undefined` = now. At most `perMinute` in any minute that ends now; `pushes` are
 * the moments of the latest ones, in any order. Whoever waits asks again then, in the order of waiting.
 */
export function waitsForTurn(pushes: readonly Date[], perMinute: number, now: Date): Date | undefined {
  const lately = pushes
    .map((at) => at.getTime())
    .filter((at) => at > now.getTime() - minute)
    .sort((a, b) => b - a);
  const oldest = lately[Math.max(1, perMinute) - 1];
  return oldest === undefined ? undefined : new Date(oldest + minute);
}
