import type { Button } from '../../chat/card.ts';
import type { Ask, DueItem, DueQuery } from '../../chat/feature.ts';
import { servedStatuses } from '../clients/rules.ts';
import { describeTask, followUpPrefix, isContact } from './rules.ts';
import { listDueFollowUps, listFirstDueFollowUps, type DueFollowUp } from './due-records.ts';
import { taskButtons } from './task-buttons.ts';

/**
 * Follow-ups as due things. Their buttons answer beside the card they stand on, which follows by itself; a client who
 * is not served any more has nothing due.
 */
export async function listDue(ask: Ask, query: DueQuery): Promise<readonly DueItem[]> {
  const { people, until, limit } = query;
  const found =
    limit === undefined
      ? await listDueFollowUps(ask.tx, people, until, servedStatuses)
      : await listFirstDueFollowUps(ask.tx, people, until, servedStatuses, limit);
  return found.map(({ id, version, kind, task, ...followUp }) => ({
    ...followUp,
    id: `${followUpPrefix}${id}`,
    what: describeTask({ kind, task: task ?? undefined }),
    waitingOnOthers: false,
    buttons: isContact({ kind }) ? buttonsOf({ id, version }) : taskButtons({ id, kind, version }, 'aside'),
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
