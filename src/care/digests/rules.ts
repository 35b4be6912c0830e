import { tierOrder } from '../clients/rules.ts';

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
  readonly section?: 'waiting-on-me' | 'unacknowledged' | 'expiring';
}

/** Due things in their sections, each in the order for acting: longest overdue first, then the higher tier. */
export interface Sections<T> {
  /** A named person has to take it, and nobody has: whatever its day, nothing comes before it. */
  readonly unacknowledged: readonly T[];
  readonly overdue: readonly T[];
  readonly today: readonly T[];
  /** After today, and somebody stands still until then. */
  readonly onMe: readonly T[];
  /** Somebody else's step comes first, whenever it is due. */
  readonly waiting: readonly T[];
  /** Runs out after today. */
  readonly expiring: readonly T[];
  /** Everything else after today. */
  readonly coming: readonly T[];
}
export type Section = keyof Sections<unknown>;

/** The one section of a thing: what is late or due today stands there, whatever else it is. */
export function sectionOf(item: Pick<Dated, 'dueOn' | 'waitingOnOthers' | 'section'>, today: string): Section {
  if (item.waitingOnOthers) return 'waiting';
  if (item.section === 'unacknowledged') return 'unacknowledged';
  if (item.dueOn < today) return 'overdue';
  if (item.dueOn === today) return 'today';
  if (item.section === 'waiting-on-me') return 'onMe';
  return item.section === 'expiring' ? 'expiring' : 'coming';
}

export function arrange<T extends Dated>(items: readonly T[], today: string): Sections<T> {
  const sections: Record<Section, T[]> = {
    unacknowledged: [],
    overdue: [],
    today: [],
    onMe: [],
    waiting: [],
    expiring: [],
    coming: [],
  };
  for (const item of [...items].sort(compareDue)) sections[sectionOf(item, today)].push(item);
  return sections;
}

/** What needs somebody today, in the order for acting. */
export const needing = <T>({ unacknowledged, overdue, today }: Sections<T>): readonly T[] => [
  ...unacknowledged,
  ...overdue,
  ...today,
];

/** Where to begin: at most five, what needs somebody today before what somebody waits for. */
export function firstOf<T>(sections: Sections<T>): readonly T[] {
  return [...needing(sections), ...sections.onMe].slice(0, startHere);
}

/** The first day after today on which somebody has to act. */
export function nextOf({ onMe, coming }: Sections<Dated>): string | undefined {
  const days = [onMe[0], coming[0]].flatMap((item) => (item === undefined ? [] : [item.dueOn]));
  return days.sort()[0];
}

/** What is counted: what only comes up is not. */
export type CountedSection = Exclude<Section, 'coming'>;
/** How much stands in each section. */
export type Counts = Readonly<Record<CountedSection, number>>;

export const countSections = (sections: Sections<unknown>): Counts => ({
  unacknowledged: sections.unacknowledged.length,
  overdue: sections.overdue.length,
  today: sections.today.length,
  onMe: sections.onMe.length,
  waiting: sections.waiting.length,
  expiring: sections.expiring.length,
});

/** With so many more things on these days, which are due by their day alone. */
export function addDays(
  counts: Counts,
  days: readonly { readonly dueOn: string; readonly count: number }[],
  today: string,
): Counts {
  const sum: Record<CountedSection, number> = { ...counts };
  for (const { dueOn, count } of days) {
    const section = sectionOf({ dueOn, waitingOnOthers: false }, today);
    if (section !== 'coming') sum[section] += count;
  }
  return sum;
}

/** How much needs somebody today. */
export const countNeeding = ({ unacknowledged, overdue, today }: Counts): number => unacknowledged + overdue + today;

/** Everything a digest speaks of; what only comes up is no reason for one. */
export const countAll = (counts: Counts): number =>
  countNeeding(counts) + counts.onMe + counts.waiting + counts.expiring;

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
  return ranks.get(tier) ?? ranks.size;
}
const ranks: ReadonlyMap<string, number> = new Map(Object.entries(tierOrder));

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Posts of one digest: one a local date, each taking the place of the one before. */
export const digestSeries = (owner: 'person' | 'team', id: string): string => `digest:${owner}/${id}`;

/** Where a team's digest stands: all of it in the place itself, or its counts there and the list in their thread. */
export const digestPlaces = ['channel', 'thread'] as const;
export type DigestPlace = (typeof digestPlaces)[number];

/** How much of a personal digest stands there at once. */
export const digestStyles = ['detailed', 'condensed'] as const;
export type DigestStyle = (typeof digestStyles)[number];

/** A digest begins a day: between five in the morning and noon, local time. */
export const isDigestTime = (at: string): boolean => /^(0[5-9]|1[01]):[0-5][0-9]$|^12:00$/.test(at);
export const timeSentence = 'A digest comes between 05:00 and 12:00, written 08:30.';
