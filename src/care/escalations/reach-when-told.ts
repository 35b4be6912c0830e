import type { Ask } from '../../chat/feature.ts';
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
export const mayReachWhenTold: MayReach = async (ask, client) => {
  let asks: SeenEscalation | undefined;
  for (const escalation of await listOpenAbout(ask.tx, client)) {
    const seen = await viewEscalation(ask, escalation);
    const { reach } = seen.access;
    if (reach === 'ask') asks ??= seen;
    else if (reach !== undefined) return { because: reach };
  }
  return asks === undefined ? undefined : { asks: askWhyCard(asks, 'reach') };
};

/** Reach, from the escalation's own card. */
export async function reachFromEscalation(ask: Ask, id: string): Promise<Card> {
  const seen = await findSeen(ask, id);
  const { reach } = seen.access;
  if (reach === undefined) throw notYours();
  if (reach === 'ask') return askWhyCard(seen, 'reach');
  const { client } = seen.escalation;
  return client === undefined ? unknownCodeCard(seen) : reachClient(ask, client, mayReachWhenTold);
}

/** One tap on a reason: it is on record, a supervisor is told, and the client is reached. */
export async function breakGlassToReach(ask: Ask, press: BreakGlassPress): Promise<Card> {
  const seen = await findSeen(ask, press.id);
  if (seen.access.reach === undefined) throw notYours();
  if (seen.access.reach === 'ask') await breakGlass(ask, press, 'reach');
  return reachFromEscalation(ask, press.id);
}

const notYours = (): Refusal =>
  new Refusal('not-allowed', 'Reaching the client is for whoever has this escalation while it is open.', {
    denial: true,
  });
