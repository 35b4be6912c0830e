import type { Block, HomeView, ModalView } from './check-blocks.ts';
import { optionsOf, type InputElement, type ShownOption } from './element-schemas.ts';
import { Impossible } from './workspace.ts';

/** What a person puts into a form, by block: text, a chosen value, several, or yes/no for a single box. */
export type Filled = Readonly<Record<string, string | readonly string[] | boolean | null>>;
type Input = Extract<Block, { type: 'input' }>;
export type ViewState = Record<string, Record<string, Record<string, unknown>>>;

const blank = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

function choose(options: readonly ShownOption[], values: readonly string[], label: string): ShownOption[] {
  return values.map((value) => {
    const found = options.find((each) => each.value === value);
    if (found === undefined) throw new Impossible(`"${label}" offers no such option: Slack would not send it`);
    return found;
  });
}

/** One element's part of the state; `filled` is undefined when the person left it as it was drawn. */
function stateOf(
  element: InputElement,
  filled: Filled[string] | undefined,
  label: string,
  offered: readonly ShownOption[],
): Record<string, unknown> {
  const { type } = element;
  const text = typeof filled === 'string' ? filled : undefined;
  const list = Array.isArray(filled) ? filled.filter((each): each is string => typeof each === 'string') : [];
  switch (type) {
    case 'plain_text_input': {
      const value = blank(filled === undefined ? element.initial_value : text);
      const length = value?.length ?? 0;
      if (length > (element.max_length ?? 3_000))
        throw new Impossible(`"${label}" is too long: Slack does not send it`);
      return { type, value };
    }
    case 'number_input': {
      const value = blank(filled === undefined ? element.initial_value : text);
      const number = Number(value);
      const outside = number < Number(element.min_value ?? number) || number > Number(element.max_value ?? number);
      if (value !== null && (!/^-?\d+(\.\d+)?$/.test(value) || outside)) {
        throw new Impossible(`"${label}" is not a number it takes: Slack does not send it`);
      }
      return { type, value };
    }
    case 'datepicker':
      return { type, selected_date: blank(filled === undefined ? element.initial_date : text) };
    case 'timepicker':
      return { type, selected_time: blank(filled === undefined ? element.initial_time : text) };
    case 'radio_buttons':
    case 'static_select':
    case 'external_select': {
      if (filled === undefined) return { type, selected_option: element.initial_option ?? null };
      const initial = element.initial_option === undefined ? [] : [element.initial_option];
      const options = type === 'external_select' ? [...offered, ...initial] : optionsOf(element);
      const [option] = text === undefined || text === '' ? [] : choose(options, [text], label);
      return { type, selected_option: option ?? null };
    }
    case 'checkboxes':
    case 'multi_static_select': {
      if (filled === undefined) return { type, selected_options: element.initial_options ?? [] };
      const options = optionsOf(element);
      const ticked = filled === true ? options.slice(0, 1).map(({ value }) => value) : list;
      return { type, selected_options: choose(options, ticked, label) };
    }
  }
}

const isEmpty = (state: Record<string, unknown>): boolean =>
  Object.entries(state).every(
    ([key, value]) => key === 'type' || value === null || (Array.isArray(value) && value.length === 0),
  );

/** The state Slack would submit. Throws, in words, where Slack itself stops the person. */
export function fillView(
  view: ModalView | HomeView,
  filled: Filled,
  offered: (action: string) => readonly ShownOption[],
): ViewState {
  const inputs = view.blocks.filter((block): block is Input => block.type === 'input');
  const unknown = Object.keys(filled).find((name) => !inputs.some(({ block_id }) => block_id === name));
  if (unknown !== undefined) throw new Impossible(`there is no input "${unknown}" on this view`);
  const state: ViewState = {};
  for (const { block_id = '', element, label, optional } of inputs) {
    const part = stateOf(element, filled[block_id], label.text, offered(element.action_id));
    if (optional !== true && isEmpty(part))
      throw new Impossible(`"${label.text}" is required: Slack does not send the form`);
    state[block_id] = { [element.action_id]: part };
  }
  return state;
}
