import { exportOf } from '../../feature/exports.ts';
import { opens } from '../../feature/opens.ts';
import { careRoles } from '../../access/roles.ts';
import { findPersonByIdentity } from '../../access/find-person-by-identity.ts';
import { makeClientCodeKind, oneOfKind } from '../../chat/argument-kinds.ts';
import type { Values } from '../../chat/command.ts';
import { command, type Work, type Feature, type Press } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { answer, type Reply } from '../../chat/reply.ts';
import { readCode } from '../clients/code.ts';
import { findAllowedClient, searchButton } from '../clients/find-allowed-client.ts';
import { acceptReferral } from './accept-referral.ts';
import { addReferrals, agendaReasons } from './add-to-agenda.ts';
import { drawDone, drawMore, drawReferral, readReferralNote, referralNoteKind, showReferral } from './draw-referral.ts';
import { findSeenReferral, listButton, type WhichReferral } from './find-referral.ts';
import { contributeToClient, drawList, listCardKind, listDueReferrals } from './list-referrals.ts';
import { exportReferrals } from './export-records.ts';
import { handOverForm } from './hand-over-form.ts';
import { inheritReferrals } from './hand-over-referrals.ts';
import { receiverKind } from './read-receiver.ts';
import {
  attemptSchema,
  reasonSchema,
  serviceSchema,
  unsaidReason,
  urgencyAliases,
  type Attempt,
} from './referral-words.ts';
import { requestForm } from './request-form.ts';
import { requestReferral } from './request-referral.ts';
import { urgencySchema, type ReferralStep } from './rules.ts';
import { explainDecline, noteAttempt } from './say-in-referral.ts';
import { codedForms, wordsForms } from './step-forms.ts';
import { takeStep } from './take-step.ts';
import { referralCardKind } from './tell-sides.ts';

const referArguments = {
  client: { kind: makeClientCodeKind((code) => readCode(code) !== undefined), hint: 'the code of the client, K7T2-9' },
  to: { kind: receiverKind, after: ['to'], hint: '@jon, team:west, partner:home-start' },
  urgency: {
    kind: oneOfKind('urgency', urgencySchema.options, urgencyAliases),
    hint: 'routine when left out',
    optional: true,
  },
  service: {
    kind: oneOfKind('service', serviceSchema.options),
    after: ['for'],
    hint: 'housing, therapy',
    optional: true,
  },
  list: {
    kind: oneOfKind('list', ['list'], { open: 'list', mine: 'list' }),
    hint: 'your open referrals',
    optional: true,
  },
} as const;

const referCommand = command({
  name: 'refer',
  aliases: ['referral', 'referrals'],
  summary: 'Ask a colleague, a team or a partner to serve a client, until the loop is closed',
  arguments: referArguments,
  examples: ['refer K7T2-9 to @jon urgent', 'refer K7T2-9 to partner:home-start for housing', 'refer list'],
  roles: careRoles,
  prominence: 'first',
  aboutClient: true,
  offers: [searchButton, listButton],
  async run(work, values) {
    const { client, to } = values;
    if (values.list !== undefined) return answer(await drawList(work));
    if (client === undefined || to === undefined) return openRequest(work, values, false);
    const { id } = await requestReferral(work, {
      client: { code: client },
      to,
      urgency: values.urgency ?? 'routine',
      service: values.service,
    });
    return answer(await drawDone(work, id, 'request'));
  },
  withoutClient: (work, values) => openRequest(work, values, true),
});

async function openRequest(work: Work, values: Values<typeof referArguments>, named: boolean): Promise<Reply> {
  const client =
    values.client === undefined
      ? undefined
      : await findAllowedClient(work, 'referral.request', { code: values.client });
  const form = await work.openForm('referrals.request', {
    ...(client === undefined ? {} : { client: client.id }),
    to: await receiverOption(work, values.to),
    urgency: values.urgency,
    service: values.service,
    named,
  });
  return { kind: 'form', form };
}

/** The receiver as the form's list writes it. */
async function receiverOption(work: Work, to: Values<typeof referArguments>['to']): Promise<string | undefined> {
  if (to === undefined) return undefined;
  if ('team' in to) return `team:${to.team}`;
  if ('partner' in to) return `partner:${to.partner}`;
  const person = await findPersonByIdentity(work.tx, work.platform, to.mention);
  return person === undefined ? undefined : `person:${person.id}`;
}

const which = (press: Press): WhichReferral => ({ id: press.subject ?? '', version: press.version });

/** The pressed copy shows the new state at once; all other copies follow. */
const redrawn = async (work: Work, press: Press): Promise<Reply> => ({
  kind: 'answer',
  replace: await drawReferral(work, press.subject ?? ''),
});

const takes =
  (step: ReferralStep) =>
  async (work: Work, press: Press): Promise<Reply> => {
    await takeStep(work, which(press), step);
    return redrawn(work, press);
  };

