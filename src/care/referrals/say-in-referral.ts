import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findActableReferral, type ActableReferral, type WhichReferral } from './find-referral.ts';
import type { Attempt, Reason } from './referral-words.ts';
import { unsaidReason } from './referral-words.ts';
import type { ReferralNote } from './rules.ts';
import { saveStep, type Done } from './save-step.ts';
import type { Taken } from './take-step.ts';

/** The receiver asks the requester something; until it is answered, it is the requester's turn. */
export async function askQuestion(work: Work, which: WhichReferral, words: string): Promise<Taken> {
  const found = await findActableReferral(work, which, 'ask');
  if (found.referral.toKind === 'partner') {
    throw new Refusal('invalid-value', 'A partner has no chat here. Add what they asked as a word of yours.');
  }
  return note(work, found, 'ask', { words, questionWaits: true, keepsDue: false, tells: true });
}

/** The requester answers the question that waits, or adds a word. An answer gives the receiver their time anew. */
export async function tellReceiver(work: Work, which: WhichReferral, words: string): Promise<Taken> {
  const found = await findActableReferral(work, which, 'tell');
  return note(work, found, 'tell', {
    words,
    questionWaits: false,
    keepsDue: !found.referral.questionWaits,
    tells: true,
  });
}

/** A call to a partner that reached nobody: the next try is due in the time an answer has. */
export async function noteAttempt(work: Work, which: WhichReferral, attempt: Attempt): Promise<Taken> {
  const found = await findActableReferral(work, which, 'attempt');
  requirePartner(found);
  return note(work, found, 'attempt', { reason: attempt, keepsDue: false });
}

/** Why a partner declined, once it is known. */
export async function explainDecline(work: Work, which: WhichReferral, reason: Reason): Promise<Taken> {
  const found = await findActableReferral(work, which, 'explain');
  requirePartner(found);
  if (found.referral.reason !== unsaidReason) {
    throw new Refusal('already-done', `Why they declined ${found.client.code} is noted already.`);
  }
  return note(work, found, 'explain', { reason, standing: reason });
}

function requirePartner({ referral }: ActableReferral): void {
  if (referral.toKind === 'partner') return;
  throw new Refusal('invalid-value', 'Only a partner outside is tracked by hand. Your colleague answers here.');
}

async function note(
  work: Work,
  found: ActableReferral,
  act: ReferralNote,
  more: Partial<Pick<Done, 'reason' | 'words' | 'standing' | 'questionWaits' | 'keepsDue' | 'tells'>>,
): Promise<Taken> {
  const { referral } = found;
  const saved = await saveStep(work, found, {
    act,
    to: referral.state,
    standing: referral.reason,
    reason: undefined,
    words: undefined,
    receiver: referral.receiver,
    questionWaits: referral.questionWaits,
    keepsDue: true,
    tells: false,
    ...more,
  });
  return { ...found, referral: saved };
}
