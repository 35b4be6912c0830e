import type { Json } from './types.ts';

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every part of a card, the card itself first, in reading order. */
export function parts(card: unknown): Json[] {
  if (Array.isArray(card)) return card.flatMap(parts);
  if (!isObject(card)) return [];
  return [card, ...Object.entries(card).flatMap(([key, value]) => (key === 'data' ? [] : parts(value)))];
}

export const actionsOf = (card: unknown): Json[] =>
  parts(card).filter(({ type }) => type === 'Action.Execute' || type === 'Action.Submit' || type === 'Action.OpenUrl');

export const inputsOf = (card: unknown): Json[] =>
  parts(card).filter(({ type }) => typeof type === 'string' && type.startsWith('Input.'));

/** The button a person means: by its verb or its words, in a row when one is named. Throws when there is none. */
export function findAction(card: unknown, ask: { verb?: string; title?: string; rowId?: string }): Json {
  const row = ask.rowId === undefined ? card : parts(card).find(({ id }) => id === ask.rowId);
  if (row === undefined) throw new Error(`the card has no row ${String(ask.rowId)}`);
  // The words may be those of the button itself, or of the button that unfolds the question before it.
  const folded = parts(row).find(({ type, title }) => type === 'Action.ShowCard' && title === ask.title);
  const found = [...actionsOf(row), ...actionsOf(folded)].find((action) => {
    const data = isObject(action['data']) ? action['data'] : {};
    const verb = action['verb'] ?? data['verb'];
    if (ask.verb !== undefined && verb !== ask.verb) return false;
    return ask.title === undefined || action['title'] === ask.title || actionsOf(folded).includes(action);
  });
  if (found === undefined) throw new Error(`the card has no button ${ask.verb ?? ask.title ?? ''}`);
  return found;
}

type Value = string | number | boolean | readonly string[];
const words = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** The choices of a list that people mean, by value or by words, as the client joins them. */
function choose(input: Json, value: Value, lenient: boolean): string {
  const choices = parts(input['choices']);
  const wanted: readonly string[] = typeof value === 'object' ? value : [String(value)];
  return wanted
    .map((want) => {
      const same = ({ value: own, title }: Json): boolean =>
        own === want || title === want || own === encodeURIComponent(want);
      const choice = choices.find(same);
      if (choice === undefined && !lenient && input['choices.data'] === undefined)
        throw new Error(`${words(input['label'])} does not offer ${want}`);
      return choice === undefined ? want : words(choice['value']);
    })
    .join(',');
}

/** What the client sends for the inputs of a card: what was filled in, else what stood there. */
export function fillInputs(
  card: unknown,
  values: Readonly<Record<string, Value>>,
  lenient: boolean,
): Record<string, string> {
  const inputs = inputsOf(card);
  const names = (input: Json): string[] => {
    const id = words(input['id']);
    return [id, id.slice(id.indexOf('-') + 1), words(input['label']), words(input['title'])];
  };
  const filled: Record<string, string> = {};
  const unknown = new Set(Object.keys(values));
  for (const input of inputs) {
    const key = names(input).find((name) => name !== '' && Object.hasOwn(values, name));
    const given = key === undefined ? undefined : values[key];
    if (key !== undefined) unknown.delete(key);
    let text = words(input['value']);
    if (given !== undefined) {
      if (input['type'] === 'Input.ChoiceSet') text = choose(input, given, lenient);
      else if (input['type'] === 'Input.Toggle')
        text = words(given === true || given === 'true' ? input['valueOn'] : input['valueOff']);
      else text = String(given);
    }
    if (!lenient && text === '' && input['isRequired'] === true)
      throw new Error(words(input['errorMessage']) || 'a value is missing');
    const most = input['maxLength'];
    if (!lenient && typeof most === 'number' && text.length > most)
      throw new Error(`${words(input['label'])} takes ${String(most)} characters`);
    filled[words(input['id'])] = text;
  }
  if (!lenient && unknown.size > 0) throw new Error(`the form has no field ${[...unknown].join(', ')}`);
  for (const name of lenient ? unknown : []) filled[name] = String(values[name]);
  return filled;
}
