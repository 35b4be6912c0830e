import { readId } from '../../feature/fields.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Span } from '../../chat/card.ts';
import type { Work, FormHandler } from '../../feature/feature.ts';
import type { Field } from '../../chat/form.ts';
import { Refusal } from '../../chat/refusal.ts';
import { answer, type Reply } from '../../chat/reply.ts';
import { askToRestore } from '../../feature/say-sealed.ts';
import './events.ts';
import { clientSpans, clientText } from './cards.ts';
import { findAllowedClient } from './find-allowed-client.ts';
import { changedDetails, longestDetail, namesOfDetails, readContactDetails } from './reach-rules.ts';
import { reachButton } from './reach-buttons.ts';
import { updateContactDetails, type Client } from './records.ts';
import type { ClientIdentity } from './rules.ts';

/**
 * Opens the form of a client's contact details. It shows what is on file, so opening it is a reveal on record; the
 * form itself travels without any of it but to this person's screen, and is drawn from the database each time.
 */
export async function openContactDetails(work: Work, id: string): Promise<Reply> {
  const client = await findDetailed(work, id);
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'client.reveal',
    subjectKind: 'client',
    subjectId: client.id,
    detail: {
      client: client.code,
      by: 'details',
      shown: namesOfDetails(client.identity).join(' '),
    },
    at: work.now,
  });
  await work.publish('client.looked', { how: 'revealed' });
  const form = await work.openForm('clients.details', { client: client.id, version: client.version });
  return { kind: 'form', form };
}

export const contactDetailsForm: FormHandler = {
  async draw(work, context) {
    const client = await findDetailed(work, clientOf(context));
    return {
      title: 'Contact details',
      submit: 'Save',
      intro: [`${client.text}. Kept sealed; each look at it is on record.`],
      fields: fieldsOf(client),
    };
  },
  async submit(work, values, context) {
    const client = await findDetailed(work, clientOf(context));
    const read = readContactDetails(values);
    if ('errors' in read)
      throw new Refusal('invalid-value', 'Please look at the marked fields.', { fields: read.errors });
    const changed = changedDetails(client.identity, read.details);
    const seen = { ...client, version: typeof context['version'] === 'number' ? context['version'] : 0 };
    if (changed.length > 0) {
      if (!(await updateContactDetails(work.tx, seen, read.details))) {
        throw new Refusal(
          'changed-meanwhile',
          'Somebody else changed this client meanwhile, so nothing was saved. Please close this and open it again.',
        );
      }
      await recordEvent(work.tx, {
        actor: work.actor,
        verb: 'client.contact-details',
        subjectKind: 'client',
        subjectId: client.id,
        detail: { client: client.code, changed: changed.join(' '), version: client.version + 1 },
        at: work.now,
      });
    }
    const said = changed.length === 0 ? 'Nothing was changed: ' : `Saved (${changed.join(', ').replace('-', ' ')}): `;
    return answer({
      kind: 'clients.details-saved',
      subject: client.id,
      summary: `Contact details of ${client.code}`,
      nodes: [
        { kind: 'text', text: [said, ...client.spans] },
        { kind: 'buttons', buttons: [reachButton(client.id)] },
      ],
    });
  },
};

const clientOf = (context: Readonly<Record<string, unknown>>): string => readId(context, 'client');

/**
 * The client whose details may be changed. What cannot be read is not written over: a form without what stood there
 * would save its blanks in place of it, and a backup could not bring back what came after.
 */
async function findDetailed(
  work: Work,
  id: string,
): Promise<Pick<Client, 'id' | 'code' | 'version'> & { identity: ClientIdentity; text: string; spans: Span[] }> {
  const client = await findAllowedClient(work, 'client.reveal', { id });
  if (!client.identity.readable) {
    throw new Refusal(
      'unreadable',
      `What is on file of ${client.code} cannot be read, so nothing was changed. ${askToRestore}`,
    );
  }
  const { id: found, code, version, identity } = client;
  const { privacy } = work;
  return {
    ...{ id: found, code, version, identity: identity.value },
    ...{ text: clientText(client, privacy), spans: clientSpans(client, privacy) },
  };
}

function fieldsOf({ identity: { phone, address, emergencyContact } }: { identity: ClientIdentity }): Field[] {
  const field = (
    name: string,
    label: string,
    maxLength: number,
    initial: string | undefined,
    kind: 'text' | 'long-text' = 'text',
  ): Field => ({
    name,
    label,
    kind,
    maxLength: Math.max(maxLength, initial?.length ?? 0),
    ...(initial && { initial }),
  });
  return [
    field('phone', 'Phone', longestDetail.phone, phone),
    field('address', 'Address, or where they are to be found', longestDetail.address, address, 'long-text'),
    field('emergency-name', 'Emergency contact', longestDetail.name, emergencyContact?.name),
    field('emergency-relation', 'Who they are to the client', longestDetail.relation, emergencyContact?.relation),
    field('emergency-phone', 'Their phone', longestDetail.phone, emergencyContact?.phone),
  ];
}
