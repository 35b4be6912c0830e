import { isSelf, requirePerson } from '../../access/actor.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findAllowedClient, type Client } from '../clients/find-allowed-client.ts';
import { logContact, type ContactToLog } from './log-contact.ts';
import { findContact, retractContact, type Contact } from './records.ts';
import type { AmendReason, Retraction } from './rules.ts';

/** The entry, when this person may correct it: they logged it, or they are a supervisor. */
export async function findCorrectable(work: Work, id: string): Promise<{ contact: Contact; client: Client }> {
  const contact = await findContact(work.tx, id);
  if (contact === undefined) throw unknownEntry();
  const client = await findAllowedClient(work, 'contact.correct', { id: contact.client });
  if (!isSelf(work.actor, contact.by) && !work.actor.roles.includes('supervisor')) {
    throw new Refusal('not-allowed', `Only ${contact.byName} or a supervisor can correct this entry.`, {
      denial: true,
    });
  }
  if (contact.state !== 'recorded') {
    throw new Refusal('already-done', 'This entry was already corrected. Nothing more was changed.');
  }
  return { contact, client };
}

export const unknownEntry = (): Refusal =>
  new Refusal('unknown-button', 'I cannot find that entry among those you work with. Please open the list again.', {
    denial: true,
  });

/** Takes an entry back: it stays in history as entered in error and counts nowhere; follow-ups are as before it. */
export async function undoContact(work: Work, id: string): Promise<{ contact: Contact; client: Client }> {
  const found = await findCorrectable(work, id);
  await retract(work, found.contact, found.client, 'undone');
  return found;
}

/** Moves an entry to the client it was about: entered in error there, new here, both clients' follow-ups put right. */
export async function moveContact(
  work: Work,
  id: string,
  toClient: string,
): Promise<{ contact: string; from: Client; to: Client }> {
  const { contact, client } = await findCorrectable(work, id);
  if (toClient === client.id) {
    const sentence = 'That is the client the entry stands at already.';
    throw new Refusal('invalid-value', sentence, { fields: { client: sentence } });
  }
  await retract(work, contact, client, 'wrong-client');
  const moved = await logContact(work, {
    ...asLogged(contact),
    client: { id: toClient },
    replaces: replacing(contact, 'wrong-client'),
  });
  return { contact: moved.contact, from: client, to: moved.client };
}

export type Amendment = Pick<ContactToLog, 'mode' | 'outcome' | 'minutes' | 'note' | 'occurredOn'> & {
  readonly reason: AmendReason;
};

/** Corrects an entry: a new row replaces it, with the reason; the old one stays in history. */
export async function amendContact(
  work: Work,
  id: string,
  amendment: Amendment,
): Promise<{ contact: string; client: Client }> {
  const { contact, client } = await findCorrectable(work, id);
  await retract(work, contact, client, 'amended');
  const { reason, ...facts } = amendment;
  return logContact(work, { ...facts, client: { id: client.id }, replaces: replacing(contact, reason) });
}

const asLogged = (contact: Contact): Omit<ContactToLog, 'client'> => ({
  mode: contact.mode,
  outcome: contact.outcome,
  minutes: contact.minutes,
  // One that cannot be read stays where it is.
  note: contact.note?.readable === true ? contact.note.value : undefined,
});

const replacing = (contact: Contact, reason: string): NonNullable<ContactToLog['replaces']> => ({
  contact: contact.id,
  by: contact.by,
  occurredAt: contact.occurredAt,
  reason,
});

async function retract(work: Work, contact: Contact, client: Client, retraction: Retraction): Promise<void> {
  await retractContact(work.tx, contact, retraction, requirePerson(work.actor).person, work.now);
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'contact.retract',
    subjectKind: 'contact',
    subjectId: contact.id,
    detail: { client: client.code, retraction },
    at: work.now,
  });
  await work.publish('contact.retracted', { contact: contact.id, client: client.id, retraction });
}
