import { isSelf, requirePerson } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import type { Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import type { DueItem } from '../../feature/due.ts';
import { findClientsOf, type Client } from '../clients/find-allowed-client.ts';
import { relationTo } from '../clients/rules.ts';
import { sayFolded } from '../deliveries/say-folded.ts';
import { personCard, personListCard, previewCard, teamCard, teamLineCard, teamListCard } from './cards.ts';
import { findDigestChoices } from './records.ts';
import { startPersonal, startTeam } from './start-digest.ts';
import { viewPersonal, viewTeam } from './view-digest.ts';

/** Those of the clients whom this reader may see: a referral reaches people who may not yet. */
async function clientsOf(work: Work, items: readonly DueItem[]): Promise<ReadonlyMap<string, Client>> {
  const found = await findClientsOf(
    work,
    items.map((item) => item.client),
  );
  return new Map([...found].filter(([, client]) => allows(work.actor, 'client.see', relationTo(work.actor, client))));
}

/** A person's digest, as long or as short as its reader wants digests. */
export async function drawPersonal(work: Work, person: string): Promise<Card> {
  const digest = await startPersonal(work, person);
  const clients = await clientsOf(work, digest.first);
  const { style } = await findDigestChoices(work.tx, requirePerson(work.actor).person);
  const card = personCard(person, digest, { clients, privacy: work.privacy, style });
  return isSelf(work.actor, person) ? { ...card, nodes: [...card.nodes, ...(await sayFolded(work))] } : card;
}

/** The same as an answer to who wants to see it: nothing is sent by it. */
export async function drawPreview(work: Work): Promise<Card> {
  return previewCard(await drawPersonal(work, requirePerson(work.actor).person));
}

export async function drawPersonalList(work: Work, person: string): Promise<Card> {
  const digest = await viewPersonal(work, person);
  const items = Object.values(digest.sections).flat();
  return personListCard(person, digest, await clientsOf(work, items), work.privacy);
}

export async function drawTeam(work: Work, team: string): Promise<Card> {
  return teamCard(await startTeam(work, team));
}

export async function drawTeamLine(work: Work, team: string): Promise<Card> {
  return teamLineCard(await startTeam(work, team));
}

export async function drawTeamList(work: Work, team: string): Promise<Card> {
  return teamListCard(await viewTeam(work, team));
}
