import type { Field, Form, FormErrors, Option } from '../chat/form.ts';
import type { Action, AdaptiveCard, Choice, Element, Input } from './adaptive-card.ts';
import { inputId, writeListValue } from './form-values.ts';
import { limits } from './limits.ts';
import { literal, shorten, textBlocks } from './literal-text.ts';
import { FORM_CLOSE, FORM_SUBMIT } from './write-button.ts';

/** Where a form is shown: over the chat (only Action.Submit works there), or as a card in it. */
export type FormPlace = 'dialog' | 'chat';

const choices = (options: readonly Option[], value: (text: string) => string = (text) => text): Choice[] =>
  options.map((option) => ({ title: literal(option.label).trim() || '…', value: value(option.value) }));

function inputOf(field: Field): Input {
  const label = literal(field.label).trim() || '…';
  const base = {
    id: inputId(field),
    spacing: 'Medium' as const,
    label,
    ...(field.required === true ? { isRequired: true as const, errorMessage: `${label}: this is needed.` } : {}),
  };
  const value = (initial: string | undefined): { value?: string } =>
    initial === undefined || initial === '' ? {} : { value: initial };
  switch (field.kind) {
    case 'text':
    case 'minutes':
      return {
        type: 'Input.Text',
        ...base,
        ...value(field.initial),
        ...(field.kind === 'text' && field.maxLength !== undefined ? { maxLength: field.maxLength } : {}),
      };
    case 'long-text':
      return {
        type: 'Input.Text',
        isMultiline: true,
        ...base,
        ...value(field.initial),
        ...(field.maxLength === undefined ? {} : { maxLength: field.maxLength }),
      };
    case 'number': {
      const initial = field.initial === undefined || field.initial.trim() === '' ? Number.NaN : Number(field.initial);
      return {
        type: 'Input.Number',
        ...base,
        ...(Number.isFinite(initial) ? { value: initial } : {}),
        ...(field.min === undefined ? {} : { min: field.min }),
        ...(field.max === undefined ? {} : { max: field.max }),
      };
    }
    case 'date':
      return { type: 'Input.Date', ...base, ...value(field.initial) };
    case 'time':
      return { type: 'Input.Time', ...base, ...value(field.initial) };
    case 'one-of':
    case 'many-of': {
      const many = field.kind === 'many-of';
      const initial = field.kind === 'many-of' ? field.initial?.map(writeListValue).join(',') : field.initial;
      return {
        type: 'Input.ChoiceSet',
        style: field.options.length <= limits.expandedChoices ? 'expanded' : 'compact',
        ...(many ? { isMultiSelect: true as const } : {}),
        wrap: true,
        choices: choices(field.options, many ? writeListValue : undefined),
        ...base,
        ...value(initial),
      };
    }
    case 'person':
    case 'client':
      return {
        type: 'Input.ChoiceSet',
        style: 'filtered',
        wrap: true,
        choices: field.initial === undefined ? [] : choices([field.initial]),
        'choices.data': { type: 'Data.Query', dataset: field.kind === 'client' ? 'clients' : 'people' },
        ...base,
        ...value(field.initial?.value),
      };
    case 'toggle': {
      const { label: title, ...rest } = base;
      return {
        type: 'Input.Toggle',
        title,
        wrap: true,
        valueOn: 'true',
        valueOff: 'false',
        ...rest,
        value: field.initial === true ? 'true' : 'false',
      };
    }
  }
}

/** Says what is wrong with a colour and with a word: colour alone does not reach everybody. */
const sentence = (text: string): Element[] =>
  textBlocks(`Please check: ${text}`, { color: 'Attention', weight: 'Bolder' });

function buttonsOf(form: Form, place: FormPlace): Action[] {
  const title = shorten(form.submit, limits.labelCharacters) || '…';
  const data = { form: form.kind, session: form.session };
  return place === 'dialog'
    ? [{ type: 'Action.Submit', title, style: 'positive', data }]
    : [
        { type: 'Action.Execute', title, style: 'positive', verb: FORM_SUBMIT, data },
        { type: 'Action.Execute', title: 'Cancel', associatedInputs: 'none', verb: FORM_CLOSE, data },
      ];
}

/**
 * Draws a form. `errors` holds a sentence a field, shown right above it; the empty key's sentence stands at the
 * top, and so does one whose field is not in the form: no sentence is ever lost.
 */
export function renderForm(form: Form, place: FormPlace, errors: FormErrors = {}): AdaptiveCard {
  const names = new Set(form.fields.map(({ name }) => name));
  const onTop = Object.entries(errors).filter(([name]) => !names.has(name));
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: limits.cardVersion,
    lang: 'en',
    fallbackText: shorten(form.title, limits.summaryCharacters),
    body: [
      // A dialog carries the title in its frame.
      ...(place === 'chat' ? textBlocks(form.title, { weight: 'Bolder', size: 'Large' }) : []),
      ...onTop.flatMap(([, text]) => sentence(text)),
      ...(form.intro ?? []).flatMap((line) => textBlocks(line)),
      ...form.fields.flatMap((field): Element[] => {
        const wrong = Object.hasOwn(errors, field.name) ? errors[field.name] : undefined;
        return [
          ...(wrong === undefined ? [] : sentence(wrong)),
          inputOf(field),
          ...(field.hint === undefined
            ? []
            : textBlocks(field.hint, { isSubtle: true, size: 'Small' }).map((block) => ({
                ...block,
                spacing: 'None' as const,
              }))),
        ];
      }),
      { type: 'ActionSet', spacing: 'Medium', actions: buttonsOf(form, place) },
    ],
  };
}
