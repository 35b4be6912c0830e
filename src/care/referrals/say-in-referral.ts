import type { Ask } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findActableReferral, type ActableReferral, type WhichReferral } from './find-referral.ts';
import type { Attempt, Reason } from './referral-words.ts';
import { unsaidReason } from './referral-words.ts';
import type { ReferralNote } from './rules.ts';
import { saveStep, type Done } from './save-step.ts';
import type { Taken } from './take-step.ts';

/** The receiver asks the requester something; until it is answered, it is the requester's turn. */
export async function askQuestion(ask: Ask, which: WhichReferral, words: string): Promise<Taken> {
  const found = await findActableReferral(ask, which, 'ask');
  if (found.referral.toKind === 'partner') {
    throw new Refusal('invalid-value', 'A partner has no chat here. Add what they asked as a word of yours.');
  }
  return note(ask, found, 'ask', { words, questionWaits: true, keepsDue: false, tells: true });
}

/** The requester answers the question that waits, or adds a word. An answer gives the receiver their time anew. */
export async function tellReceiver(ask: Ask, which: WhichReferral, words: string): Promise<Taken> {
  const found = await findActableReferral(ask, which, 'tell');
  return note(ask, found, 'tell', {
    words,
    questionWaits: false,
    keepsDue: !found.referral.questionWaits,
    tells: true,
  });
}

/** A call to a partner that reached nobody: the next try is due in the time an answer has. */
export async function noteAttempt(ask: Ask, which: WhichReferral, attempt: Attempt): Promise<Taken> {
  const found = await findActableReferral(ask, which, 'attempt');
  requirePartner(found);
  return note(ask, found, 'attempt', { reason: attempt, keepsDue: false });
}

/** Why a partner declined, once it is known. */
export async function explainDecline(ask: Ask, which: WhichReferral, reason: Reason): Promise<Taken> {
  const found = await findActableReferral(ask, which, 'explain');
  requirePartner(found);
  if (found.referral.reason !== unsaidReason) {
    throw new Refusal('already-done', `Why they declined ${found.client.code} is noted already.`);
  }
  return note(ask, found, 'explain', { reason, standing: reason });
}

function requirePartner({ referral }: ActableReferral): void {
  if (referral.toKind === 'partner') return;
  throw new Refusal('invalid-value', 'Only a partner outside is tracked by hand. Your colleague answers here.');
}

async function note(
  ask: Ask,
  found: ActableReferral,
  act: ReferralNote,
  more: Partial<Pick<Done, 'reason' | 'words' | 'standing' | 'questionWaits' | 'keepsDue' | 'tells'>>,
): Promise<Taken> {
  const { referral } = found;
  const saved = await saveStep(ask, found, {
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
