import { z } from 'zod';
import { fileSetting, type FileSettings } from '../../access/file-settings.ts';
import { timeSchema } from '../../access/file-values.ts';
import { hasCareRole } from '../../access/roles.ts';
import type { ScheduledTeam, ScheduleKind } from '../../feature/schedules.ts';
import { makePersonDigest, makeTeamDigest } from './make-digest.ts';

/** What of a team's file says when; the file's reader has checked it whole. */
const schema = z.object({ dailyDigest: z.object({ at: z.string() }).optional() });

/** When a team's digest comes: as its supervisor chose in chat, or as the file says; undefined = it has none. */
const usualOf = ({ digestAt, schedules }: ScheduledTeam): string | undefined =>
  digestAt ?? schema.parse(schedules).dailyDigest?.at;
const at = (time: string | undefined): { readonly at: string } | undefined =>
  time === undefined ? undefined : { at: time };

export const personSchedule = 'daily-digest-person';

/** A digest for each team that has one, and for each person of care at their own time or their team's. */
export const digestSchedules: Readonly<Record<string, ScheduleKind>> = {
  'daily-digest-team': { of: 'team', when: (team) => at(usualOf(team)), run: makeTeamDigest },
  [personSchedule]: {
    of: 'person',
    when: ({ roles, digestAt }, team) => (hasCareRole(roles) ? at(digestAt ?? usualOf(team)) : undefined),
    run: makePersonDigest,
  },
};

export const digestSettings: Partial<FileSettings> = {
  schedules: {
    /** `in: thread`: the counts in the place, the list in their thread. In the place itself when left out. */
    dailyDigest: fileSetting(z.strictObject({ at: timeSchema, in: z.enum(['channel', 'thread']).optional() })),
  },
};
