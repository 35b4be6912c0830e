import { exportOf } from '../../feature/exports.ts';
import type { Card } from '../../chat/card.ts';
import { opens } from '../../feature/opens.ts';
import { everyRole } from '../../access/roles.ts';
import { makeClientCodeKind, oneOfKind, prefixedKind } from '../../chat/argument-kinds.ts';
import type { ArgumentKind } from '../../chat/command.ts';
import { command, type Work, type Feature, type Press } from '../../feature/feature.ts';
import { answer, type Reply } from '../../chat/reply.ts';
import { readCode } from '../clients/code.ts';
import { actForms } from './act-forms.ts';
import { raiseAnother, raiseOrAdd } from './add-to-open.ts';
import { addEscalations, agendaReasons } from './add-to-agenda.ts';
import { answerReaction } from './answer-reaction.ts';
import { reviewBreakGlass } from './break-glass.ts';
import { listDueReviews } from './break-glass-due.ts';
import { brokenGlassCardKind, drawBrokenGlass } from './break-glass-cards.ts';
import { stepWhenDue } from './climb-ladder.ts';
import {
  drawDone,
  drawEscalation,
  drawNews,
  drawRaised,
  drawReminder,
  showEscalation,
  drawRaisedAgain,
} from './draw-escalation.ts';
import { severityAliases } from './escalation-words.ts';
import { watchAcknowledgement } from './expire-acknowledgement.ts';
import { exportColumns, exportEscalations } from './export-records.ts';
import { handOverEscalations } from './hand-over.ts';
import { contributeToClient, drawList, listCardKind } from './list-escalations.ts';
import { listDueEscalations, markClients } from './list-open.ts';
import { contextOf, raiseForm } from './raise-form.ts';
import { breakGlassToReach, reachFromEscalation } from './reach-when-told.ts';
import { breakGlassToRead, noteCardKind, readNote } from './read-note.ts';
import { showWho, drawWho } from './show-who.ts';
import { remindTimer, remindWhenDue } from './remind-me.ts';
import { severitySchema, type EscalationAct } from './rules.ts';
import { ageTimer, escalationCardKind, expiryTimer, newsCardKind, showAge, stepTimer } from './save-change.ts';
import { takeAct } from './take-act.ts';
import { escalationSettings } from './policies.ts';

const clientKind = makeClientCodeKind((code) => readCode(code) !== undefined);
const severityKind = oneOfKind('severity', severitySchema.options, severityAliases);
/**
 * Takes whatever no other argument takes: nothing that was typed may stand in the way. The word itself is not kept,
 * only whether it was a second code or a second severity.
 */
const anythingKind: ArgumentKind<'second' | 'word'> = {
  label: 'anything else',
  read: (word, reading) => ({
    is: 'yes',
    value: [clientKind, severityKind].some((kind) => kind.read(word, reading).is === 'yes') ? 'second' : 'word',
  }),
};

const namedTeam = prefixedKind('team', 'team');
/** A team that is written wrongly is a word like any other: it stands in the way of nothing. */
const teamKind: ArgumentKind<string> = {
  label: namedTeam.label,
  read(word, reading) {
    const read = namedTeam.read(word, reading);
    return read.is === 'yes' ? read : { is: 'no' };
  },
};

const escalateCommand = command({
  name: 'escalate',
  aliases: ['escalation'],
  summary: 'Something is wrong: a named person has it within minutes, or the next one does',
  arguments: {
    client: { kind: clientKind, hint: 'the code of the client, K7T2-9', optional: true },
    severity: { kind: severityKind, hint: 'how soon somebody must have it', optional: true },
    list: { kind: oneOfKind('list', ['list'], { open: 'list', mine: 'list' }), hint: 'the open ones', optional: true },
    who: { kind: oneOfKind('who', ['who']), hint: 'who would be called now; nothing is raised', optional: true },
    team: { kind: teamKind, hint: 'team:west, beside who', optional: true },
    other: { kind: anythingKind, hint: 'anything else opens the form; it is not kept', optional: true, many: true },
  },
  examples: ['escalate', 'escalate K7T2-9 crisis', 'escalate K7T2-9 urgent', 'escalate list', 'escalate who'],
  roles: everyRole,
  prominence: 'first',
  aboutClient: true,
  async run(work, { client, severity, list, who, team, other }) {
    // Only when there is nothing else: words that somebody types in haste are no question.
    if (who !== undefined && other === undefined && list === undefined) {
      return answer(await showWho(work, { client, team, severity: severity ?? 'crisis' }));
    }
    if (list !== undefined) return answer(await drawList(work));
    if (other?.includes('second') === true) return openForm(work, { severity, why: 'second' });
    // A code that leads nowhere refuses nothing either.
    if (client !== undefined && severity !== undefined) {
      return answer(await drawRaised(work, await raiseOrAdd(work, { client: { code: client }, severity })));
    }
    const found = client === undefined ? {} : await contextOf(work, { code: client });
    return openForm(work, { ...found, severity, why: other === undefined ? undefined : 'words' });
  },
});

async function openForm(work: Work, context: Readonly<Record<string, unknown>>): Promise<Reply> {
  return { kind: 'form', form: await work.openForm('escalations.raise', context) };
}

