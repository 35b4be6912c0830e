/** A day on which something of a person is due, as it was planned. */
export interface DueDay {
  readonly owner: string;
  /** Local date. */
  readonly dueOn: string;
}

/** Planned days that fall on one day for their owner, because of days off. */
export interface FallingTogether {
  readonly owner: string;
  readonly days: readonly string[];
}

/**
 * Which days must be read to know each person's first `most`: from the earliest day on which they are due for their
 * owner, whole ones, until there are enough; nothing that is due after today. Days that fall together are read together:
 * the higher tier may stand on any of them.
 */
export function chooseDays(
  counts: readonly (DueDay & { readonly count: number })[],
  given: {
    readonly today: string;
    readonly most: number;
    readonly dayFor: (owner: string, dueOn: string) => string;
  },
): readonly FallingTogether[] {
  const { today, most, dayFor } = given;
  const chosen: { readonly owner: string; readonly days: string[] }[] = [];
  const reached = new Map<string, { found: number; day: string; days: string[] }>();
  const inOrder = counts
    .map((one) => ({ ...one, day: dayFor(one.owner, one.dueOn) }))
    .filter(({ day }) => day <= today)
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  for (const { owner, dueOn, count, day } of inOrder) {
    const before = reached.get(owner);
    if (before?.day === day) {
      before.days.push(dueOn);
      before.found += count;
    } else if (before === undefined || before.found < most) {
      const days = [dueOn];
      chosen.push({ owner, days });
      reached.set(owner, { found: (before?.found ?? 0) + count, day, days });
    }
  }
  return chosen;
}
