import type { Card } from '../chat/card.ts';
import type { RefusalCode } from '../chat/refusal.ts';
import type { Claimed } from './claim.ts';
import { priorities } from './states.ts';
import { isRerouted } from './tell-supervisors.ts';

/** What the platform's list of people who see a notification may know: that there is something, and nothing of it. */
const words = 'Something needs you in Baton.';

/** The refusals that say "not to this reader". All others say that there is nothing to tell any more. */
const notForReader: readonly RefusalCode[] = ['not-allowed', 'unknown-client'];

/**
 * True when a message goes without its content rather than not at all: its reader may not see the card, and it is an
 * escalation or stands in for one that could not reach somebody else.
 */
export function goesWithoutContent(claimed: Pick<Claimed, 'priority' | 'key'>, refusal: string): boolean {
  const owed = claimed.priority === priorities.escalation || isRerouted(claimed);
  return owed && notForReader.some((code) => code === refusal);
}

/** No code, no severity, no noun: only a way in, where the person's own rights decide. `open` is the button's action. */
export function nudgeCard(delivery: string, open: string): Card {
  return {
    kind: 'deliveries.nudge',
    subject: delivery,
    summary: words,
    nodes: [
      { kind: 'text', text: [{ bold: words }, ' Open it:'] },
      { kind: 'buttons', buttons: [{ action: open, label: 'Open', subject: delivery, style: 'primary' }] },
    ],
  };
}
