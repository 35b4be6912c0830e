import { requirePerson } from '../../access/actor.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findActableReferral, type ActableReferral, type WhichReferral } from './find-referral.ts';
import type { Referral } from './records.ts';
import { outcomeSchema, reasonSchema, unsaidReason } from './referral-words.ts';
import { needsReason, referralSteps, tellsOther, type ReferralStep } from './rules.ts';
import { saveStep } from './save-step.ts';

export interface StepGiven {
  /** Coded; required by the table for some steps. */
  readonly reason?: string | undefined;
  /** Sealed; required where the code says "other". */
  readonly words?: string | undefined;
}
export interface Taken extends ActableReferral {
  readonly referral: Referral;
}

/** Takes one step of the loop: start, resume, hold, complete, fail, cancel, decline, close, enter in error. */
export async function takeStep(
  work: Work,
  which: WhichReferral,
  step: ReferralStep,
  given: StepGiven = {},
): Promise<Taken> {
  const found = await findActableReferral(work, which, step);
  requireReason(found, step, given);
  const referral = await saveStep(work, found, {
    act: step,
    to: referralSteps[step].to,
    // How it ended stays with it when the loop closes.
    standing: given.reason ?? (step === 'close' ? found.referral.reason : undefined),
    reason: given.reason,
    words: given.words,
    // Who accepts is who serves from now on: the first colleague of a team, or who stands in for somebody who left.
    receiver: step === 'accept' ? requirePerson(work.actor).person : found.referral.receiver,
    questionWaits: false,
    keepsDue: false,
    tells: tellsOther(step),
  });
  return { ...found, referral };
}

function requireReason({ referral }: ActableReferral, step: ReferralStep, { reason, words }: StepGiven): void {
  if (reason === undefined) {
    if (needsReason(step) || step === 'complete') throw missing('reason', 'Please choose a reason.');
    return;
  }
  const fits =
    step === 'complete'
      ? outcomeSchema.safeParse(reason).success
      : step === 'close'
        ? reason === 'redirected'
        : reasonSchema.safeParse(reason).success ||
          (step === 'decline' && referral.toKind === 'partner' && reason === unsaidReason);
  if (!fits) throw missing('reason', 'Please choose one of the answers offered.');
  if (reason === 'other' && (words ?? '').trim() === '') {
    throw missing('words', 'Please say in a few words what it was.');
  }
}

const missing = (field: string, sentence: string): Refusal =>
  new Refusal('missing', sentence, { fields: { [field]: sentence } });
