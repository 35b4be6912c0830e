import { personOf } from '../../access/actor.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { liveCardKind, postToTeam, reminderCardKind } from './card-kinds.ts';
import { buildAgenda } from './build-agenda.ts';
import { takeUpCarried } from './carried-records.ts';
import { endHuddle } from './end-huddle.ts';
import { findRunTeam } from './find-huddle.ts';
import { findNextHuddle } from './next-huddle.ts';
import { endTimer, planMeeting, remindTimer, setTimers } from './plan-turn.ts';
import { findHuddle, findOpenHuddle, lockHuddle, type Huddle } from './records.ts';
import { endsByItself, usualMinutes, type Rhythm } from './rules.ts';
import { lockTeamHuddles, type HuddleTeam } from './team-records.ts';
import { insertHuddle, insertItems, updateHuddle } from './write-records.ts';

/**
 * Begins a huddle now: the one of today, early, or one besides when today has none. Returns its id; where one is under
 * way already it is that one, so that two who start at once start one.
 */
export async function startNow(work: Work, teamId: string, rhythm?: Rhythm): Promise<string> {
  const team = await findRunTeam(work, teamId);
  const running = await findOpenHuddle(work.tx, team.id);
  if (running !== undefined) return running;
  const next = await findNextHuddle(work, team, rhythm);
  const today = next?.meeting.day === localDate(work.now, team.zone) ? next : undefined;
  // Timers before locks, in the order of a tick: whoever starts and one that begins by itself never wait in a circle.
  if (today?.id !== undefined) await setTimers(work, today.id, undefined);
  await lockTeamHuddles(work.tx, team.id);
  const open = await findOpenHuddle(work.tx, team.id);
  if (open !== undefined) {
    // Somebody began another one meanwhile: the one of today still begins by itself.
    if (today?.id !== undefined && today.id !== open) await setTimers(work, today.id, today.meeting.startsAt);
    return open;
  }
  const id =
    today === undefined
      ? await beginBesides(work, team, rhythm ?? 'weekly')
      : (today.id ?? (await planMeeting(work, team.id, today.meeting)));
  const huddle = id === undefined ? undefined : await lockHuddle(work.tx, id);
  if (huddle?.state !== 'planned') return startNow(work, teamId, rhythm);
  await openHuddle(work, huddle);
  return huddle.id;
}

function beginBesides(work: Work, team: HuddleTeam, rhythm: Rhythm): Promise<string | undefined> {
  const minutes = team.plans.find((plan) => plan.rhythm === rhythm)?.minutes ?? usualMinutes[rhythm];
  const besides = { heldFor: undefined, movedFrom: undefined };
  return insertHuddle(work.tx, { team: team.id, rhythm, ...besides, startsAt: work.now, minutes });
}

/** The time of a planned huddle has come. One that would be over by now, because nothing ran, is not held any more. */
export async function beginWhenDue(work: Work, { subject }: { readonly subject: string }): Promise<void> {
  await work.wake(remindTimer, subject, undefined);
  const team = (await findHuddle(work.tx, subject))?.team;
  if (team === undefined) return;
  await lockTeamHuddles(work.tx, team);
  const known = await lockHuddle(work.tx, subject);
  if (known?.state !== 'planned') return;
  if (work.now >= endsByItself(known.startsAt, known.minutes)) {
    await updateHuddle(work.tx, known.id, { state: 'skipped', ended: { at: work.now, by: undefined }, moves: true });
    await record(work, 'huddle.miss', known, {});
    await postToTeam(work, known, reminderCardKind, 'missed');
    return;
  }
  await openHuddle(work, known);
}

/** Freezes the agenda, puts the live card into the team's place and sets when it is over at the latest. */
async function openHuddle(work: Work, huddle: Huddle): Promise<void> {
  const { tx, now } = work;
  const before = await findOpenHuddle(tx, huddle.team);
  if (before !== undefined) await endBefore(work, before);
  const lines = await buildAgenda(work, huddle.team, huddle.rhythm);
  await takeUpCarried(tx, huddle);
  await insertItems(tx, huddle.id, lines);
  const by = personOf(work.actor);
  await updateHuddle(tx, huddle.id, { state: 'open', started: { at: now, by }, itemSince: now, moves: true });
  await work.wake(endTimer, huddle.id, endsByItself(now, huddle.minutes));
  await record(work, 'huddle.start', huddle, { items: lines.length });
  await postToTeam(work, huddle, liveCardKind);
}

/** A team speaks in one huddle at a time: when the next begins, the one before is over. */
async function endBefore(work: Work, id: string): Promise<void> {
  await work.wake(endTimer, id, undefined);
  const huddle = await lockHuddle(work.tx, id);
  if (huddle?.state === 'open') await endHuddle(work, huddle, undefined);
}

async function record(work: Work, verb: string, huddle: Huddle, more: Readonly<Record<string, number>>): Promise<void> {
  await recordEvent(work.tx, {
    actor: work.actor,
    verb,
    subjectKind: 'huddle',
    subjectId: huddle.id,
    detail: { team: huddle.team, rhythm: huddle.rhythm, ...more },
    at: work.now,
  });
}
