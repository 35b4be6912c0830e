import { requirePerson } from '../../access/actor.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { postToTeam, reminderCardKind } from './card-kinds.ts';
import { findRunTeam } from './find-huddle.ts';
import { findNextHuddle } from './next-huddle.ts';
import { planMeeting, setTimers } from './plan-turn.ts';
import { lockHuddle } from './records.ts';
import { can, type Rhythm } from './rules.ts';
import { lockTeamHuddles } from './team-records.ts';
import { updateHuddle } from './write-records.ts';

/** The next huddle is not held; the team's place says so, and what it would have gone through waits for the one after. */
export async function skipNext(work: Work, teamId: string, rhythm?: Rhythm): Promise<string> {
  const team = await findRunTeam(work, teamId);
  const next = await findNextHuddle(work, team, rhythm);
  if (next === undefined) {
    throw new Refusal('invalid-value', `${team.name} has no huddle planned, so there is none to skip.`);
  }
  if (next.id !== undefined) await setTimers(work, next.id, undefined);
  await lockTeamHuddles(work.tx, team.id);
  const id = next.id ?? (await planMeeting(work, team.id, next.meeting));
  const huddle = id === undefined ? undefined : await lockHuddle(work.tx, id);
  if (huddle === undefined || !can('skip', huddle.state)) {
    throw new Refusal('changed-meanwhile', 'Somebody was first. Type huddle to see what is next.');
  }
  const { person } = requirePerson(work.actor);
  await updateHuddle(work.tx, huddle.id, { state: 'skipped', ended: { at: work.now, by: person }, moves: true });
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'huddle.skip',
    subjectKind: 'huddle',
    subjectId: huddle.id,
    detail: { team: huddle.team, rhythm: huddle.rhythm, on: next.meeting.day },
    at: work.now,
  });
  await postToTeam(work, huddle, reminderCardKind, 'skipped');
  return huddle.id;
}
