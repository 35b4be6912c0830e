import type { Button } from '../../chat/card.ts';
import type { Ask, DueItem, DueQuery } from '../../chat/feature.ts';
import { servedStatuses } from '../clients/rules.ts';
import { followUpTask } from './rules.ts';
import { listDueFollowUps, type DueFollowUp } from './records.ts';

/**
 * Follow-ups as due things. Their buttons answer beside the card they stand on, which follows by itself; a client who
 * is not served any more has nothing due.
 */
export async function listDue(ask: Ask, query: DueQuery): Promise<readonly DueItem[]> {
  const found = await listDueFollowUps(ask.tx, query.people, query.until, servedStatuses);
  return found.map(({ id, version, ...followUp }) => ({
    ...followUp,
    id: `follow-up:${id}`,
    what: followUpTask,
    waitingOnOthers: false,
    buttons: buttonsOf({ id, version }),
  }));
}

function buttonsOf({ id, version }: Pick<DueFollowUp, 'id' | 'version'>): readonly Button[] {
  const button = (action: string, label: string, more: Partial<Button> = {}): Button => ({
    action,
    label,
    subject: id,
    version,
    ...more,
  });
  return [
    button('contacts.reached-aside', 'Reached', { style: 'primary' }),
    button('contacts.missed-aside', 'Left message', { choice: 'left-message' }),
    button('contacts.missed-aside', 'No answer', { choice: 'no-answer' }),
    button('follow-ups.snooze', 'Snooze', { opensForm: true }),
    button('follow-ups.more', 'More'),
  ];
}
