/** How long somebody has been needed, in words that stay true until the next moment at which they change. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The words count in steps: every minute at first, then coarser. `over` stays true however late a card is drawn again. */
const steps = [
  { upTo: 10 * minute, by: minute },
  { upTo: hour, by: 5 * minute },
  { upTo: 4 * hour, by: 15 * minute },
  { upTo: 2 * day, by: hour },
] as const;

const stepAt = (age: number): number => steps.find(({ upTo }) => age < upTo)?.by ?? day;

/** `4 min`, `over 25 min`, `over 1 h 15 min`, `over 3 days`. */
export function describeAge(since: Date, now: Date): string {
  const age = Math.max(0, now.getTime() - since.getTime());
  if (age < minute) return 'under 1 min';
  const shown = Math.floor(age / stepAt(age)) * stepAt(age);
  if (shown < 10 * minute) return `${shown / minute} min`;
  if (shown < hour) return `over ${shown / minute} min`;
  if (shown >= 2 * day) return `over ${shown / day} days`;
  const minutes = (shown % hour) / minute;
  return `over ${Math.floor(shown / hour)} h${minutes === 0 ? '' : ` ${minutes} min`}`;
}

/** When the words of an age change next. */
export function nextAge(since: Date, now: Date): Date {
  const age = Math.max(0, now.getTime() - since.getTime());
  const by = stepAt(age);
  return new Date(since.getTime() + (Math.floor(age / by) + 1) * by);
}
