import type { Work } from '../../feature/feature.ts';
import type { WhichReferral } from './find-referral.ts';
import { takeStep, type Taken } from './take-step.ts';

/**
 * Accepts a referral. Until now the requester was accountable; from now on the receiver serves it. A team's referral
 * becomes that of the first colleague who accepts.
 */
export async function acceptReferral(work: Work, which: WhichReferral): Promise<Taken> {
  return takeStep(work, which, 'accept');
}
