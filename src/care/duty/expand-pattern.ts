import type { PatternShift } from './policies.ts';
import { addDaysToDate, weekdayOf } from '../../calendar/local-dates.ts';
import { atLocalTime, localDate } from '../../calendar/zones.ts';
import type { Shift } from './rules.ts';

/**
 * The shifts of a weekly pattern that touch a time. Local times of the team's zone: over a change of the clocks a
 * night is an hour shorter or longer, and nobody's duty has a hole.
 */
export function expandPattern(pattern: readonly PatternShift[], zone: string, from: Date, to: Date): Shift[] {
  const shifts: Shift[] = [];
  const last = localDate(to, zone);
  // A shift that began the evening before still runs.
  for (let day = addDaysToDate(localDate(from, zone), -1); day <= last; day = addDaysToDate(day, 1)) {
    const weekday = weekdayOf(day);
    for (const planned of pattern) {
      if (planned.weekday !== weekday) continue;
      const startsAt = atLocalTime(day, planned.from, zone);
      const endDay = planned.to <= planned.from ? addDaysToDate(day, 1) : day;
      const endsAt = atLocalTime(endDay, planned.to, zone);
      if (endsAt <= from || startsAt >= to || endsAt <= startsAt) continue;
      shifts.push({ person: planned.person, startsAt, endsAt, origin: 'pattern', plannedAt: undefined });
    }
  }
  return shifts;
}
