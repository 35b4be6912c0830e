import type { Work } from '../../feature/feature.ts';
import type { Card } from '../../chat/card.ts';
import { Refusal } from '../../chat/refusal.ts';
import { reachClient, type MayReach } from '../clients/reach-client.ts';
import { breakGlass, type BreakGlassPress } from './break-glass.ts';
import { askWhyCard, unknownCodeCard } from './break-glass-cards.ts';
import { listOpenAbout } from './list-records.ts';
import { findSeen, viewEscalation, type SeenEscalation } from './view-escalation.ts';

/**
 * Whoever was told of an open escalation about a client by its ladder, or is on duty for it, reaches that client whatever
 * team they are of: a ladder climbs out of the team, and at night it may end with somebody who has never met the client.
 * Whoever took it otherwise says why first, and a supervisor is told. It ends with the escalation. Authority: disclosure
 * to who can lessen a serious threat, 45 CFR 164.512(j); minimum necessary otherwise, 164.502(b).
 */
export const mayReachWhenTold: MayReach = async (work, client) => {
  let asks: SeenEscalation | undefined;
  for (const escalation of await listOpenAbout(work.tx, client)) {
    const seen = await viewEscalation(work, escalation);
    const { reach } = seen.access;
    if (reach === 'ask') asks ??= seen;
    else if (reach !== undefined) return { because: reach };
  }
  return asks === undefined ? undefined : { asks: askWhyCard(asks, 'reach') };
};

/** Reach, from the escalation's own card. */
export async function reachFromEscalation(work: Work, id: string): Promise<Card> {
  const seen = await findSeen(work, id);
  const { reach } = seen.access;
  if (reach === undefined) throw notYours();
  if (reach === 'ask') return askWhyCard(seen, 'reach');
  const { client } = seen.escalation;
  return client === undefined ? unknownCodeCard(seen) : reachClient(work, client, mayReachWhenTold);
}

/** One tap on a reason: it is on record, a supervisor is told, and the client is reached. */
export async function breakGlassToReach(work: Work, press: BreakGlassPress): Promise<Card> {
  const seen = await findSeen(work, press.id);
  if (seen.access.reach === undefined) throw notYours();
  if (seen.access.reach === 'ask') await breakGlass(work, press, 'reach');
  return reachFromEscalation(work, press.id);
}

const notYours = (): Refusal =>
  new Refusal('not-allowed', 'Reaching the client is for whoever has this escalation while it is open.', {
    denial: true,
  });
