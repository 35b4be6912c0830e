import { z } from 'zod';
import type { ScheduledTeam, ScheduleKind } from '../../feature/schedules.ts';
import { askForCheck } from './monthly-check.ts';
import { patternOf } from './policies.ts';
import { tellGaps } from './tell-gaps.ts';

/** What of a team's file says whether; the file's reader has checked it whole. */
const schedulesSchema = z.object({ dutyCheck: z.boolean().optional() });

/** Only a team with a weekly pattern can have a gap in it. */
const hasPattern = ({ policies }: ScheduledTeam): boolean => patternOf(policies) !== undefined;
const isChecked = ({ schedules }: ScheduledTeam): boolean => schedulesSchema.parse(schedules).dutyCheck !== false;

export const dutySchedules: Readonly<Record<string, ScheduleKind>> = {
  /** A team's rota is looked through for gaps early enough to plan somebody for the same evening. */
  'duty-gaps': {
    of: 'team',
    when: (team) => (hasPattern(team) ? { at: '09:00' } : undefined),
    run: (work, { owner }) => tellGaps(work, owner),
  },
  /** Its people are asked whether a message reaches them: a turn each day, of which the first working day of a month counts. */
  'duty-check': {
    of: 'team',
    when: (team) => (hasPattern(team) && isChecked(team) ? { at: '10:00' } : undefined),
    run: askForCheck,
  },
};
