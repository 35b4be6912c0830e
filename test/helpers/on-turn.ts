import type { ScheduleKind } from '../../src/feature/schedules.ts';

/** A kind of schedule whose rows another noun made: what happens at its turns. */
export const onTurn = (of: 'team' | 'person', run: ScheduleKind['run']): ScheduleKind => ({
  of,
  when: () => undefined,
  run,
});
