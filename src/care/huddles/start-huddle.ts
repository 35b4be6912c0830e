import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { liveCardKind, postToTeam, reminderCardKind } from './card-kinds.ts';
import { buildAgenda } from './build-agenda.ts';
import { takeUpCarried } from './carried-records.ts';
import { endHuddle } from './end-huddle.ts';
import { findRunTeam, handOf, nameOfHand } from './find-huddle.ts';
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
export async function startNow(ask: Ask, teamId: string, rhythm?: Rhythm): Promise<string> {
  const team = await findRunTeam(ask, teamId);
  const running = await findOpenHuddle(ask.tx, team.id);
  if (running !== undefined) return running;
  const next = await findNextHuddle(ask, team, rhythm);
  const today = next?.meeting.day === localDate(ask.now, team.zone) ? next : undefined;
  // Timers before locks, in the order of a tick: whoever starts and one that begins by itself never wait in a circle.
  if (today?.id !== undefined) await setTimers(ask, today.id, undefined);
  await lockTeamHuddles(ask.tx, team.id);
  const open = await findOpenHuddle(ask.tx, team.id);
  if (open !== undefined) {
    // Somebody began another one meanwhile: the one of today still begins by itself.
    if (today?.id !== undefined && today.id !== open) await setTimers(ask, today.id, today.meeting.startsAt);
    return open;
  }
  const id =
    today === undefined
      ? await beginBesides(ask, team, rhythm ?? 'weekly')
      : (today.id ?? (await planMeeting(ask, team.id, today.meeting)));
  const huddle = id === undefined ? undefined : await lockHuddle(ask.tx, id);
  if (huddle?.state !== 'planned') return startNow(ask, teamId, rhythm);
  await openHuddle(ask, huddle);
  return huddle.id;
}

function beginBesides(ask: Ask, team: HuddleTeam, rhythm: Rhythm): Promise<string | undefined> {
  const minutes = team.plans.find((plan) => plan.rhythm === rhythm)?.minutes ?? usualMinutes[rhythm];
  const besides = { heldFor: undefined, movedFrom: undefined };
  return insertHuddle(ask.tx, { team: team.id, rhythm, ...besides, startsAt: ask.now, minutes });
}

/** The time of a planned huddle has come. One that would be over by now, because nothing ran, is not held any more. */
export async function beginWhenDue(ask: Ask, { subject }: { readonly subject: string }): Promise<void> {
  await ask.wake(remindTimer, subject, undefined);
  const team = (await findHuddle(ask.tx, subject))?.team;
  if (team === undefined) return;
  await lockTeamHuddles(ask.tx, team);
  const known = await lockHuddle(ask.tx, subject);
  if (known?.state !== 'planned') return;
  if (ask.now >= endsByItself(known.startsAt, known.minutes)) {
    await updateHuddle(ask.tx, known.id, { state: 'skipped', ended: { at: ask.now, by: undefined }, moves: true });
    await record(ask, 'huddle.miss', known, {});
    await postToTeam(ask, known, reminderCardKind, 'missed');
    return;
  }
  await openHuddle(ask, known);
}

/** Freezes the agenda, puts the live card into the team's place and sets when it is over at the latest. */
async function openHuddle(ask: Ask, huddle: Huddle): Promise<void> {
  const { tx, now } = ask;
  const before = await findOpenHuddle(tx, huddle.team);
  if (before !== undefined) await endBefore(ask, before);
  const lines = await buildAgenda(ask, huddle.team, huddle.rhythm);
  await takeUpCarried(tx, huddle);
  await insertItems(tx, huddle.id, lines);
  const by = handOf(ask);
  await updateHuddle(tx, huddle.id, { state: 'open', started: { at: now, by }, itemSince: now, moves: true });
  await ask.wake(endTimer, huddle.id, endsByItself(now, huddle.minutes));
  await record(ask, 'huddle.start', huddle, { items: lines.length });
  await postToTeam(ask, huddle, liveCardKind);
}

/** A team speaks in one huddle at a time: when the next begins, the one before is over. */
async function endBefore(ask: Ask, id: string): Promise<void> {
  await ask.wake(endTimer, id, undefined);
  const huddle = await lockHuddle(ask.tx, id);
  if (huddle?.state === 'open') await endHuddle(ask, huddle, undefined);
}

async function record(ask: Ask, verb: string, huddle: Huddle, more: Readonly<Record<string, number>>): Promise<void> {
  await recordEvent(ask.tx, {
    actor: nameOfHand(ask),
    verb,
    subjectKind: 'huddle',
    subjectId: huddle.id,
    detail: { team: huddle.team, rhythm: huddle.rhythm, ...more },
    at: ask.now,
  });
}
