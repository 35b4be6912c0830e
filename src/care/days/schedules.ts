import { z } from 'zod';
import { fileSetting, type FileSettings } from '../../access/file-settings.ts';
import { timeSchema } from '../../access/file-values.ts';
import { hasCareRole } from '../../access/roles.ts';
import type { ScheduleKind } from '../../feature/schedules.ts';
import { makeEndOfDay } from './end-day.ts';

/** What of a team's file says when; the file's reader has checked it whole. */
const schema = z.object({
  dailyDigest: z.object({}).optional(),
  endOfDay: z.object({ at: z.string() }).optional(),
});
const worksSchema = z.record(z.string(), z.string()).nullable();

/** When a working day ends, where a team says nothing of it, local time. */
const usualAt = '17:00';
const minutesBefore = 10;

/** Within somebody's own hours: a line that waits until the next morning is none of that day any more. */
function eveningOf(at: string, works: unknown): string {
  const ends = Object.values(worksSchema.parse(works) ?? {}).map((hours) => hours.slice(6));
  const first = ends.sort()[0];
  if (first === undefined || first > at) return at;
  const [hour = 0, minute = 0] = first.split(':').map(Number);
  const before = Math.max(0, hour * 60 + minute - minutesBefore);
  return [Math.floor(before / 60), before % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** The evening line of each person of care, in a team that names an hour for it or has a daily digest. */
export const endOfDay: ScheduleKind = {
  of: 'person',
  when({ roles, works }, team) {
    const { endOfDay: own, dailyDigest } = schema.parse(team.schedules);
    const at = own?.at ?? (dailyDigest === undefined && team.digestAt === null ? undefined : usualAt);
    return at === undefined || !hasCareRole(roles) ? undefined : { at: eveningOf(at, works) };
  },
  run: makeEndOfDay,
};

export const daySettings: Partial<FileSettings> = {
  schedules: {
    /** A line in each person's evening; 17:00 when left out, in a team with a daily digest. */
    endOfDay: fileSetting(z.strictObject({ at: timeSchema })),
  },
};