/** The same from a row of a list that follows by itself: what happened is said beside it. */
const takesAside =
  (step: ReferralStep, reason?: string) =>
  async (work: Work, press: Press): Promise<Reply> => {
    await takeStep(work, which(press), step, reason === undefined ? {} : { reason });
    return answer(await drawDone(work, press.subject ?? '', step));
  };

const notOffered = (): Refusal => new Refusal('invalid-value', 'Please choose one of the answers offered.');

function readAttempt(press: Press): Attempt {
  const attempt = attemptSchema.safeParse(press.choice).data;
  if (attempt === undefined) throw notOffered();
  return attempt;
}

export const referrals: Feature = {
  noun: 'referrals',
  commands: [referCommand],
  answers: {
    'referrals.done': drawReferral,
    'referrals.more': drawMore,
  },
  cards: { [referralCardKind]: drawReferral, [listCardKind]: drawList, [referralNoteKind]: readReferralNote },
  on: { 'person.left': inheritReferrals },
  forms: {
    'referrals.request': requestForm,
    'referrals.decline': codedForms.decline,
    'referrals.hold': codedForms.hold,
    'referrals.fail': codedForms.fail,
    'referrals.cancel': codedForms.cancel,
    'referrals.complete': codedForms.complete,
    'referrals.ask': wordsForms.ask,
    'referrals.tell': wordsForms.tell,
    'referrals.hand-over': handOverForm,
  },
  buttons: {
    'referrals.list': async (work) => answer(await drawList(work)),
    'referrals.show': async (work, press) => answer(await showReferral(work, press.subject ?? '')),
    'referrals.read': async (work, press) => answer(await readReferralNote(work, press.subject ?? '')),
    'referrals.more': async (work, press) => answer(await drawMore(work, press.subject ?? '')),
    'referrals.request': async (work, press) => ({
      kind: 'form',
      form: await work.openForm('referrals.request', press.subject === undefined ? {} : { client: press.subject }),
    }),
    async 'referrals.refer-on'(work, press) {
      const { referral } = await findSeenReferral(work, press.subject ?? '');
      const { id, client, urgency, service } = referral;
      return {
        kind: 'form',
        form: await work.openForm('referrals.request', { insteadOf: id, client, urgency, service }),
      };
    },
    async 'referrals.accept'(work, press) {
      await acceptReferral(work, which(press));
      return redrawn(work, press);
    },
    async 'referrals.decline'(work, press) {
      if (press.choice !== unsaidReason) return opens('referrals.decline', 'referral')(work, press);
      await takeStep(work, which(press), 'decline', { reason: unsaidReason });
      return redrawn(work, press);
    },
    async 'referrals.attempt'(work, press) {
      await noteAttempt(work, which(press), readAttempt(press));
      return redrawn(work, press);
    },
    async 'referrals.explain'(work, press) {
      const reason = reasonSchema.safeParse(press.choice).data;
      if (reason === undefined) throw notOffered();
      await explainDecline(work, which(press), reason);
      return redrawn(work, press);
    },
    async 'referrals.accept-aside'(work, press) {
      await acceptReferral(work, which(press));
      return answer(await drawDone(work, press.subject ?? '', 'accept'));
    },
    async 'referrals.attempt-aside'(work, press) {
      await noteAttempt(work, which(press), readAttempt(press));
      return answer(await drawDone(work, press.subject ?? '', 'attempt'));
    },
    'referrals.decline-aside': takesAside('decline', unsaidReason),
    'referrals.start-aside': takesAside('start'),
    'referrals.resume-aside': takesAside('resume'),
    'referrals.close-aside': takesAside('close'),
    'referrals.start': takes('start'),
    'referrals.resume': takes('resume'),
    'referrals.close': takes('close'),
    // Pressed behind More: that card says what happened; the copies follow by themselves.
    async 'referrals.enter-in-error'(work, press) {
      await takeStep(work, which(press), 'enter-in-error');
      return { kind: 'answer', replace: await drawDone(work, press.subject ?? '', 'enter-in-error') };
    },
    'referrals.ask': opens('referrals.ask', 'referral'),
    'referrals.tell': opens('referrals.tell', 'referral'),
    'referrals.hold': opens('referrals.hold', 'referral'),
    'referrals.hand-over': opens('referrals.hand-over', 'referral'),
    'referrals.complete': opens('referrals.complete', 'referral'),
    'referrals.fail': opens('referrals.fail', 'referral'),
    'referrals.cancel': opens('referrals.cancel', 'referral'),
  },
  contributes: { 'client-card': contributeToClient },
  due: listDueReferrals,
  agenda: { list: addReferrals, reasons: agendaReasons },
  exports: {
    referrals: exportOf(
      {
        id: true,
        client: true,
        from: true,
        to: true,
        toKind: true,
        receiver: true,
        state: true,
        urgency: true,
        service: true,
        dueAt: true,
        events: true,
      },
      exportReferrals,
    ),
  },
};
