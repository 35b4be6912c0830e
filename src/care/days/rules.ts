/** What somebody did on a day, and what is left of it. */
export interface Day {
  readonly contacts: number;
  readonly minutes: number;
  /** Entries of the day that nobody marked as standing in the health record. */
  readonly uncharted: number;
  /** Escalations that wait on them because nobody has them. */
  readonly untaken: number;
  /** What waits on them from earlier days, and still from this one. */
  readonly overdue: number;
  readonly left: number;
  /** Escalations about clients of theirs that are open and with others. */
  readonly watching: number;
}

/** Nothing was logged and nothing is open: worth a line once a week, not every evening. */
export const isQuiet = (day: Day): boolean => Object.values(day).every((number) => number === 0);

const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

/** `6 contacts, 82 minutes, 2 notes not in the chart yet, nothing overdue.` Facts, in one line. */
export function describeDay(day: Day): string {
  if (isQuiet(day)) return 'Nothing logged today, and nothing is open.';
  const { contacts, minutes, uncharted, untaken, overdue, left, watching } = day;
  return `${[
    contacts === 0 ? 'No contact logged' : count(contacts, 'contact'),
    ...(minutes === 0 ? [] : [count(minutes, 'minute')]),
    ...(uncharted === 0 ? [] : [`${count(uncharted, 'note')} not in the chart yet`]),
    ...(untaken === 0 ? [] : [`${count(untaken, 'escalation')} nobody has taken`]),
    overdue === 0 ? 'nothing overdue' : `${overdue} overdue`,
    ...(left === 0 ? [] : [`${left} still due today`]),
    ...(watching === 0 ? [] : [`${count(watching, 'escalation')} to watch`]),
  ].join(', ')}.`;
}
