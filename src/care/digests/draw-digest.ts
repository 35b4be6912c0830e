import { allows } from '../../access/policy.ts';
import type { Card } from '../../chat/card.ts';
import type { Ask, FirstDueItem } from '../../chat/feature.ts';
import { findClientsOf, type Client } from '../clients/find-allowed-client.ts';
import { relationTo } from '../clients/rules.ts';
import { sayFolded } from '../deliveries/say-folded.ts';
import { personCard, personListCard, previewCard, teamCard, teamLineCard, teamListCard } from './cards.ts';
import { findDigestChoices } from './records.ts';
import { startPersonal, startTeam } from './start-digest.ts';
import { viewPersonal, viewTeam } from './view-digest.ts';

/** Those of the clients whom this reader may see: a referral reaches people who may not yet. */
async function clientsOf(ask: Ask, items: readonly FirstDueItem[]): Promise<ReadonlyMap<string, Client>> {
  const found = await findClientsOf(
    ask,
    items.map((item) => item.client),
  );
  return new Map([...found].filter(([, client]) => allows(ask.actor, 'client.see', relationTo(ask.actor, client))));
}

/** A person's digest, as long or as short as its reader wants digests. */
export async function drawPersonal(ask: Ask, person: string): Promise<Card> {
  const digest = await startPersonal(ask, person);
  const clients = await clientsOf(ask, digest.first);
  const { style } = await findDigestChoices(ask.tx, ask.actor.person);
  const card = personCard(person, digest, { clients, privacy: ask.privacy, style });
  return person === ask.actor.person ? { ...card, nodes: [...card.nodes, ...(await sayFolded(ask))] } : card;
}

/** The same as an answer to who wants to see it: nothing is sent by it. */
export async function drawPreview(ask: Ask): Promise<Card> {
  return previewCard(await drawPersonal(ask, ask.actor.person));
}

export async function drawPersonalList(ask: Ask, person: string): Promise<Card> {
  const digest = await viewPersonal(ask, person);
  const items = Object.values(digest.sections).flat();
  return personListCard(person, digest, await clientsOf(ask, items), ask.privacy);
}

export async function drawTeam(ask: Ask, team: string): Promise<Card> {
  return teamCard(await startTeam(ask, team));
}

export async function drawTeamLine(ask: Ask, team: string): Promise<Card> {
  return teamLineCard(await startTeam(ask, team));
}

export async function drawTeamList(ask: Ask, team: string): Promise<Card> {
  return teamListCard(await viewTeam(ask, team));
}
