import { readId } from '../../feature/fields.ts';
import type { FormHandler } from '../../feature/feature.ts';
import { answer } from '../../chat/reply.ts';
import { clientText } from '../clients/cards.ts';
import { amendContact, findCorrectable, moveContact } from './correct-contact.ts';
import { drawLogged } from './draw-logged.ts';
import { clientField, modeOptions, outcomeOptions, readFacts } from './log-form.ts';
import { amendReasonSchema } from './rules.ts';

const contactOf = (context: Readonly<Record<string, unknown>>): string => readId(context, 'contact');

/** Its note is not lost: the row it stands in is never written over. */
const noteStays =
  'Its note cannot be read. It stays with the old entry, where your Baton administrator can restore it.';

/** "Wrong client": which one was it? */
export const moveForm: FormHandler = {
  async draw(work, context) {
    const { contact, client } = await findCorrectable(work, contactOf(context));
    return {
      title: 'Wrong client',
      submit: 'Move the entry',
      intro: [
        `The entry now stands at ${clientText(client, work.privacy)}. Choose the client it was about.`,
        ...(contact.note?.readable === false ? [noteStays] : []),
      ],
      fields: [clientField(work, undefined)],
    };
  },
  async submit(work, values, context) {
    const client = readId(values, 'client');
    const moved = await moveContact(work, contactOf(context), client);
    const card = await drawLogged(work, moved.contact, 'Moved');
    const nodes = [
      ...card.nodes,
      { kind: 'text' as const, text: `At ${clientText(moved.from, work.privacy)} it counts nowhere now.` },
    ];
    return answer({ ...card, nodes });
  },
};

const reasonLabels = {
  'wrong-outcome': 'The outcome was wrong',
  'wrong-minutes': 'The minutes were wrong',
  'wrong-mode': 'The way was wrong',
  'wrong-day': 'The day was wrong',
  'note-completed': 'The note was not complete',
  other: 'Another reason',
} as const;

/** Correct what an entry says; the old version stays in history. */
export const amendForm: FormHandler = {
  async draw(work, context) {
    const { contact, client } = await findCorrectable(work, contactOf(context));
    return {
      title: 'Amend an entry',
      submit: 'Amend',
      intro: [
        `${clientText(client, work.privacy)}. The entry as it was stays in history.`,
        ...(contact.note?.readable === false ? [noteStays] : []),
      ],
      fields: [
        { name: 'mode', kind: 'one-of', label: 'How', options: modeOptions, initial: contact.mode, required: true },
        {
          name: 'outcome',
          kind: 'one-of',
          label: 'What came of it',
          options: outcomeOptions,
          initial: contact.outcome,
          required: true,
        },
        {
          name: 'minutes',
          kind: 'minutes',
          label: 'Minutes',
          ...(contact.minutes === undefined ? {} : { initial: String(contact.minutes) }),
        },
        { name: 'on', kind: 'date', label: 'When', initial: contact.occurredOn, required: true },
        {
          name: 'note',
          kind: 'long-text',
          label: 'Note',
          maxLength: 3000,
          ...(contact.note?.readable === true ? { initial: contact.note.value } : {}),
        },
        {
          name: 'reason',
          kind: 'one-of',
          label: 'Why',
          required: true,
          options: amendReasonSchema.options.map((value) => ({ value, label: reasonLabels[value] })),
        },
      ],
    };
  },
  async submit(work, values, context) {
    const { contact } = await amendContact(work, contactOf(context), {
      ...readFacts(values),
      reason: amendReasonSchema.parse(values['reason']),
    });
    return answer(await drawLogged(work, contact, 'Corrected'));
  },
};
