import { exportOf } from '../../feature/exports.ts';
import type { Card } from '../../chat/card.ts';
import { opens } from '../../feature/opens.ts';
import { careRoles } from '../../access/roles.ts';
import { futureDateKind, makeClientCodeKind, minutesKind, oneOfKind, pastDateKind } from '../../chat/argument-kinds.ts';
import type { Values } from '../../chat/command.ts';
import { command, type Work, type Feature, type Press } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { Refusal } from '../../chat/refusal.ts';
import { answer, type Reply } from '../../chat/reply.ts';
import { nextCardKind } from '../follow-ups/cards.ts';
import './events.ts';
import { readCode } from '../clients/code.ts';
import { findAllowedClient, requireServed, searchButton } from '../clients/find-allowed-client.ts';
import { chartNoteCard, recentNodes, undoneCard, undoneNodes } from './cards.ts';
import {
  answerKept,
  answerKeptAside,
  answerMissed,
  answerMissedAside,
  askHowLong,
  askHowLongAside,
  drawHowLong,
} from './answer-follow-up.ts';
import { addMinutes, chartContact, chartNote, readForChart } from './chart-contact.ts';
import { undoContact } from './correct-contact.ts';
import { amendForm, moveForm } from './correct-forms.ts';
import { drawLogged, logAndConfirm } from './draw-logged.ts';
import { logForm } from './log-form.ts';
import { exportContacts, listContacts } from './records.ts';
import { minuteChips, modeAliases, modeSchema, outcomeAliases, outcomeSchema } from './rules.ts';

const logArguments = {
  client: { kind: makeClientCodeKind((code) => readCode(code) !== undefined), hint: 'the code of the client, K7T2-9' },
  mode: {
    kind: oneOfKind('how', modeSchema.options, modeAliases),
    hint: 'how it happened',
  },
  outcome: {
    kind: oneOfKind('outcome', outcomeSchema.options, outcomeAliases),
    hint: 'what came of it',
  },
  minutes: { kind: minutesKind, hint: '15m, 1h, 1h15', optional: true },
  next: { kind: futureDateKind, after: ['fu', 'next', 'followup'], hint: 'fri, +3d, +2bd, 2026-12-03', optional: true },
  on: { kind: pastDateKind, after: ['on'], hint: 'yesterday, mon, 2026-11-20', optional: true },
} as const;

const logCommand = command({
  name: 'log',
  aliases: ['contact'],
  summary: 'Log a contact in one line, or in a form when something is missing',
  arguments: logArguments,
  examples: ['log K7T2-9 phone reached 15m fu fri', 'log K7T2-9 visit no-show', 'log'],
  roles: careRoles,
  prominence: 'first',
  aboutClient: true,
  offers: [searchButton],
  async run(work, values) {
    const { client, mode, outcome } = values;
    if (client === undefined || mode === undefined || outcome === undefined) return openLogForm(work, values, false);
    const confirmed = await logAndConfirm(work, {
      client: { code: client },
      mode,
      outcome,
      minutes: values.minutes,
      nextOn: values.next,
      occurredOn: values.on,
    });
    return answer(confirmed);
  },
  withoutClient: (work, values) => openLogForm(work, values, true),
});

/** A client who is not served is told of at once, rather than at the end of a form that could never be sent. */
async function openLogForm(work: Work, values: Values<typeof logArguments>, named: boolean): Promise<Reply> {
  const client =
    values.client === undefined ? undefined : await findAllowedClient(work, 'contact.log', { code: values.client });
  if (client !== undefined) requireServed(client);
  const form = await work.openForm('contacts.log', {
    ...(client === undefined ? {} : { client: client.id }),
    mode: values.mode,
    outcome: values.outcome,
    minutes: values.minutes,
    next: values.next,
    on: values.on,
    named,
  });
  return { kind: 'form', form };
}

/** How many a client's card shows. */
const recentContacts = 5;

const subjectOf = (press: Press): string => press.subject ?? '';

async function drawChartNote(work: Work, id: string): Promise<Card> {
  const { contact, client } = await readForChart(work, id);
  return chartNoteCard(contact, client, chartNote(contact, client), work.privacy);
}

export const contacts: Feature = {
  noun: 'contacts',
  commands: [logCommand],
  forms: { 'contacts.log': logForm, 'contacts.move': moveForm, 'contacts.amend': amendForm },
  answers: {
    'contacts.undone': (work, subject) => drawLogged(work, subject, 'Logged'),
    'contacts.chart-note': drawChartNote,
    'contacts.how-long': drawHowLong,
  },
  cards: { 'contacts.logged': (work, subject) => drawLogged(work, subject, 'Logged') },
  buttons: {
    'contacts.log': opens('contacts.log', 'client'),
    'contacts.reached': askHowLong,
    'contacts.kept': answerKept,
    'contacts.missed': answerMissed,
    'contacts.reached-aside': askHowLongAside,
    'contacts.kept-aside': answerKeptAside,
    'contacts.missed-aside': answerMissedAside,
    'contacts.move': opens('contacts.move', 'contact'),
    'contacts.amend': opens('contacts.amend', 'contact'),
    async 'contacts.undo'(work, press) {
      if (press.choice !== undefined && press.choice !== nextCardKind) {
        throw new Refusal('unknown-button', 'That button belongs to an older card. Please open the list again.', {
          denial: true,
        });
      }
      const { client, contact } = await undoContact(work, subjectOf(press));
      if (press.choice === undefined) return { kind: 'answer', replace: undoneCard(client, contact, work.privacy) };
      const list = await work.draw(press.choice, '');
      return {
        kind: 'answer',
        replace: { ...list, nodes: [...undoneNodes(client, contact, work.privacy), ...list.nodes] },
      };
    },
    async 'contacts.minutes'(work, press) {
      const minutes = minuteChips.find((chip) => String(chip) === press.choice);
      if (minutes === undefined) throw new Refusal('invalid-minutes', 'Please choose one of the minutes offered.');
      await addMinutes(work, subjectOf(press), minutes);
      return { kind: 'answer', replace: await drawLogged(work, subjectOf(press), 'Logged') };
    },
    async 'contacts.note'(work, press) {
      return answer(await drawChartNote(work, subjectOf(press)));
    },
    async 'contacts.chart'(work, press) {
      const { contact, client } = await chartContact(work, subjectOf(press));
      const card = chartNoteCard({ ...contact, charted: true }, client, chartNote(contact, client), work.privacy);
      return { kind: 'answer', replace: card };
    },
  },
  contributes: {
    async 'client-card'(work, client) {
      const contacts = await listContacts(work.tx, client, recentContacts);
      const today = localDate(work.now, work.actor.zone);
      return {
        buttons: [{ action: 'contacts.log', label: 'Log', subject: client, style: 'primary', opensForm: true }],
        nodes: contacts.length === 0 ? [] : recentNodes(contacts, today),
      };
    },
  },
  exports: {
    contacts: exportOf(
      {
        client: true,
        by: true,
        occurredAt: true,
        mode: true,
        outcome: true,
        minutes: true,
        source: true,
        charted: true,
        retracted: true,
      },
      exportContacts,
    ),
  },
};
