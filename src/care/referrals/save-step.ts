import { actorText } from '../../access/recorded-doer.ts';
import { findTeam, findWorkingTime } from '../../access/working-times.ts';
import { recordEvent } from '../../audit/record-event.ts';
import { endOfLimit } from '../../calendar/limits.ts';
import type { WorkingTime } from '../../calendar/working-time.ts';
import type { Work } from '../../feature/feature.ts';
import type { ActableReferral } from './find-referral.ts';
import type { Referral } from './records.ts';
import { limitOf, whoActsNext, type Loop, type ReferralNote, type ReferralState, type ReferralStep } from './rules.ts';
import { tellSides } from './tell-sides.ts';
import { insertEvent, updateReferral } from './write-records.ts';

export interface Done {
  readonly act: ReferralStep | ReferralNote;
  readonly to: ReferralState;
  /** The code that now stands with the referral. */
  readonly standing: string | undefined;
  /** The code of this step alone. */
  readonly reason: string | undefined;
  readonly words: string | undefined;
  readonly receiver: string | undefined;
  readonly questionWaits: boolean;
  /** The turn stays as it was, and so does its time. */
  readonly keepsDue: boolean;
  /** The other side gets a fresh copy. */
  readonly tells: boolean;
}

/** When who acts next must have acted, by their own calendar. */
export async function findDue(work: Work, loop: Loop & { readonly to: string }): Promise<Date | undefined> {
  const turn = whoActsNext(loop);
  if (turn === undefined) return undefined;
  return endOfLimit(work.now, limitOf(loop.urgency, turn.task), await workingTimeOf(work, turn.person, loop.to));
}

/** The team's working days count for each of them, also for who works some of these only: the shorter reading. */
async function workingTimeOf({ tx }: Work, person: string | undefined, team: string): Promise<WorkingTime> {
  const time = await (person === undefined ? findTeam(tx, team) : findWorkingTime(tx, person));
  if (time === undefined) throw new Error('nobody of the organisation has that calendar');
  return { ...time, hours: undefined };
}

/** Writes one authorised act: the referral, its step, the audit row, and who is told, all or nothing. */
export async function saveStep(work: Work, found: ActableReferral, done: Done): Promise<Referral> {
  const { referral, client, side } = found;
  const lastSide = done.to === referral.state ? referral.lastSide : side;
  const { questionWaits, receiver } = done;
  const changed = { ...referral, state: done.to, receiver, questionWaits, lastSide };
  const dueAt = done.keepsDue ? referral.dueAt : await findDue(work, changed);
  await updateReferral(work.tx, referral.id, { state: done.to, reason: done.standing, dueAt, receiver });
  const event = {
    referral: referral.id,
    by: actorText(work.actor),
    step: done.act,
    from: referral.state,
    to: done.to,
    reason: done.reason,
    words: done.words,
  };
  await insertEvent(work.tx, event, work.now, referral.events.at(-1));
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: `referral.${done.act}`,
    subjectKind: 'referral',
    subjectId: referral.id,
    detail: {
      client: client.code,
      from: referral.state,
      to: done.to,
      side,
      ...(done.reason === undefined ? {} : { reason: done.reason }),
    },
    at: work.now,
  });
  const saved: Referral = { ...changed, dueAt, version: referral.version + 1 };
  await tellSides(work, saved, client, { from: side, tells: done.tells, taken: referral.receiver !== receiver });
  return saved;
}
