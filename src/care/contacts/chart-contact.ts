import { isSelf, requirePerson } from '../../access/actor.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { localTime } from '../../calendar/zones.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findAllowedClient, type Client } from '../clients/find-allowed-client.ts';
import './events.ts';
import { unknownEntry } from './correct-contact.ts';
import { findContact, markCharted, setMinutes, type Contact } from './records.ts';
import { modeLabels, outcomeLabels } from './rules.ts';

async function findChartable(
  work: Work,
  id: string,
  retracted = 'This entry was entered in error, so there is nothing to chart.',
): Promise<{ contact: Contact; client: Client }> {
  const contact = await findContact(work.tx, id);
  if (contact === undefined) throw unknownEntry();
  const client = await findAllowedClient(work, 'contact.chart', { id: contact.client });
  if (contact.state !== 'recorded') {
    throw new Refusal('already-done', retracted);
  }
  return { contact, client };
}

/** The entry with its client, for a chart note; reading a note is on record. */
export async function readForChart(work: Work, id: string): Promise<{ contact: Contact; client: Client }> {
  const found = await findChartable(work, id);
  await audit(work, 'contact.copy-note', found.contact, found.client);
  await work.publish('client.looked', { how: 'revealed' });
  return found;
}

/** Marks that the entry stands in the health record. A second tap changes nothing. */
export async function chartContact(work: Work, id: string): Promise<{ contact: Contact; client: Client }> {
  const found = await findChartable(work, id);
  if (!found.contact.charted) {
    await markCharted(work.tx, id, requirePerson(work.actor).person, work.now);
    await audit(work, 'contact.chart', found.contact, found.client);
    await publishUpdated(work, found.contact);
  }
  return found;
}

/** Fills in how long it took, once, by the person who logged it. */
export async function addMinutes(work: Work, id: string, minutes: number): Promise<void> {
  const retracted = 'This entry was entered in error, so its minutes count nowhere.';
  const { contact, client } = await findChartable(work, id, retracted);
  if (!isSelf(work.actor, contact.by)) {
    throw new Refusal('not-allowed', `Only ${contact.byName} can say how long this took.`, { denial: true });
  }
  if (contact.minutes !== undefined) {
    throw new Refusal('already-done', 'The minutes of this entry are already there. Use Amend to correct them.');
  }
  await setMinutes(work.tx, id, minutes);
  await audit(work, 'contact.add-minutes', contact, client, { minutes });
  await publishUpdated(work, contact);
}

const publishUpdated = (work: Work, { id, by, occurredOn }: Contact): Promise<void> =>
  work.publish('contact.updated', { contact: id, by, occurredOn });

async function audit(
  work: Work,
  verb: string,
  contact: Contact,
  client: Client,
  detail: Readonly<Record<string, number>> = {},
): Promise<void> {
  await recordEvent(work.tx, {
    actor: work.actor,
    verb,
    subjectKind: 'contact',
    subjectId: contact.id,
    detail: { client: client.code, ...detail },
    at: work.now,
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