/** The pressed copy shows the new state at once; all other copies follow. Who came second reads who was first. */
const takes =
  (act: EscalationAct) =>
  async (work: Work, press: Press): Promise<Reply> => {
    const id = press.subject ?? '';
    const acted = await takeAct(work, { id, version: press.version }, act);
    if (acted.is === 'too-late') return answer(await showEscalation(work, id, acted.sentence));
    return { kind: 'answer', replace: await drawEscalation(work, id) };
  };

/** The same from a row of a list that follows by itself: what happened is said beside it. */
const takesAside =
  (act: EscalationAct, said: string) =>
  async (work: Work, press: Press): Promise<Reply> => {
    const id = press.subject ?? '';
    const acted = await takeAct(work, { id, version: press.version }, act);
    return answer(
      acted.is === 'too-late' ? await showEscalation(work, id, acted.sentence) : await drawDone(work, id, said),
    );
  };

const glassCards = { [brokenGlassCardKind]: drawBrokenGlass, [noteCardKind]: readNote };
/** The card that offered it becomes the card of the new one. */
const raisesAnother = async (work: Work, { subject = '', choice }: Press): Promise<Reply> => {
  const severity = severitySchema.safeParse(choice).data ?? 'crisis';
  const escalation = await raiseAnother(work, { client: subject, severity });
  return { kind: 'answer', replace: await drawRaised(work, { is: 'raised', escalation }) };
};

/** The question of `<escalation>/<what>` again, or what stands behind it once it was answered. */
const drawAskWhy = (work: Work, subject: string): Promise<Card> => {
  const [id = '', what] = subject.split('/');
  return what === 'words' ? readNote(work, id) : reachFromEscalation(work, id);
};

export const escalations: Feature = {
  noun: 'escalations',
  settings: escalationSettings,
  unlimited: true,
  commands: [escalateCommand],
  answers: {
    'escalations.raised': (work, id) => drawRaisedAgain(work, id, 'raised'),
    'escalations.added': (work, id) => drawRaisedAgain(work, id, 'added'),
    'escalations.done': drawEscalation,
    'escalations.who': drawWho,
    'escalations.ask-why': drawAskWhy,
  },
  cardTraits: { [escalationCardKind]: { shows: 'call' } },
  cards: { [escalationCardKind]: drawEscalation, [newsCardKind]: drawNews, [listCardKind]: drawList, ...glassCards },
  reactions: { [escalationCardKind]: answerReaction },
  forms: { 'escalations.raise': raiseForm, ...actForms },
  buttons: {
    'escalations.raise': async (work, press) =>
      openForm(work, press.subject === undefined ? {} : await contextOf(work, { id: press.subject })),
    'escalations.list': async (work) => answer(await drawList(work)),
    'escalations.show': async (work, press) => answer(await showEscalation(work, press.subject ?? '')),
    'escalations.acknowledge': takes('acknowledge'),
    'escalations.acknowledge-aside': takesAside('acknowledge', 'Acknowledged'),
    'escalations.further-aside': takesAside('escalate-further', 'Escalated further'),
    'escalations.acknowledge-note': opens('escalations.acknowledge-note', 'escalation'),
    'escalations.hold': takes('hold'),
    'escalations.remind-me': async (work, press) => answer(await drawReminder(work, press.subject ?? '')),
    'escalations.raise-another': raisesAnother,
    'escalations.take-over': takes('take-over'),
    'escalations.keep': takes('keep'),
    'escalations.further': takes('escalate-further'),
    'escalations.resolve': opens('escalations.resolve', 'escalation'),
    'escalations.note': opens('escalations.note', 'escalation'),
    'escalations.reopen': opens('escalations.reopen', 'escalation'),
    'escalations.reach': async (work, press) => answer(await reachFromEscalation(work, press.subject ?? '')),
    'escalations.read': async (work, press) => answer(await readNote(work, press.subject ?? '')),
    'escalations.break-glass-reach': async (work, press) => ({
      kind: 'answer',
      replace: await breakGlassToReach(work, { id: press.subject ?? '', reason: press.choice }),
    }),
    'escalations.break-glass-read': async (work, press) => ({
      kind: 'answer',
      replace: await breakGlassToRead(work, { id: press.subject ?? '', reason: press.choice }),
    }),
    'escalations.show-glass': async (work, press) => answer(await drawBrokenGlass(work, press.subject ?? '')),
    async 'escalations.review-glass'(work, press) {
      await reviewBreakGlass(work, press.subject ?? '');
      return { kind: 'answer', replace: await drawBrokenGlass(work, press.subject ?? '') };
    },
  },
  timers: {
    [stepTimer]: stepWhenDue,
    [expiryTimer]: watchAcknowledgement,
    [ageTimer]: showAge,
    [remindTimer]: remindWhenDue,
  },
  on: { 'person.left': handOverEscalations },
  contributes: { 'client-card': contributeToClient },
  due: async (work, query) => [...(await listDueEscalations(work, query)), ...(await listDueReviews(work, query))],
  marks: markClients,
  agenda: { list: addEscalations, reasons: agendaReasons },
  exports: { escalations: exportOf(exportColumns, exportEscalations) },
};
