import { isSelf } from '../../access/actor.ts';
import { readWords } from '../../feature/fields.ts';
import { sentenceCase } from '../../chat/sentence-case.ts';
import { listColleagues } from '../../access/records.ts';
import { allows } from '../../access/policy.ts';
import type { Work, FormHandler } from '../../feature/feature.ts';
import type { Field, FormValues, Option } from '../../chat/form.ts';
import { Refusal } from '../../chat/refusal.ts';
import { answer } from '../../chat/reply.ts';
import { clientOptionLabel } from '../clients/cards.ts';
import { findAllowedClient } from '../clients/find-allowed-client.ts';
import type { Receiver } from './choose-receiver.ts';
import { drawDone } from './draw-referral.ts';
import { findReferral, listTeamsAndPartners } from './records.ts';
import { serviceSchema } from './referral-words.ts';
import { requestReferral } from './request-referral.ts';
import { urgencySchema } from './rules.ts';

const plain = (words: readonly string[]): Option[] =>
  words.map((value) => ({ value, label: sentenceCase(value.replaceAll('-', ' ')) }));

/** A list a person still looks through; further colleagues are found by typing. */
const mostOptions = 100;

/** Who can be chosen at once: the team's own people, then teams, then partners. `chosen` is always among them. */
async function receiverFields(work: Work, chosen: string | undefined): Promise<Field[]> {
  const colleagues = (await listColleagues(work.tx)).filter(
    (one) => !isSelf(work.actor, one.id) && allows(one, 'referral.answer', 'organisation'),
  );
  const { teams, partners } = await listTeamsAndPartners(work.tx);
  const option =
    (kind: string, suffix = '') =>
    (one: { id: string; name: string }) => ({
      value: `${kind}:${one.id}`,
      label: `${one.name.slice(0, 75 - suffix.length)}${suffix}`,
    });
  const options = [
    ...colleagues.filter((one) => one.team === work.actor.team).map(option('person')),
    ...teams.map(option('team', ' (team)')),
    ...partners.map(option('partner', ' (partner)')),
  ].filter(({ value }) => value.length <= 75);
  const far = colleagues.find((one) => `person:${one.id}` === chosen && one.team !== work.actor.team);
  const initial = options.find(({ value }) => value === chosen);
  const shown = [...new Set([...(initial === undefined ? [] : [initial]), ...options])].slice(0, mostOptions);
  return [
    {
      name: 'to',
      kind: 'one-of',
      label: 'To whom',
      options: shown,
      ...(initial === undefined ? {} : { initial: initial.value }),
    },
    {
      name: 'colleague',
      kind: 'person',
      label: 'Or a colleague of another team',
      hint: 'Type two letters of the name',
      ...(far === undefined ? {} : { initial: { value: far.id, label: far.name.slice(0, 75) } }),
    },
  ];
}

async function clientField(work: Work, id: string | undefined): Promise<Field> {
  const client = id === undefined ? undefined : await findAllowedClient(work, 'referral.request', { id });
  return {
    name: 'client',
    kind: 'client',
    label: 'Client',
    hint: 'Type two letters of the name',
    required: true,
    ...(client === undefined ? {} : { initial: { value: client.id, label: clientOptionLabel(client, work.privacy) } }),
  };
}

/** The words of the referral this one follows: only who asked then reads them here. */
async function earlierQuestion(work: Work, id: string | undefined): Promise<string | undefined> {
  const earlier = id === undefined ? undefined : await findReferral(work.tx, id);
  return earlier !== undefined && isSelf(work.actor, earlier.requester) && earlier.question?.readable === true
    ? earlier.question.value
    : undefined;
}

/** Refer a client. The context holds what was typed already: ids and coded words only. */
export const requestForm: FormHandler = {
  async draw(work, context) {
    const urgency = urgencySchema.safeParse(context['urgency']).data ?? 'routine';
    const service = serviceSchema.safeParse(context['service']).data;
    const question = await earlierQuestion(work, readWords(context, 'insteadOf'));
    const intro =
      context['named'] === true
        ? 'Codes only in a command, please. I kept nothing of what you typed: choose the client here.'
        : 'You stay accountable until it is accepted.';
    return {
      title: 'Refer a client',
      submit: 'Refer',
      intro: [intro],
      fields: [
        await clientField(work, readWords(context, 'client')),
        ...(await receiverFields(work, readWords(context, 'to'))),
        {
          name: 'urgency',
          kind: 'one-of',
          label: 'Urgency',
          required: true,
          options: plain(urgencySchema.options),
          initial: urgency,
        },
        {
          name: 'service',
          kind: 'one-of',
          label: 'For',
          options: plain(serviceSchema.options),
          ...(service === undefined ? {} : { initial: service }),
        },
        {
          name: 'question',
          kind: 'long-text',
          label: 'What is asked',
          hint: 'Kept encrypted; read by the two sides only',
          maxLength: 2000,
          ...(question === undefined ? {} : { initial: question }),
        },
      ],
    };
  },
  async submit(work, values, context) {
    const { to, field } = readReceiver(values);
    const { id } = await requestReferral(work, {
      client: { id: readWords(values, 'client') ?? '' },
      to,
      field,
      urgency: urgencySchema.parse(values['urgency']),
      service: serviceSchema.safeParse(values['service']).data,
      question: readWords(values, 'question'),
      insteadOf: readWords(context, 'insteadOf'),
    });
    return answer(await drawDone(work, id, 'request'));
  },
};

/** Exactly one of the two fields says to whom. */
function readReceiver(values: FormValues): { to: Receiver; field: string } {
  const [chosen, colleague] = [readWords(values, 'to'), readWords(values, 'colleague')];
  if ((chosen === undefined) === (colleague === undefined)) {
    const sentence =
      chosen === undefined ? 'Please choose to whom.' : 'Please choose one: from the list, or a colleague by name.';
    throw new Refusal('missing', sentence, { fields: { to: sentence } });
  }
  if (chosen === undefined) return { to: { person: colleague ?? '' }, field: 'colleague' };
  const [kind, id = ''] = chosen.split(':');
  return {
    to: kind === 'team' ? { team: id } : kind === 'partner' ? { partner: id } : { person: id },
    field: 'to',
  };
}
