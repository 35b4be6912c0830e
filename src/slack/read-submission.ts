import { z } from 'zod';
import type { FormErrors } from '../chat/form.ts';
import { TOGGLE } from './render-form.ts';

const optionSchema = z.object({ value: z.string() });
const stateSchema = z.object({
  type: z.string(),
  value: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_option: optionSchema.nullish(),
  selected_options: z.array(optionSchema).nullish(),
});

/** The values of a submitted view by block and action, as Slack sends them. */
export const viewStateSchema = z.object({
  values: z.record(z.string(), z.record(z.string(), stateSchema)).default({}),
});
export type ViewState = z.infer<typeof viewStateSchema>;

/** A FormValue, in the mutable shape an Inbound holds. */
type Value = string | string[] | boolean;

function readValue(action: string, state: z.infer<typeof stateSchema>): Value | undefined {
  if (action === TOGGLE) return (state.selected_options ?? []).length > 0;
  if (state.selected_options !== undefined && state.selected_options !== null) {
    return state.selected_options.length === 0 ? undefined : state.selected_options.map(({ value }) => value);
  }
  const text = state.selected_option?.value ?? state.selected_date ?? state.selected_time ?? state.value ?? '';
  return text === '' ? undefined : text;
}

/** Every block's value under its `block_id`, known to the form or not: what is unknown, the dispatcher refuses. */
export function readSubmission(state: ViewState): Record<string, Value> {
  const values: [string, Value][] = [];
  for (const [block, actions] of Object.entries(state.values)) {
    for (const [action, element] of Object.entries(actions)) {
      const value = readValue(action, element);
      if (value !== undefined) values.push([block, value]);
    }
  }
  return Object.fromEntries(values);
}

/**
 * A sentence a block. What is wrong with the whole form, or with a field that is not on this view, goes to the
 * first input: Slack shows nothing for a key without its block. `undefined` = the view has no input to hold it.
 */
export function placeErrors(errors: FormErrors, inputs: readonly string[]): Record<string, string> | undefined {
  const [first] = inputs;
  if (first === undefined) return undefined;
  const placed = new Map<string, string[]>();
  for (const [name, sentence] of Object.entries(errors)) {
    const block = inputs.includes(name) ? name : first;
    placed.set(block, [...(placed.get(block) ?? []), sentence]);
  }
  if (placed.size === 0) placed.set(first, ['Please check this form and send it again.']);
  return Object.fromEntries([...placed].map(([block, sentences]) => [block, sentences.join(' ')]));
}
