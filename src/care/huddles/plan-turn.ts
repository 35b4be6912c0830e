import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
import { postToTeam, reminderCardKind } from './card-kinds.ts';
import { nameOfHand } from './find-huddle.ts';
import { lockHuddle } from './records.ts';
import { dayOfTurn, turnOn, type Meeting } from './rhythms.ts';
import { reminderMinutes, type Rhythm } from './rules.ts';
import { findHuddleTeam, lockTeamHuddles } from './team-records.ts';
import { insertHuddle } from './write-records.ts';

/** Reminds the team of one that was planned further ahead, because a closure moved it. */
export const remindTimer = 'huddles.remind';
export const openTimer = 'huddles.begin';
/** Ends one that nobody ends. */
export const endTimer = 'huddles.end';

/**
 * A scheduled turn, half an hour ahead: plans the huddle, reminds the team of it and lets it begin by itself. Where the
 * team is closed that day it moves to the next working day, and so does the reminder.
 */
export async function planTurn(
  ask: Ask,
  rhythm: Rhythm,
  turn: { readonly owner: string; readonly localDate: string },
): Promise<void> {
  const team = await findHuddleTeam(ask.tx, turn.owner);
  const plan = team?.plans.find((one) => one.rhythm === rhythm);
  if (team === undefined || plan === undefined) return;
  const meeting = turnOn(plan, dayOfTurn(plan, turn.localDate), team);
  if (meeting === undefined) return;
  await lockTeamHuddles(ask.tx, team.id);
  const id = await planMeeting(ask, team.id, meeting);
  if (id === undefined) return;
  await setTimers(ask, id, meeting.startsAt);
  // What begins at this moment needs no reminder.
  const due = reminderOf(meeting.startsAt) <= ask.now && meeting.startsAt > ask.now;
  if (due) await postToTeam(ask, { id, team: team.id }, reminderCardKind);
}

const reminderOf = (startsAt: Date): Date => new Date(startsAt.getTime() - reminderMinutes * 60_000);

/** Lets a planned huddle remind and begin by itself at its time; without one it does neither any more. */
export async function setTimers(ask: Ask, huddle: string, startsAt: Date | undefined): Promise<void> {
  const remindAt = startsAt === undefined ? undefined : reminderOf(startsAt);
  await ask.wake(remindTimer, huddle, remindAt === undefined || remindAt <= ask.now ? undefined : remindAt);
  await ask.wake(openTimer, huddle, startsAt);
}

/** Writes a turn down; undefined when it stands written already. */
export async function planMeeting(ask: Ask, team: string, meeting: Meeting): Promise<string | undefined> {
  const { plan, day, movedFrom, startsAt } = meeting;
  const { rhythm, minutes } = plan;
  const id = await insertHuddle(ask.tx, { team, rhythm, heldFor: day, movedFrom, startsAt, minutes });
  if (id === undefined) return undefined;
  await recordEvent(ask.tx, {
    actor: nameOfHand(ask),
    verb: 'huddle.plan',
    subjectKind: 'huddle',
    subjectId: id,
    detail: { team, rhythm, on: day, movedFrom: movedFrom ?? null },
    at: ask.now,
  });
  return id;
}

/** The moment set for a reminder has come. */
export async function remindWhenDue(ask: Ask, { subject }: { readonly subject: string }): Promise<void> {
  const huddle = await lockHuddle(ask.tx, subject);
  if (huddle?.state === 'planned') await postToTeam(ask, huddle, reminderCardKind);
}
