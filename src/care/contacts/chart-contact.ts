import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
import { localTime } from '../../calendar/zones.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findAllowedClient, type Client } from '../clients/find-allowed-client.ts';
import './events.ts';
import { unknownEntry } from './correct-contact.ts';
import { findContact, markCharted, setMinutes, type Contact } from './records.ts';
import { modeLabels, outcomeLabels } from './rules.ts';

async function findChartable(
  ask: Ask,
  id: string,
  retracted = 'This entry was entered in error, so there is nothing to chart.',
): Promise<{ contact: Contact; client: Client }> {
  const contact = await findContact(ask.tx, id);
  if (contact === undefined) throw unknownEntry();
  const client = await findAllowedClient(ask, 'contact.chart', { id: contact.client });
  if (contact.state !== 'recorded') {
    throw new Refusal('already-done', retracted);
  }
  return { contact, client };
}

/** The entry with its client, for a chart note; reading a note is on record. */
export async function readForChart(ask: Ask, id: string): Promise<{ contact: Contact; client: Client }> {
  const found = await findChartable(ask, id);
  await audit(ask, 'contact.copy-note', found.contact, found.client);
  await ask.publish('client.looked', { how: 'revealed' });
  return found;
}

/** Marks that the entry stands in the health record. A second tap changes nothing. */
export async function chartContact(ask: Ask, id: string): Promise<{ contact: Contact; client: Client }> {
  const found = await findChartable(ask, id);
  if (!found.contact.charted) {
    await markCharted(ask.tx, id, ask.actor.person, ask.now);
    await audit(ask, 'contact.chart', found.contact, found.client);
    await publishUpdated(ask, found.contact);
  }
  return found;
}

/** Fills in how long it took, once, by the person who logged it. */
export async function addMinutes(ask: Ask, id: string, minutes: number): Promise<void> {
  const retracted = 'This entry was entered in error, so its minutes count nowhere.';
  const { contact, client } = await findChartable(ask, id, retracted);
  if (contact.by !== ask.actor.person) {
    throw new Refusal('not-allowed', `Only ${contact.byName} can say how long this took.`, { denial: true });
  }
  if (contact.minutes !== undefined) {
    throw new Refusal('already-done', 'The minutes of this entry are already there. Use Amend to correct them.');
  }
  await setMinutes(ask.tx, id, minutes);
  await audit(ask, 'contact.add-minutes', contact, client, { minutes });
  await publishUpdated(ask, contact);
}

const publishUpdated = (ask: Ask, { id, by, occurredOn }: Contact): Promise<void> =>
  ask.publish('contact.updated', { contact: id, by, occurredOn });

async function audit(
  ask: Ask,
  verb: string,
  contact: Contact,
  client: Client,
  detail: Readonly<Record<string, number>> = {},
): Promise<void> {
  await recordEvent(ask.tx, {
    actor: ask.actor.person,
    verb,
    subjectKind: 'contact',
    subjectId: contact.id,
    detail: { client: client.code, ...detail },
    at: ask.now,
  });
}

const unreadableNote = 'cannot be read in Baton. Ask your Baton administrator to restore it before you chart this.';

/** Plain text for the health record. No name in it: it is pasted into the record of the client it belongs to. */
export function chartNote(contact: Contact, client: Client): string {
  return [
    `Care coordination contact ${contact.occurredOn} ${localTime(contact.occurredAt, contact.zone)} (${contact.zone})`,
    `Client: ${client.code}`,
    `By: ${contact.byName}`,
    `Mode: ${modeLabels[contact.mode]}. Outcome: ${outcomeLabels[contact.outcome]}.`,
    ...(contact.minutes === undefined ? [] : [`Minutes: ${contact.minutes}`]),
    ...(contact.note === undefined ? [] : [`Note: ${contact.note.readable ? contact.note.value : unreadableNote}`]),
  ].join('\n');
}
