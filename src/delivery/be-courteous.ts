import type { OrganisationTransaction } from '../store/transaction.ts';
import type { Claimed } from './claim.ts';
import { courtesiesOf } from './courtesies.ts';
import { decideCourtesy, isCourtesy } from './decide-courtesy.ts';
import { saidBy } from './dedupe.ts';
import type { Outcome } from './finish.ts';
import { readNeighbours, readSituation, type CourtesyDefaults } from './read-situation.ts';
import { carryOthers } from './share-message.ts';

/** Plugged in where messages reach people: without it everything goes when it is due, one by one. */
export interface CourtesyPort extends CourtesyDefaults {
  /** The card that shows what goes as one message, by the id of the delivery that carries the rest. */
  readonly bundleKind: string;
  /** A person's daily digest: its card, and the kind of schedule it comes by. */
  readonly digest: { readonly kind: string; readonly schedule: string };
  /** Kinds that no digest can stand in for: digests themselves, and what has lost its sense by tomorrow. */
  readonly unfolded: readonly string[];
}

export type Manners =
  /** As the card it is. */
  | { readonly is: 'alone' }
  /** As a list, together with others. */
  | { readonly is: 'list' }
  | { readonly is: 'later'; readonly outcome: Extract<Outcome, { is: 'held' }> };

/**
 * What a message that is due does for the person's sake, before it is drawn: others that say the same are left out, it
 * waits, or it takes others along. Only a first try: what was tried once is owed.
 */
export async function beCourteous(
  tx: OrganisationTransaction,
  claimed: Claimed,
  { now, port }: { readonly now: Date; readonly port: CourtesyPort | undefined },
): Promise<Manners> {
  if (claimed.bundle === claimed.id) return { is: 'list' };
  const usual = courtesiesOf(claimed);
  const courtesies = port?.unfolded.includes(claimed.kind) === true ? { ...usual, budget: false } : usual;
  if (port === undefined || !Object.values(courtesies).some(Boolean)) return { is: 'alone' };
  const neighbours = await readNeighbours(tx, claimed, now);
  const destination = claimed.line.split('/')[0] ?? '';
  const said = courtesies.dedupe ? saidBy({ ...claimed, destination, untried: true, planned: false }, neighbours) : [];
  if (said.length > 0) await leaveOut(tx, said);
  const first = claimed.was === 'pending' && claimed.attempts === 1;
  if (!first || claimed.audience !== 'person') return { is: 'alone' };
  if (!courtesies.bundle && !courtesies.throttle && !courtesies.budget && !courtesies.quietHours)
    return { is: 'alone' };

  const situation = await readSituation(tx, claimed, { now, defaults: port, digestSchedule: port.digest.schedule });
  if (situation === undefined) return { is: 'alone' };
  const waiting = neighbours.filter(({ id, shares }) => shares && !said.includes(id));
  const mine = { id: claimed.id, line: claimed.line, held: isCourtesy(claimed.reason) };
  const courtesy = decideCourtesy(courtesies, mine, { ...situation, waiting }, now);
  switch (courtesy.is) {
    case 'go':
      return { is: 'alone' };
    case 'wait':
      return { is: 'later', outcome: { is: 'held', until: courtesy.until, reason: courtesy.reason } };
    case 'bundle':
      return (await carryOthers(tx, claimed, courtesy.with)) > 0 ? { is: 'list' } : { is: 'alone' };
  }
}

/** They were never tried, and the card that goes now shows what they would have shown. */
async function leaveOut(tx: OrganisationTransaction, ids: readonly string[]): Promise<void> {
  await tx.db.$executeRaw`
    update delivery set state = 'superseded', reason = 'said_by_another'
    where organisation_id = ${tx.organisation} and id = any(${[...ids]}::uuid[]) and state = 'pending' and attempts = 0`;
}
