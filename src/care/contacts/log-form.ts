import { readWords } from '../../feature/fields.ts';
import type { Work, FormHandler } from '../../feature/feature.ts';
import type { Field, FormValues, Option } from '../../chat/form.ts';
import { localDate } from '../../calendar/zones.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readMinutes } from '../../chat/read-minutes.ts';
import { answer, type Reply } from '../../chat/reply.ts';
import { clientOptionLabel } from '../clients/cards.ts';
import { findAllowedClient, type Client } from '../clients/find-allowed-client.ts';
import { logAndConfirm } from './draw-logged.ts';
import { modeLabels, modeSchema, outcomeLabels, outcomeSchema, type Mode, type Outcome } from './rules.ts';

const options = <T extends string>(values: readonly T[], labels: Readonly<Record<T, string>>): Option[] =>
  values.map((value) => ({ value, label: labels[value] }));

export const modeOptions = options(modeSchema.options, modeLabels);
export const outcomeOptions = options(outcomeSchema.options, outcomeLabels);

/** A client chosen already, by the id in a form's context. */
const findChosen = async (work: Work, id: unknown): Promise<Client | undefined> =>
  typeof id === 'string' ? findAllowedClient(work, 'client.see', { id }) : undefined;

/** The field that asks for the client; one chosen already is its initial value. */
export function clientField(work: Work, client: Client | undefined): Field {
  return {
    name: 'client',
    kind: 'client',
    label: 'Client',
    hint: 'Type two letters of the name',
    required: true,
    ...(client === undefined ? {} : { initial: { value: client.id, label: clientOptionLabel(client, work.privacy) } }),
  };
}

const given = <T extends string>(value: unknown, among: readonly T[]): T | undefined =>
  among.find((one) => one === value);

/** The form of one contact. Its context holds what was typed already: ids, coded words and dates only. */
export const logForm: FormHandler = {
  async draw(work, context) {
    const client = await findChosen(work, context['client']);
    const mode = given(context['mode'], modeSchema.options) ?? 'phone';
    const outcome = given(context['outcome'], outcomeSchema.options);
    return {
      title: 'Log a contact',
      submit: 'Log',
      ...(context['named'] === true
        ? { intro: ['Codes only in a command, please. The name was not kept: choose the client here.'] }
        : {}),
      fields: [
        clientField(work, client),
        { name: 'mode', kind: 'one-of', label: 'How', options: modeOptions, initial: mode, required: true },
        {
          name: 'outcome',
          kind: 'one-of',
          label: 'What came of it',
          options: outcomeOptions,
          required: true,
          ...(outcome === undefined ? {} : { initial: outcome }),
        },
        {
          name: 'minutes',
          kind: 'minutes',
          label: 'Minutes',
          hint: 'For example 15 or 1h15',
          ...(typeof context['minutes'] === 'number' ? { initial: String(context['minutes']) } : {}),
        },
        {
          name: 'on',
          kind: 'date',
          label: 'When',
          // The day of a contact is that of the client's team, as soon as one knows whose it is.
          initial: readWords(context, 'on') ?? localDate(work.now, client?.zone ?? work.actor.zone),
          required: true,
        },
        {
          name: 'next',
          kind: 'date',
          label: 'Next contact',
          hint: 'Left empty: proposed by tier',
          ...(readWords(context, 'next') === undefined ? {} : { initial: readWords(context, 'next') ?? '' }),
        },
        {
          name: 'note',
          kind: 'long-text',
          label: 'Note',
          hint: 'Kept encrypted; goes into the chart note',
          maxLength: 3000,
        },
      ],
    };
  },
  async submit(work, values, context): Promise<Reply> {
    const facts = readFacts(values);
    // Opened for nobody, it proposed today where the person is; which day that is for the client is known only now.
    const proposed = context['client'] === undefined && readWords(context, 'on') === undefined;
    const asProposed = proposed && facts.occurredOn === localDate(work.now, work.actor.zone);
    const confirmed = await logAndConfirm(work, {
      client: { id: readWords(values, 'client') ?? '' },
      ...facts,
      ...(asProposed ? { occurredOn: undefined } : {}),
      nextOn: readWords(values, 'next'),
    });
    return answer(confirmed);
  },
};

/** The facts of a contact, from a form that `checkForm` already held against its fields. */
export function readFacts(values: FormValues): {
  mode: Mode;
  outcome: Outcome;
  minutes: number | undefined;
  note: string | undefined;
  occurredOn: string | undefined;
} {
  return {
    mode: modeSchema.parse(values['mode']),
    outcome: outcomeSchema.parse(values['outcome']),
    minutes: readFormMinutes(readWords(values, 'minutes')),
    note: readWords(values, 'note'),
    occurredOn: readWords(values, 'on'),
  };
}

function readFormMinutes(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  const read = readMinutes(typed);
  if (read.is === 'yes') return read.value;
  const sentence = read.is === 'wrong' ? read.sentence : 'Minutes are whole, from 1 to 1,440: for example 15m or 1h15.';
  throw new Refusal('invalid-minutes', sentence, { fields: { minutes: sentence } });
}
