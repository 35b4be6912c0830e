import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Card } from '../../chat/card.ts';
import type { Ask } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { parkedCard, parkedCardKind, parkedCardSubject } from './cards.ts';
import { listParkedPages } from './page-records.ts';
import { dismissParked, listParked, retryParked } from './records.ts';
import type { DismissReason } from './rules.ts';

/** Refuses whoever does not answer for the service. */
export function requireSettler(ask: Ask): void {
  if (allows(ask.actor, 'delivery.settle', 'organisation')) return;
  throw new Refusal('not-allowed', 'Only a supervisor or an administrator settles messages that did not arrive.', {
    denial: true,
  });
}

export async function viewParked(ask: Ask): Promise<Card> {
  requireSettler(ask);
  return parkedCard(await listParked(ask.tx), await listParkedPages(ask.tx));
}

export async function retryDelivery(ask: Ask, id: string): Promise<void> {
  requireSettler(ask);
  if (!(await retryParked(ask.tx, id, ask.now))) throw settledAlready();
  await settle(ask, id, 'delivery.retry', {});
}

export async function dismissDelivery(ask: Ask, id: string, reason: DismissReason): Promise<void> {
  requireSettler(ask);
  if (!(await dismissParked(ask.tx, id, reason))) throw settledAlready();
  await settle(ask, id, 'delivery.dismiss', { reason });
}

async function settle(ask: Ask, id: string, verb: string, detail: Record<string, string>): Promise<void> {
  const actor = ask.actor.person;
  await recordEvent(ask.tx, { actor, verb, subjectKind: 'delivery', subjectId: id, detail, at: ask.now });
  await ask.refresh(parkedCardKind, parkedCardSubject);
}

export const settledAlready = (): Refusal =>
  new Refusal('already-done', 'Somebody has settled this message already. Nothing more was changed.');
