import { tierOrder, tierSchema } from '../clients/rules.ts';

/** How many rows a digest shows; the rest stands behind one button (day: at most five "start here"). */
export const startHere = 5;
/** How far ahead a digest looks, in days. */
export const horizonDays = 7;

/** What a digest must know of a thing to place it. */
export interface Dated {
  readonly id: string;
  /** Local date. */
  readonly dueOn: string;
  readonly tier: string;
  readonly code: string;
  readonly waitingOnOthers: boolean;
}

/** Due things in their sections, each in the order for acting: longest overdue first, then the higher tier. */
export interface Sections<T> {
  readonly overdue: readonly T[];
  readonly today: readonly T[];
  /** Somebody else's step comes first, whenever it is due. */
  readonly waiting: readonly T[];
  /** After today. */
  readonly coming: readonly T[];
}

export function arrange<T extends Dated>(items: readonly T[], today: string): Sections<T> {
  const sorted = [...items].sort(compareDue);
  const mine = sorted.filter((item) => !item.waitingOnOthers);
  return {
    overdue: mine.filter((item) => item.dueOn < today),
    today: mine.filter((item) => item.dueOn === today),
    waiting: sorted.filter((item) => item.waitingOnOthers),
    coming: mine.filter((item) => item.dueOn > today),
  };
}

/** Where to begin: at most five of what needs somebody today. */
export function firstOf<T>(sections: Sections<T>): readonly T[] {
  return [...sections.overdue, ...sections.today].slice(0, startHere);
}

function compareDue(a: Dated, b: Dated): number {
  return (
    compareText(a.dueOn, b.dueOn) ||
    rankTier(a.tier) - rankTier(b.tier) ||
    compareText(a.code, b.code) ||
    compareText(a.id, b.id)
  );
}

/** A tier nobody knows comes last. */
function rankTier(tier: string): number {
  const known = tierSchema.safeParse(tier);
  return known.success ? tierOrder[known.data] : Object.keys(tierOrder).length;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Posts of one digest: one a local date, each taking the place of the one before. */
export const digestSeries = (owner: 'person' | 'team', id: string): string => `digest:${owner}/${id}`;
