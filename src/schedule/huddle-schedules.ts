import { z } from 'zod';
import { weekdays, type Weekday } from '../calendar/local-dates.ts';
import type { TurnRule } from '../calendar/turns.ts';

const weekday = z.enum(weekdays);
/** What of a team's schedules makes it meet; the file's reader has checked it whole. */
const schema = z.object({
  huddle: z.object({ weekday, at: z.string() }).optional(),
  standup: z.object({ at: z.string() }).optional(),
  monthly: z.object({ weekday, at: z.string() }).optional(),
});

export const huddleKinds = ['huddle-weekly', 'huddle-standup', 'huddle-monthly'] as const;

/** A turn comes this long before the meeting: it reminds the team, and the meeting then begins by itself. */
const leadMinutes = 30;
const dayMinutes = 24 * 60;

/**
 * When a team's meetings are prepared. A monthly one has a turn every week: which of them counts, and what a closure
 * moves, is decided at the turn.
 */
export function huddleRules(team: {
  readonly zone: string;
  readonly schedules: unknown;
}): readonly { readonly kind: (typeof huddleKinds)[number]; readonly rule: TurnRule }[] {
  const { huddle, standup, monthly } = schema.parse(team.schedules);
  const rule = (given: { at: string; weekday?: Weekday }): TurnRule => ({ ...before(given), zone: team.zone });
  return [
    ...(huddle === undefined ? [] : [{ kind: 'huddle-weekly' as const, rule: rule(huddle) }]),
    ...(standup === undefined ? [] : [{ kind: 'huddle-standup' as const, rule: rule(standup) }]),
    ...(monthly === undefined ? [] : [{ kind: 'huddle-monthly' as const, rule: rule(monthly) }]),
  ];
}

/** Half an hour earlier by the clock on the wall; just after midnight that is the day before. */
function before({ at, weekday: on }: { at: string; weekday?: Weekday }): { at: string; weekday?: Weekday } {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const wall = hours * 60 + minutes - leadMinutes;
  const minute = (wall + dayMinutes) % dayMinutes;
  const pad = (part: number): string => String(part).padStart(2, '0');
  const earlier = `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
  if (on === undefined) return { at: earlier };
  const index = weekdays.indexOf(on) + (wall < 0 ? -1 : 0);
  return { at: earlier, weekday: weekdays[(index + weekdays.length) % weekdays.length] ?? on };
}
