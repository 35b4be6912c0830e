import { tierSchema, type Tier } from '../clients/rules.ts';

/** A day on which something of a person is due, as it was planned. */
export interface DueDay {
  readonly owner: string;
  /** Local date. */
  readonly dueOn: string;
}

/** How many are due on such a day, by tier. */
export type CountedDay = DueDay & { readonly tiers: Readonly<Record<Tier, number>> };

/** Planned days that fall on one day for their owner, because of days off; of one tier. */
export interface FallingTogether {
  readonly owner: string;
  readonly tier: Tier;
  readonly days: readonly string[];
}

/**
 * Which days of which tiers must be read to know each person's first `each`: the higher tier first, in each from the
 * earliest day on which they are due for their owner, whole ones, until there are enough; nothing that is due after today.
 * Days that fall together are read together: the lower code may stand on any of them.
 */
export function chooseDays(
  counts: readonly CountedDay[],
  given: {
    readonly today: string;
    readonly each: number;
    readonly dayFor: (owner: string, dueOn: string) => string;
  },
): readonly FallingTogether[] {
  const { today, each, dayFor } = given;
  const inOrder = counts
    .map((one) => ({ ...one, day: dayFor(one.owner, one.dueOn) }))
    .filter(({ day }) => day <= today)
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const chosen: FallingTogether[] = [];
  const found = new Map<string, number>();
  for (const tier of tierSchema.options) {
    const reached = new Map<string, { readonly day: string; readonly days: string[] }>();
    for (const { owner, dueOn, day, tiers } of inOrder) {
      if (tiers[tier] === 0) continue;
      const before = reached.get(owner);
      if (before?.day === day) {
        before.days.push(dueOn);
      } else if ((found.get(owner) ?? 0) < each) {
        const days = [dueOn];
        chosen.push({ owner, tier, days });
        reached.set(owner, { day, days });
      } else {
        continue;
      }
      found.set(owner, (found.get(owner) ?? 0) + tiers[tier]);
    }
  }
  return chosen;
}
