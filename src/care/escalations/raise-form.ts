import { readWords, type Filled } from '../../feature/fields.ts';
import { allows } from '../../access/policy.ts';
import type { Work, FormHandler } from '../../feature/feature.ts';
import type { Field } from '../../chat/form.ts';
import { answer } from '../../chat/reply.ts';
import { clientOptionLabel } from '../clients/cards.ts';
import { findAllowedClient } from '../clients/find-allowed-client.ts';
import { relationTo } from '../clients/rules.ts';
import { listKnownOpen, raiseOrAdd } from './add-to-open.ts';
import { crisisNumbers, describeHolder, readerOf, sayWord } from './describe-escalation.ts';
import { drawRaised } from './draw-escalation.ts';
import { describeReason, optionsOf, reasonSchema, severityLabels } from './escalation-words.ts';
import { findRaised } from './raise-escalation.ts';
import { severitySchema, type Severity } from './rules.ts';
import { findCrisis } from './setup-records.ts';

/** Nobody said how urgent it is: the quickest ladder, and the form shows it first. */
const unsaidSeverity: Severity = 'crisis';
const severityOf = (context: Filled): Severity => severitySchema.safeParse(context['severity']).data ?? unsaidSeverity;

/** What the form says of a code that this person does not work with, or that leads nowhere: the same. */
const passedOn = (code: string): string =>
  `It is about the code ${code}, which I pass on as you typed it. If that is not what you meant, choose the client here, or say who in words.`;

/** Why the form stands there although something was typed. */
const intros: Readonly<Record<string, string>> = {
  words:
    'Codes only in a command, please. I kept nothing of what you typed: say here who it is about, or leave it out.',
  second: 'There were two codes, or two words for how soon. I raised nothing yet: please choose here.',
};

async function clientField(work: Work, id: string | undefined): Promise<Field> {
  const client = id === undefined ? undefined : await findAllowedClient(work, 'client.see', { id });
  return {
    name: 'client',
    kind: 'client',
    label: 'Who is it about?',
    hint: 'Type two letters of the name',
    ...(client === undefined ? {} : { initial: { value: client.id, label: clientOptionLabel(client, work.privacy) } }),
  };
}

/** What is open about the client already, for who may know of it: before somebody fills in the form. */
async function openAlready(work: Work, id: string | undefined): Promise<readonly string[]> {
  if (id === undefined) return [];
  const open = await listKnownOpen(work, await findAllowedClient(work, 'client.see', { id }));
  const reader = readerOf(work);
  return open.map(
    (one) =>
      `Open already: ${sayWord(one)} · ${describeHolder(one, reader)}. Unless yours is graver, it is added to that one.`,
  );
}

/**
 * What a form remembers of the client: their id for who may see them, else the code alone, whether it leads anywhere or
 * not. An id that leads nowhere was forged.
 */
export async function contextOf(
  work: Work,
  which: { readonly code: string } | { readonly id: string },
): Promise<{ readonly client?: string; readonly code?: string }> {
  const client = await findRaised(work, which);
  if (client === undefined) return 'code' in which ? { code: which.code } : {};
  const sees = allows(work.actor, 'client.see', relationTo(work.actor, client));
  return sees ? { client: client.id } : { code: client.code };
}

/**
 * Escalate: two taps, and nothing has to be filled in. The context holds what was understood of a command: ids and
 * coded words only.
 */
export const raiseForm: FormHandler = {
  async draw(work, context) {
    const why = intros[readWords(context, 'why') ?? ''];
    const code = readWords(context, 'code');
    return {
      title: 'Escalate',
      submit: 'Escalate now',
      intro: [
        [{ bold: 'If life is at risk, call: ' }, crisisNumbers(await findCrisis(work.tx)).join(' · ')],
        ...(why === undefined ? [] : [why]),
        ...(code === undefined ? [] : [passedOn(code)]),
        ...(await openAlready(work, readWords(context, 'client'))),
      ],
      fields: [
        {
          name: 'severity',
          kind: 'one-of',
          label: 'How soon must somebody have it?',
          options: severitySchema.options.map((value) => ({ value, label: severityLabels[value] })),
          initial: severityOf(context),
        },
        await clientField(work, readWords(context, 'client')),
        {
          name: 'about',
          kind: 'text',
          label: 'Not in the list: say who',
          hint: 'Kept encrypted',
          maxLength: 300,
        },
        {
          name: 'reason',
          kind: 'one-of',
          label: 'What is it?',
          options: optionsOf(reasonSchema.options, describeReason),
        },
        {
          name: 'note',
          kind: 'long-text',
          label: 'Note',
          hint: 'Kept encrypted; never shown in a channel',
          maxLength: 2000,
        },
      ],
    };
  },
  async submit(work, values, context) {
    const [client, code] = [readWords(values, 'client'), readWords(context, 'code')];
    const raised = await raiseOrAdd(work, {
      client: client !== undefined ? { id: client } : code !== undefined ? { code } : undefined,
      about: readWords(values, 'about'),
      severity: severitySchema.safeParse(values['severity']).data ?? severityOf(context),
      reason: reasonSchema.safeParse(values['reason']).data,
      note: readWords(values, 'note'),
    });
    return answer(await drawRaised(work, raised));
  },
};
