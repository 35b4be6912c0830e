import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { parkedCard, parkedCardKind, parkedCardSubject } from './cards.ts';
import { listParkedPages } from './page-records.ts';
import { dismissParked, listParked, retryParked } from './records.ts';
import type { DismissReason } from './rules.ts';

/** Refuses whoever does not answer for the service. */
export function requireSettler(work: Work): void {
  if (allows(work.actor, 'delivery.settle', 'organisation')) return;
  throw new Refusal('not-allowed', 'Only a supervisor or an administrator settles messages that did not arrive.', {
    denial: true,
  });
}

export async function viewParked(work: Work): Promise<Card> {
  requireSettler(work);
  return parkedCard(await listParked(work.tx), await listParkedPages(work.tx));
}

export async function retryDelivery(work: Work, id: string): Promise<void> {
  requireSettler(work);
  if (!(await retryParked(work.tx, id, work.now))) throw settledAlready();
  await settle(work, id, 'delivery.retry', {});
}

export async function dismissDelivery(work: Work, id: string, reason: DismissReason): Promise<void> {
  requireSettler(work);
  if (!(await dismissParked(work.tx, id, reason))) throw settledAlready();
  await settle(work, id, 'delivery.dismiss', { reason });
}

async function settle(work: Work, id: string, verb: string, detail: Record<string, string>): Promise<void> {
  const { actor } = work;
  await recordEvent(work.tx, { actor, verb, subjectKind: 'delivery', subjectId: id, detail, at: work.now });
  await work.refresh(parkedCardKind, parkedCardSubject);
}

export const settledAlready = (): Refusal =>
  new Refusal('already-done', 'Somebody has settled this message already. Nothing more was changed.');
