import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { listTurns } from './records.ts';
import { comingMeetings, type Meeting } from './rhythms.ts';
import type { Rhythm } from './rules.ts';
import type { HuddleTeam } from './team-records.ts';

/** The next huddle of a team that was neither held nor skipped yet. */
export interface NextHuddle {
  readonly meeting: Meeting;
  /** Its id, once it stands written. */
  readonly id: string | undefined;
}

/** The next one, or the next of one rhythm; undefined for a team that has none. */
export async function findNextHuddle(
  work: Pick<Work, 'tx' | 'now'>,
  team: HuddleTeam,
  rhythm?: Rhythm,
): Promise<NextHuddle | undefined> {
  const plans = team.plans.filter((plan) => rhythm === undefined || plan.rhythm === rhythm);
  const turns = await listTurns(work.tx, team.id, localDate(work.now, team.zone));
  for (const meeting of comingMeetings(plans, team, work.now)) {
    const written = turns.find((turn) => turn.rhythm === meeting.plan.rhythm && turn.heldFor === meeting.day);
    if (written === undefined || written.state === 'planned') return { meeting, id: written?.id };
  }
  return undefined;
}
