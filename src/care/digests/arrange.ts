import { compareAttention, compareComing, type OpenSeverity } from '../../feature/attention-order.ts';
import { startHere } from './rules.ts';

/** What a digest must know of a thing to place it. */
export interface Dated {
  readonly id: string;
  /** Local date. */
  readonly dueOn: string;
  readonly tier: string;
  readonly code: string;
  readonly waitingOnOthers: boolean;
  readonly section?: 'waiting-on-me' | 'unacknowledged' | 'expiring';
  readonly clinical?: boolean;
  readonly severity?: OpenSeverity;
  readonly since?: Date;
}

/** Due things in their sections, each in the order of `attention-order.ts`; what comes later by its day. */
export interface Sections<T> {
  /** A named person has to take it, and nobody has: whatever its day, nothing comes before it. */
  readonly unacknowledged: readonly T[];
  readonly overdue: readonly T[];
  readonly today: readonly T[];
  /** It is open, and with somebody else: to know of, whenever it is due. */
  readonly watching: readonly T[];
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
export function sectionOf(
  item: Pick<Dated, 'dueOn' | 'waitingOnOthers' | 'section' | 'severity'>,
  today: string,
): Section {
  if (item.waitingOnOthers) return item.severity === undefined ? 'waiting' : 'watching';
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
    watching: [],
    onMe: [],
    waiting: [],
    expiring: [],
    coming: [],
  };
  for (const item of items) sections[sectionOf(item, today)].push(item);
  for (const section of sectionNames) sections[section].sort(isLater(section) ? compareComing : compareAttention);
  return sections;
}

const sectionNames = [
  'unacknowledged',
  'overdue',
  'today',
  'watching',
  'onMe',
  'waiting',
  'expiring',
  'coming',
] as const satisfies readonly Section[];
const isLater = (section: Section): boolean => ['onMe', 'expiring', 'coming'].includes(section);

/** What needs somebody today, in the one order. */
export const needing = <T extends Dated>({ unacknowledged, overdue, today }: Sections<T>): readonly T[] =>
  [...unacknowledged, ...overdue, ...today].sort(compareAttention);

/** The same with what is open and with others: what a list shows as today's. */
export const todays = <T extends Dated>(sections: Sections<T>): readonly T[] =>
  [...needing(sections), ...sections.watching].sort(compareAttention);

/** Where to begin: at most five, today's before what somebody waits for. */
export function firstOf<T extends Dated>(sections: Sections<T>): readonly T[] {
  return [...todays(sections), ...sections.onMe].slice(0, startHere);
}

/** `Start with …`: the same at one moment wherever it stands. */
export const startOf = <T extends { readonly waitingOnOthers: boolean }>(first: readonly T[]): T | undefined =>
  first.find(({ waitingOnOthers }) => !waitingOnOthers);

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
  watching: sections.watching.length,
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
  countNeeding(counts) + counts.watching + counts.onMe + counts.waiting + counts.expiring;
