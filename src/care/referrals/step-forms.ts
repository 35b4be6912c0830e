import { readId, type Filled } from '../../feature/fields.ts';
import { sentenceCase } from '../../chat/sentence-case.ts';
import type { Work, FormHandler } from '../../feature/feature.ts';
import type { Field, FormValues, Option } from '../../chat/form.ts';
import { answer } from '../../chat/reply.ts';
import { drawDone } from './draw-referral.ts';
import { findActableReferral, type WhichReferral } from './find-referral.ts';
import { outcomeLabels, outcomeSchema, reasonLabels, reasonSchema } from './referral-words.ts';
import type { ReferralNote } from './rules.ts';
import { askQuestion, tellReceiver } from './say-in-referral.ts';
import { takeStep } from './take-step.ts';

export const whichReferral = (context: Filled): WhichReferral => ({
  id: readId(context, 'referral'),
  version: typeof context['version'] === 'number' ? context['version'] : undefined,
});
export const textOf = (value: FormValues[string] | undefined): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;
const reasons: Option[] = reasonSchema.options.map((value) => ({ value, label: sentenceCase(reasonLabels[value]) }));
const outcomes: Option[] = outcomeSchema.options.map((value) => ({ value, label: sentenceCase(outcomeLabels[value]) }));

const longestWords = 2000;
export const wordsField = (label: string, more: Partial<Field> = {}): Field => ({
  name: 'words',
  kind: 'long-text',
  label,
  hint: 'Kept encrypted; read by the two sides only',
  maxLength: longestWords,
  ...(more.required === true ? { required: true } : {}),
});

async function introFor(work: Work, context: Filled, act: Parameters<typeof findActableReferral>[2]): Promise<string> {
  const { client, referral } = await findActableReferral(work, whichReferral(context), act);
  return `Referral of ${client.code} from ${referral.requesterName} to ${referral.toName}.`;
}

type CodedStep = 'decline' | 'hold' | 'fail' | 'cancel' | 'complete';

/** A step that needs a code, and takes words. */
function codedForm(
  step: CodedStep,
  words: { title: string; submit: string; label: string; options: Option[] },
): FormHandler {
  return {
    async draw(work, context) {
      return {
        title: words.title,
        submit: words.submit,
        intro: [await introFor(work, context, step)],
        fields: [
          { name: 'reason', kind: 'one-of', label: words.label, required: true, options: words.options },
          wordsField('In a few words'),
        ],
      };
    },
    async submit(work, values, context) {
      const given = { reason: textOf(values['reason']), words: textOf(values['words']) };
      const { referral } = await takeStep(work, whichReferral(context), step, given);
      return answer(await drawDone(work, referral.id, step));
    },
  };
}

const why = { label: 'Why', options: reasons };
export const codedForms: Readonly<Record<CodedStep, FormHandler>> = {
  decline: codedForm('decline', { title: 'Decline a referral', submit: 'Decline', ...why }),
  hold: codedForm('hold', { title: 'Put on hold', submit: 'Hold', ...why }),
  fail: codedForm('fail', { title: 'Did not work out', submit: 'Save', ...why }),
  cancel: codedForm('cancel', { title: 'Cancel a referral', submit: 'Cancel it', ...why }),
  complete: codedForm('complete', { title: 'Outcome', submit: 'Save', label: 'What came of it', options: outcomes }),
};

const says: Readonly<Record<'ask' | 'tell', typeof askQuestion>> = { ask: askQuestion, tell: tellReceiver };

/** Words to the other side: a question, or an answer. */
function wordsForm(note: Extract<ReferralNote, 'ask' | 'tell'>, words: { title: string; label: string }): FormHandler {
  return {
    async draw(work, context) {
      const intro = await introFor(work, context, note);
      const { referral } = await findActableReferral(work, whichReferral(context), note);
      const asked =
        note === 'tell' && referral.questionWaits ? referral.events.findLast(({ step }) => step === 'ask') : undefined;
      return {
        title: words.title,
        submit: 'Send',
        intro: [intro, ...(asked?.words === undefined ? [] : [`${asked.byName} asks: ${asked.words}`])],
        fields: [wordsField(words.label, { required: true })],
      };
    },
    async submit(work, values, context) {
      const { referral } = await says[note](work, whichReferral(context), textOf(values['words']) ?? '');
      return answer(await drawDone(work, referral.id, note));
    },
  };
}

export const wordsForms = {
  ask: wordsForm('ask', { title: 'Ask', label: 'Your question' }),
  tell: wordsForm('tell', { title: 'A word', label: 'Your words' }),
} as const;
