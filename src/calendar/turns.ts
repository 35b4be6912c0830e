import { tzOffset } from '@date-fns/tz';
import { addDaysToDate, weekdayOf, type Weekday } from './local-dates.ts';

/** When something happens every day, or every week: a wall time in an IANA zone. */
export interface TurnRule {
  /** `08:30`, 24 hours. */
  readonly at: string;
  readonly zone: string;
  /** Absent = every day. */
  readonly weekday?: Weekday;
}

/** One time it happens. The local date is the one it belongs to, which names it for good. */
export interface Turn {
  readonly at: Date;
  /** `YYYY-MM-DD` in the rule's zone. */
  readonly localDate: string;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A week and a skipped day, with room: no rule waits longer. */
const furthestDays = 16;

/** The first turn after an instant. Throws RangeError for a zone or time that is none. */
export function nextTurn(rule: TurnRule, after: Date): Turn {
  return findTurn(rule, after, 1, (at) => at > after.getTime());
}

/** The last turn up to and at an instant: what a late tick has to catch up with. */
export function latestTurn(rule: TurnRule, until: Date): Turn {
  return findTurn(rule, until, -1, (at) => at <= until.getTime());
}

/** Walks over local dates, beginning on the far side of the instant, since a turn may fall on a neighbouring date. */
function findTurn(rule: TurnRule, around: Date, step: 1 | -1, fits: (at: number) => boolean): Turn {
  const today = new Date(wallTime(around.getTime(), rule.zone)).toISOString().slice(0, 10);
  for (let days = -2; days <= furthestDays; days += 1) {
    const localDate = addDaysToDate(today, days * step);
    if (rule.weekday !== undefined && weekdayOf(localDate) !== rule.weekday) continue;
    const at = turnOn(localDate, rule);
    if (at !== undefined && fits(at)) return { at: new Date(at), localDate };
  }
  throw new RangeError('no turn within two weeks');
}

/**
 * The instant of a wall time on a local date. Where it comes twice, the first; where the clocks skip it, the moment
 * they skip to; on a date that a zone left out altogether, none.
 */
function turnOn(localDate: string, { at, zone }: TurnRule): number | undefined {
  const wall = Date.parse(`${localDate}T${at}:00Z`);
  // A change of offset near this wall time lies between these two moments, so one of the two offsets is right.
  const before = wall - offset(wall - DAY, zone);
  const after = wall - offset(wall + DAY, zone);
  const instants = [before, after].filter((instant) => wallTime(instant, zone) === wall);
  if (instants.length > 0) return Math.min(...instants);
  const skippedTo = findChange(Math.min(before, after), Math.max(before, after), zone);
  // A whole date is skipped when the last moment before the jump and the first after it both stand on other dates.
  const dateOf = (instant: number): string => new Date(wallTime(instant, zone)).toISOString().slice(0, 10);
  return [skippedTo - 1, skippedTo].some((instant) => dateOf(instant) === localDate) ? skippedTo : undefined;
}

/** The first instant of the later offset, between one of the earlier and one of the later. */
function findChange(earlier: number, later: number, zone: string): number {
  const old = offset(earlier, zone);
  let [low, high] = [earlier, later];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle, zone) === old) low = middle;
    else high = middle;
  }
  return high;
}

/** What the clocks on the wall show, counted as if in UTC. */
const wallTime = (instant: number, zone: string): number => instant + offset(instant, zone);

function offset(instant: number, zone: string): number {
  return tzOffset(zone, new Date(instant)) * MINUTE;
}
