import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { postToTeam, reminderCardKind } from './card-kinds.ts';
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
  work: Work,
  rhythm: Rhythm,
  turn: { readonly owner: string; readonly localDate: string },
): Promise<void> {
  const team = await findHuddleTeam(work.tx, turn.owner);
  const plan = team?.plans.find((one) => one.rhythm === rhythm);
  if (team === undefined || plan === undefined) return;
  const meeting = turnOn(plan, dayOfTurn(plan, turn.localDate), team);
  if (meeting === undefined) return;
  await lockTeamHuddles(work.tx, team.id);
  const id = await planMeeting(work, team.id, meeting);
  if (id === undefined) return;
  await setTimers(work, id, meeting.startsAt);
  // What begins at this moment needs no reminder.
  const due = reminderOf(meeting.startsAt) <= work.now && meeting.startsAt > work.now;
  if (due) await postToTeam(work, { id, team: team.id }, reminderCardKind);
}

const reminderOf = (startsAt: Date): Date => new Date(startsAt.getTime() - reminderMinutes * 60_000);

/** Lets a planned huddle remind and begin by itself at its time; without one it does neither any more. */
export async function setTimers(work: Work, huddle: string, startsAt: Date | undefined): Promise<void> {
  const remindAt = startsAt === undefined ? undefined : reminderOf(startsAt);
  await work.wake(remindTimer, huddle, remindAt === undefined || remindAt <= work.now ? undefined : remindAt);
  await work.wake(openTimer, huddle, startsAt);
}

/** Writes a turn down; undefined when it stands written already. */
export async function planMeeting(work: Work, team: string, meeting: Meeting): Promise<string | undefined> {
  const { plan, day, movedFrom, startsAt } = meeting;
  const { rhythm, minutes } = plan;
  const id = await insertHuddle(work.tx, { team, rhythm, heldFor: day, movedFrom, startsAt, minutes });
  if (id === undefined) return undefined;
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'huddle.plan',
    subjectKind: 'huddle',
    subjectId: id,
    detail: { team, rhythm, on: day, movedFrom: movedFrom ?? null },
    at: work.now,
  });
  return id;
}

/** The moment set for a reminder has come. */
export async function remindWhenDue(work: Work, { subject }: { readonly subject: string }): Promise<void> {
  const huddle = await lockHuddle(work.tx, subject);
  if (huddle?.state === 'planned') await postToTeam(work, huddle, reminderCardKind);
}
