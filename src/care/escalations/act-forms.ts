import { readId, readWords, type Filled } from '../../feature/fields.ts';
import type { Work, FormHandler } from '../../feature/feature.ts';
import type { Field } from '../../chat/form.ts';
import { Refusal } from '../../chat/refusal.ts';
import { answer } from '../../chat/reply.ts';
import { codeOf } from './describe-escalation.ts';
import { drawDone } from './draw-escalation.ts';
import {
  describeDisposition,
  describeOutcome,
  describeReopening,
  dispositionSchema,
  optionsOf,
  outcomeSchema,
  reopenReasonSchema,
} from './escalation-words.ts';
import { standingOf, whatHappened, type WhichEscalation } from './find-actable.ts';
import { canAct, mayAct, type EscalationAct } from './rules.ts';
import { takeActOrRefuse } from './take-act.ts';
import { findSeen } from './view-escalation.ts';

const which = (context: Filled): WhichEscalation => ({ id: readId(context, 'escalation') });

/** Which escalation, in codes; refuses a form for what this person may not do, or not any more. */
async function introFor(work: Work, context: Filled, act: EscalationAct): Promise<string> {
  const seen = await findSeen(work, which(context).id);
  if (!mayAct(act, seen.hand)) {
    throw new Refusal('not-allowed', 'Your role does not answer escalations, so nothing was changed by you.', {
      denial: true,
    });
  }
  if (!canAct(act, standingOf(seen.escalation), seen.hand)) {
    throw new Refusal('already-done', `${whatHappened(work, seen.escalation)} Nothing was changed by you.`);
  }
  return `Escalation of ${codeOf(seen)}, ${seen.escalation.severity}.`;
}

const wordsField = (label: string, required: boolean): Field => ({
  name: 'words',
  kind: 'long-text',
  label,
  hint: 'Kept encrypted; never shown in a channel',
  maxLength: 2000,
  ...(required ? { required: true } : {}),
});

const resolveForm: FormHandler = {
  draw: async (work, context) => ({
    title: 'Resolve',
    submit: 'Resolve',
    intro: [await introFor(work, context, 'resolve')],
    fields: [
      {
        name: 'outcome',
        kind: 'one-of',
        label: 'How did it end?',
        required: true,
        options: optionsOf(outcomeSchema.options, describeOutcome),
      },
      {
        name: 'disposition',
        kind: 'one-of',
        label: 'What follows?',
        required: true,
        options: optionsOf(dispositionSchema.options, describeDisposition),
      },
      wordsField('In a few words', false),
    ],
  }),
  async submit(work, values, context) {
    const outcome = outcomeSchema.parse(values['outcome']);
    const disposition = dispositionSchema.parse(values['disposition']);
    const words = readWords(values, 'words');
    const { id } = await takeActOrRefuse(work, which(context), 'resolve', { outcome, disposition, words });
    return answer(await drawDone(work, id, 'Resolved'));
  },
};

const acknowledgeForm: FormHandler = {
  draw: async (work, context) => ({
    title: 'Acknowledge',
    submit: 'Acknowledge',
    intro: [await introFor(work, context, 'acknowledge')],
    fields: [wordsField('Note', false)],
  }),
  async submit(work, values, context) {
    const { id } = await takeActOrRefuse(work, which(context), 'acknowledge', { words: readWords(values, 'words') });
    return answer(await drawDone(work, id, 'Acknowledged'));
  },
};

const noteForm: FormHandler = {
  draw: async (work, context) => ({
    title: 'Add a note',
    submit: 'Save',
    intro: [await introFor(work, context, 'add-note')],
    fields: [wordsField('Note', true)],
  }),
  async submit(work, values, context) {
    const { id } = await takeActOrRefuse(work, which(context), 'add-note', { words: readWords(values, 'words') });
    return answer(await drawDone(work, id, 'Noted'));
  },
};

const reopenForm: FormHandler = {
  draw: async (work, context) => ({
    title: 'Reopen',
    submit: 'Reopen',
    intro: [await introFor(work, context, 'reopen'), 'Its ladder begins anew.'],
    fields: [
      {
        name: 'reason',
        kind: 'one-of',
        label: 'Why',
        required: true,
        options: optionsOf(reopenReasonSchema.options, describeReopening),
      },
      wordsField('In a few words', false),
    ],
  }),
  async submit(work, values, context) {
    const reason = reopenReasonSchema.parse(values['reason']);
    const { id } = await takeActOrRefuse(work, which(context), 'reopen', { reason, words: readWords(values, 'words') });
    return answer(await drawDone(work, id, 'Reopened'));
  },
};

export const actForms = {
  'escalations.acknowledge-note': acknowledgeForm,
  'escalations.resolve': resolveForm,
  'escalations.note': noteForm,
  'escalations.reopen': reopenForm,
} as const;
