import { bySystem } from '../doer.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Post } from '../feature/feature.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { Claimed } from './claim.ts';
import { findSupervisors } from './find-supervisors.ts';
import { enqueuePost, refreshCopies } from './outbox.ts';
import type { ParkedCard } from './ports.ts';
import { priorities } from './states.ts';

const reroutedPrefix = 'rerouted:';

/** True for a post that already stands in for one that could not reach somebody: it is not passed on again. */
export const isRerouted = (claimed: Pick<Claimed, 'key'>): boolean => claimed.key.startsWith(reroutedPrefix);

/** The delivery that did not reach its destination. */
type Told = Pick<
  Claimed,
  'id' | 'key' | 'audience' | 'destination' | 'kind' | 'subject' | 'series' | 'priority' | 'attempts'
>;

const priorityName = (priority: number): Post['priority'] =>
  priority === priorities.escalation ? 'escalation' : priority === priorities.digest ? 'digest' : 'answer';

/** The same card, to the supervisors. Returns how many are told. */
export async function rerouteToSupervisors(
  tx: OrganisationTransaction,
  claimed: Told,
  reason: string,
  now: Date,
): Promise<number> {
  const supervisors = await findSupervisors(tx, claimed);
  for (const person of supervisors) {
    const key = `${reroutedPrefix}${person}:${claimed.key}`;
    const { kind, subject } = claimed;
    // Of one series with what they have of it already: whoever stands in for somebody has one live card too.
    const series = claimed.series === null ? {} : { series: claimed.series };
    await enqueuePost(
      tx,
      { key, to: { person }, kind, subject, priority: priorityName(claimed.priority), ...series },
      now,
    );
  }
  if (supervisors.length > 0) await record(tx, claimed, 'delivery.rerouted', reason, now);
  return supervisors.length;
}

/**
 * A parked delivery stands in the supervisors' list, which is sent to them anew; a list that could not be sent itself
 * is not told of by another.
 */
export async function tellOfParked(
  tx: OrganisationTransaction,
  claimed: Told,
  reason: string,
  ports: { readonly parkedCard: ParkedCard; readonly now: Date },
): Promise<void> {
  const { parkedCard, now } = ports;
  await record(tx, claimed, 'delivery.parked', reason, now);
  if (claimed.kind === parkedCard.kind) return;
  await refreshCopies(tx, parkedCard.kind, parkedCard.subject);
  // An escalation that reached nobody waits for no morning.
  const atOnce = claimed.priority === priorities.escalation;
  for (const person of await findSupervisors(tx, claimed)) {
    const key = `parked:${claimed.id}:${claimed.attempts}:${person}`;
    await enqueuePost(
      tx,
      { key, to: { person }, ...parkedCard, priority: 'answer', atOnce, series: `parked:${person}` },
      now,
    );
  }
}

function record(tx: OrganisationTransaction, claimed: Told, verb: string, reason: string, at: Date): Promise<void> {
  const detail = { kind: claimed.kind, reason, attempts: claimed.attempts };
  return recordEvent(tx, { actor: bySystem, verb, subjectKind: 'delivery', subjectId: claimed.id, detail, at });
}
