import type { Button } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import type { DueBeginning, DueItem, DueQuery } from '../../feature/due.ts';
import { describeTask, followUpPrefix, isContact } from './rules.ts';
import { listDueFollowUps, type DueFollowUp } from './due-records.ts';
import { findFirst } from './find-first.ts';
import { taskButtons } from './task-buttons.ts';

/**
 * Follow-ups as due things. Their buttons answer beside the card they stand on, which follows by itself; a client who
 * is not served any more has nothing due.
 */
export async function listDue(work: Work, query: DueQuery): Promise<readonly DueItem[] | DueBeginning> {
  const { until, people, team, most } = query;
  const whose = { people, ...(team === undefined ? {} : { team }) };
  if (most === undefined) return (await listDueFollowUps(work.tx, whose, until)).map(showDue);
  const { first, ...rest } = await findFirst(work.tx, { ...whose, ...most, until });
  return { ...rest, first: first.map(showDue) };
}

function showDue({ id, version, kind, task, ...followUp }: DueFollowUp): DueItem {
  return {
    ...followUp,
    id: `${followUpPrefix}${id}`,
    what: describeTask({ kind, task: task ?? undefined }),
    waitingOnOthers: false,
    buttons: isContact({ kind }) ? buttonsOf({ id, version }) : taskButtons({ id, kind, version }, 'aside'),
  };
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
