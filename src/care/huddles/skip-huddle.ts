import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
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
export async function skipNext(ask: Ask, teamId: string, rhythm?: Rhythm): Promise<string> {
  const team = await findRunTeam(ask, teamId);
  const next = await findNextHuddle(ask, team, rhythm);
  if (next === undefined) {
    throw new Refusal('invalid-value', `${team.name} has no huddle planned, so there is none to skip.`);
  }
  if (next.id !== undefined) await setTimers(ask, next.id, undefined);
  await lockTeamHuddles(ask.tx, team.id);
  const id = next.id ?? (await planMeeting(ask, team.id, next.meeting));
  const huddle = id === undefined ? undefined : await lockHuddle(ask.tx, id);
  if (huddle === undefined || !can('skip', huddle.state)) {
    throw new Refusal('changed-meanwhile', 'Somebody was first. Type huddle to see what is next.');
  }
  const { person } = ask.actor;
  await updateHuddle(ask.tx, huddle.id, { state: 'skipped', ended: { at: ask.now, by: person }, moves: true });
  await recordEvent(ask.tx, {
    actor: person,
    verb: 'huddle.skip',
    subjectKind: 'huddle',
    subjectId: huddle.id,
    detail: { team: huddle.team, rhythm: huddle.rhythm, on: next.meeting.day },
    at: ask.now,
  });
  await postToTeam(ask, huddle, reminderCardKind, 'skipped');
  return huddle.id;
}
