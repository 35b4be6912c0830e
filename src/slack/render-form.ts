import type { types } from '@slack/bolt';
import type { Line } from '../chat/card.ts';
import type { Field, Form, Option } from '../chat/form.ts';
import { cleanText, shorten } from './clean-text.ts';
import { limits } from './limits.ts';
import { renderLines } from './render-line.ts';

/** A form's fields as modal inputs: `block_id` is the field's name, and only the session id travels with the form. */
const FIELD = 'field';
/** Read back as yes or no, where other boxes read back as a list. */
export const TOGGLE = 'toggle';

const plain = (text: string, most: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: text.trim() === '' ? '…' : shorten(text, most),
  emoji: false,
});

const option = ({ value, label }: Option): types.PlainTextOption => ({
  text: plain(label.trim() === '' ? value : label, limits.option.text),
  value,
});

/** An option list without repeated or impossible values. */
const offered = (options: readonly Option[]): types.PlainTextOption[] =>
  [...new Map(options.map((each) => [each.value, each])).values()]
    .filter(({ value }) => value !== '' && value.length <= limits.option.value)
    .map(option);

const chosen = (options: readonly types.PlainTextOption[], values: readonly string[]): types.PlainTextOption[] =>
  options.filter(({ value }) => value !== undefined && values.includes(value));

/** Slack takes 100 options in one list, and 100 groups of 100. */
const listOf = (
  options: types.PlainTextOption[],
): {
  options?: types.PlainTextOption[];
  option_groups?: { label: types.PlainTextElement; options: types.PlainTextOption[] }[];
} => {
  if (options.length <= limits.options) return { options };
  const groups: { label: types.PlainTextElement; options: types.PlainTextOption[] }[] = [];
  for (let from = 0; from < options.length; from += limits.options) {
    const part = options.slice(from, from + limits.options);
    groups.push({ label: plain(`${from + 1} to ${from + part.length}`, limits.option.text), options: part });
  }
  return { option_groups: groups };
};

const initial = <K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> =>
  value === undefined ? {} : ({ [name]: value } as Record<K, V>);

function renderNumber(field: Field & { kind: 'number' }): types.NumberInput {
  const { min, max } = field;
  const value = /^-?\d{1,15}$/.test(field.initial ?? '') ? Number(field.initial) : undefined;
  const fits = value !== undefined && value >= (min ?? value) && value <= (max ?? value);
  return {
    type: 'number_input',
    action_id: FIELD,
    is_decimal_allowed: false,
    ...initial('initial_value', fits ? String(value) : undefined),
    ...initial('min_value', min === undefined ? undefined : String(min)),
    ...initial('max_value', max === undefined ? undefined : String(max)),
  };
}

function renderText(field: Field & { kind: 'text' | 'long-text' | 'minutes' }): types.PlainTextInput {
  const most = Math.min(limits.input, ('maxLength' in field ? field.maxLength : undefined) ?? limits.input);
  const text = field.initial === undefined || field.initial === '' ? undefined : shorten(field.initial, most);
  return {
    type: 'plain_text_input',
    action_id: FIELD,
    ...(field.kind === 'long-text' ? { multiline: true } : {}),
    ...(field.kind === 'minutes' ? { placeholder: plain('15, 1h15', limits.placeholder) } : { max_length: most }),
    ...initial('initial_value', text),
  };
}

/** The input, or undefined when there is nothing to choose from. */
function renderInput(field: Field): types.InputBlockElement | undefined {
  switch (field.kind) {
    case 'text':
    case 'long-text':
    case 'minutes':
      return renderText(field);
    case 'number':
      return renderNumber(field);
    case 'date': {
      const date = /^\d{4}-\d{2}-\d{2}$/.test(field.initial ?? '') ? field.initial : undefined;
      return { type: 'datepicker', action_id: FIELD, ...initial('initial_date', date) };
    }
    case 'time': {
      const time = /^([01]\d|2[0-3]):[0-5]\d$/.test(field.initial ?? '') ? field.initial : undefined;
      return { type: 'timepicker', action_id: FIELD, ...initial('initial_time', time) };
    }
    case 'one-of': {
      const options = offered(field.options);
      const [first] = chosen(options, [field.initial ?? '']);
      if (options.length === 0) return undefined;
      if (options.length <= limits.radios) {
        return { type: 'radio_buttons', action_id: FIELD, options, ...initial('initial_option', first) };
      }
      const select: types.StaticSelect = { type: 'static_select', action_id: FIELD, ...listOf(options) };
      return { ...select, ...initial('initial_option', first) };
    }
    case 'many-of': {
      const options = offered(field.options);
      const ticked = chosen(options, field.initial ?? []);
      const some = ticked.length > 0 ? ticked : undefined;
      if (options.length === 0) return undefined;
      if (options.length <= limits.checkboxes) {
        return { type: 'checkboxes', action_id: FIELD, options, ...initial('initial_options', some) };
      }
      const select: types.MultiStaticSelect = { type: 'multi_static_select', action_id: FIELD, ...listOf(options) };
      return { ...select, ...initial('initial_options', some) };
    }
    case 'person':
    case 'client':
      return {
        type: 'external_select',
        action_id: field.kind === 'client' ? 'search:clients' : 'search:people',
        min_query_length: limits.searchLetters,
        ...initial('initial_option', field.initial === undefined ? undefined : offered([field.initial])[0]),
      };
    case 'toggle': {
      const yes = option({ value: 'yes', label: 'Yes' });
      return {
        type: 'checkboxes',
        action_id: TOGGLE,
        options: [yes],
        ...initial('initial_options', field.initial === true ? [yes] : undefined),
      };
    }
  }
}

function renderField(field: Field): types.KnownBlock[] {
  const element = renderInput(field);
  if (element === undefined) return renderLines([[{ bold: `${field.label}: ` }, 'nothing to choose from.']]);
  return [
    {
      type: 'input',
      block_id: field.name,
      label: plain(field.label, limits.label),
      optional: field.required !== true || field.kind === 'toggle',
      element,
      ...(field.hint === undefined || field.hint.trim() === ''
        ? {}
        : { hint: plain(cleanText(field.hint), limits.hint) }),
    },
  ];
}

/** A form as a modal. `notes` are sentences above everything, for what cannot stand beside its field. */
export function renderForm(form: Form, notes: readonly Line[] = []): types.ModalView {
  const intro = renderLines([...notes, ...(form.intro ?? [])]);
  return {
    type: 'modal',
    callback_id: form.kind,
    private_metadata: JSON.stringify({ session: form.session }),
    title: plain(form.title, limits.view.title),
    submit: plain(form.submit, limits.view.title),
    close: plain('Cancel', limits.view.title),
    notify_on_close: true,
    blocks: [...intro, ...form.fields.flatMap(renderField)],
  };
}

/** A modal with words and no fields: "Saving…", or what came of it. */
export function renderNotice(title: string, blocks: types.KnownBlock[]): types.ModalView {
  return { type: 'modal', title: plain(title, limits.view.title), close: plain('Close', limits.view.title), blocks };
}
