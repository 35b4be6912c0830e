import { allows } from '../../access/policy.ts';
import { careRoles } from '../../access/roles.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Card } from '../../chat/card.ts';
import { oneOfKind } from '../../chat/argument-kinds.ts';
import { command, type Ask, type DueItem, type Feature } from '../../chat/feature.ts';
import { answer, type Reply } from '../../chat/reply.ts';
import { sentenceCard } from '../../chat/sentence-card.ts';
import { findClientsOf, type Client } from '../clients/find-allowed-client.ts';
import { relationTo } from '../clients/rules.ts';
import {
  aboutCard,
  personCard,
  personCardKind,
  personListCard,
  personListKind,
  teamCard,
  teamCardKind,
  teamListCard,
  teamListKind,
} from './cards.ts';
import { makeDigestNow, makePersonDigest, makeTeamDigest } from './make-digest.ts';
import { findDigestTime } from './records.ts';
import { firstOf } from './rules.ts';
import { viewPersonal, viewTeam } from './view-digest.ts';

/** Those of the clients whom this reader may see: a referral reaches people who may not yet. */
async function clientsOf(ask: Ask, items: readonly DueItem[]): Promise<ReadonlyMap<string, Client>> {
  const found = await findClientsOf(
    ask,
    items.map((item) => item.client),
  );
  return new Map([...found].filter(([, client]) => allows(ask.actor, 'client.see', relationTo(ask.actor, client))));
}

async function drawPersonal(ask: Ask, person: string): Promise<Card> {
  const digest = await viewPersonal(ask, person);
  return personCard(person, digest, await clientsOf(ask, firstOf(digest.sections)), ask.privacy);
}

async function drawPersonalList(ask: Ask, person: string): Promise<Card> {
  const digest = await viewPersonal(ask, person);
  const { overdue, today, waiting, coming } = digest.sections;
  const items = [...overdue, ...today, ...waiting, ...coming];
  return personListCard(person, digest, await clientsOf(ask, items), ask.privacy);
}

/** A list somebody opened: one access record a view. It comes beside the digest, which stays and follows by itself. */
async function open(ask: Ask, subjectKind: 'person' | 'team', subjectId: string, card: Card): Promise<Reply> {
  await recordEvent(ask.tx, { actor: ask.actor.person, verb: 'digest.see', subjectKind, subjectId, at: ask.now });
  return answer(card);
}

async function sendNow(ask: Ask): Promise<Reply> {
  await makeDigestNow(ask);
  return answer(sentenceCard('Sent: your digest is on its way to your direct messages.'));
}

const digestCommand = command({
  name: 'digest',
  summary: 'What needs you today, in your direct messages: when it comes, or now',
  arguments: {
    when: { kind: oneOfKind('when', ['now'], {}), hint: 'now, to have it at once', optional: true },
  },
  examples: ['digest now', 'digest'],
  roles: careRoles,
  prominence: 'more',
  aboutClient: false,
  run: async (ask, values) =>
    values.when === undefined ? answer(aboutCard(await findDigestTime(ask.tx, ask.actor.person))) : sendNow(ask),
});

export const digests: Feature = {
  noun: 'digests',
  commands: [digestCommand],
  cards: {
    [personCardKind]: drawPersonal,
    [personListKind]: drawPersonalList,
    [teamCardKind]: async (ask, team) => teamCard(await viewTeam(ask, team)),
    [teamListKind]: async (ask, team) => teamListCard(await viewTeam(ask, team)),
  },
  buttons: {
    'digests.now': (ask) => sendNow(ask),
    'digests.all': async (ask) => {
      const { person } = ask.actor;
      return open(ask, 'person', person, await drawPersonalList(ask, person));
    },
    async 'digests.team-all'(ask, press) {
      const team = press.subject ?? '';
      return open(ask, 'team', team, teamListCard(await viewTeam(ask, team)));
    },
  },
  schedules: { 'daily-digest-person': makePersonDigest, 'daily-digest-team': makeTeamDigest },
  on: {
    /** Rows of what is done go from every copy. */
    async 'due.changed'(ask, { team, people }) {
      for (const person of new Set(people)) await ask.refresh(personCardKind, person);
      await ask.refresh(teamCardKind, team);
    },
  },
};
