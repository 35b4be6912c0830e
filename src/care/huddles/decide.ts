import { requirePerson } from '../../access/actor.ts';
import { listColleagues, type Colleague } from '../../access/records.ts';
import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { addDaysToDate } from '../../calendar/local-dates.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findAllowedClient, findClientsOf, type Client } from '../clients/find-allowed-client.ts';
import { relationTo, servedStatuses } from '../clients/rules.ts';
import { planTask } from '../follow-ups/plan-task.ts';
import { furthestDays } from '../follow-ups/rules.ts';
import { refreshHuddle } from './card-kinds.ts';
import { findItem, takeHuddle } from './find-huddle.ts';
import type { DecisionKind } from './huddle-words.ts';
import { countTime } from './keep-time.ts';
import type { Item } from './records.ts';
import { insertDecision } from './write-records.ts';

export interface ToDecide {
  readonly huddle: string;
  readonly item: string;
  readonly what: DecisionKind;
  readonly words: string | undefined;
  readonly owner: string;
  /** Local date of the client's team. */
  readonly dueOn: string;
  /** Chosen where the line of the agenda names no client. */
  readonly client?: string | undefined;
}

/** What is decided becomes a follow-up of one named person, in the same moment: there is no decision without an owner. */
export async function decide(
  work: Work,
  given: ToDecide,
): Promise<{ client: Client; owner: Colleague; dueOn: string }> {
  const huddle = await takeHuddle(work, { id: given.huddle }, 'decide');
  const item = findItem(huddle, given.item);
  const client = await findDecided(work, item, given.client);
  const owner = (await listOwners(work, client)).find(({ id }) => id === given.owner);
  if (owner === undefined) {
    const sentence = 'That person does not work with this client. Please choose somebody else.';
    throw new Refusal('invalid-value', sentence, { fields: { owner: sentence } });
  }
  requireDay(work, client, given.dueOn);
  const { what, words, dueOn } = given;
  const followUp = await planTask(work, { kind: 'huddle-decision', task: what, client, owner: owner.id, dueOn });
  const by = requirePerson(work.actor).person;
  const made = { huddle: huddle.id, item: item.id, what, words, followUp, by, at: work.now };
  const decision = await insertDecision(work.tx, made);
  await countTime(work, huddle);
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'huddle.decide',
    subjectKind: 'huddle',
    subjectId: huddle.id,
    detail: { decision, client: client.code, what, owner: owner.id, dueOn },
    at: work.now,
  });
  await refreshHuddle(work, huddle.id);
  return { client, owner, dueOn };
}

/** The client of the line, or the one chosen where it is about a colleague or about somebody in no list. */
async function findDecided(work: Work, item: Item, chosen: string | undefined): Promise<Client> {
  const own = item.client?.id;
  if (own === undefined && chosen === undefined) {
    const sentence = 'Please choose the client it is for.';
    throw new Refusal('missing', sentence, { fields: { client: sentence } });
  }
  // Whoever runs the huddle decides about everybody on its agenda, also about who changed teams since it began.
  const client =
    own === undefined
      ? await findAllowedClient(work, 'client.see', { id: chosen ?? '' })
      : (await findClientsOf(work, [own])).get(own);
  if (client === undefined) throw new Error('a line of an agenda names a client who is not there');
  if (!servedStatuses.includes(client.status)) {
    const sentence = `${client.code} is ${client.status} here, so nothing was decided.`;
    throw new Refusal('client-not-active', sentence);
  }
  return client;
}

/** Who may be given something for a client: whoever works with them, the client's team first. */
export async function listOwners(
  work: Work,
  client: Pick<Client, 'coordinator' | 'team'>,
): Promise<readonly Colleague[]> {
  const able = (await listColleagues(work.tx)).filter((one) =>
    allows(one, 'contact.log', relationTo({ person: one.id, team: one.team }, client)),
  );
  const near = (one: Colleague): number => (one.id === client.coordinator ? 0 : one.team === client.team ? 1 : 2);
  return [...able].sort((a, b) => near(a) - near(b));
}

function requireDay(work: Work, client: Client, day: string): void {
  const today = localDate(work.now, client.zone);
  if (day >= today && day <= addDaysToDate(today, furthestDays)) return;
  const sentence = 'Please choose a day from today to a year ahead.';
  throw new Refusal('invalid-date', sentence, { fields: { due: sentence } });
}
