import type { AdaptiveCard as Parser, SerializationContext } from 'adaptivecards';
import { z } from 'zod';
import type { Json } from './types.ts';

/** Where a card stands decides which buttons work in it. */
export type CardPlace = 'message' | 'dialog';

const any = ['type', 'id', 'spacing', 'separator', 'isVisible', 'height', 'fallback', 'requires'];
const input = [...any, 'label', 'isRequired', 'errorMessage', 'value'];
const action = ['type', 'id', 'title', 'style', 'iconUrl', 'isEnabled', 'mode', 'tooltip', 'fallback', 'requires'];
/** What each part of an Adaptive Card 1.5 may carry. A misspelt property is silently ignored by Teams, so it is refused here. */
const known: Readonly<Record<string, readonly string[]>> = {
  AdaptiveCard: [
    'type',
    '$schema',
    'version',
    'lang',
    'fallbackText',
    'body',
    'actions',
    'refresh',
    'msteams',
    'speak',
    'selectAction',
    'rtl',
    'minHeight',
  ],
  TextBlock: [
    ...any,
    'text',
    'wrap',
    'style',
    'size',
    'weight',
    'color',
    'isSubtle',
    'fontType',
    'horizontalAlignment',
    'maxLines',
  ],
  RichTextBlock: [...any, 'inlines', 'horizontalAlignment'],
  TextRun: [
    'type',
    'text',
    'size',
    'weight',
    'color',
    'isSubtle',
    'fontType',
    'italic',
    'strikethrough',
    'underline',
    'highlight',
    'selectAction',
  ],
  Container: [
    ...any,
    'items',
    'style',
    'bleed',
    'selectAction',
    'verticalContentAlignment',
    'minHeight',
    'rtl',
    'backgroundImage',
  ],
  ColumnSet: [...any, 'columns', 'style', 'bleed', 'selectAction', 'horizontalAlignment', 'minHeight'],
  Column: [...any, 'items', 'width', 'style', 'bleed', 'selectAction', 'verticalContentAlignment', 'minHeight', 'rtl'],
  FactSet: [...any, 'facts'],
  Image: [...any, 'url', 'altText', 'size', 'style', 'width', 'backgroundColor', 'horizontalAlignment', 'selectAction'],
  Table: [
    ...any,
    'columns',
    'rows',
    'firstRowAsHeaders',
    'showGridLines',
    'gridStyle',
    'horizontalCellContentAlignment',
    'verticalCellContentAlignment',
  ],
  TableRow: [...any, 'cells', 'style'],
  TableCell: [...any, 'items', 'style', 'bleed', 'selectAction', 'verticalContentAlignment', 'minHeight', 'rtl'],
  ActionSet: [...any, 'actions'],
  'Input.Text': [...input, 'isMultiline', 'maxLength', 'placeholder', 'regex', 'style', 'inlineAction'],
  'Input.Number': [...input, 'min', 'max', 'placeholder'],
  'Input.Date': [...input, 'min', 'max', 'placeholder'],
  'Input.Time': [...input, 'min', 'max', 'placeholder'],
  'Input.Toggle': [...input, 'title', 'valueOn', 'valueOff', 'wrap'],
  'Input.ChoiceSet': [...input, 'choices', 'choices.data', 'isMultiSelect', 'style', 'wrap', 'placeholder'],
  'Action.Execute': [...action, 'verb', 'data', 'associatedInputs'],
  'Action.Submit': [...action, 'data', 'associatedInputs'],
  'Action.OpenUrl': [...action, 'url'],
  'Action.ShowCard': [...action, 'card'],
  'Action.ToggleVisibility': [...action, 'targetElements'],
};

const children = ['body', 'items', 'columns', 'rows', 'cells', 'inlines', 'actions'];
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const languageSchema = z.string().regex(/^[a-z]{2,3}$/);
const submitData = z.looseObject({ msteams: z.looseObject({ type: z.literal('task/fetch') }) });

function walk(part: unknown, place: CardPlace, problems: string[], expected?: string): void {
  if (!isObject(part)) {
    problems.push('a part of the card is no object');
    return;
  }
  const type = typeof part['type'] === 'string' ? part['type'] : (expected ?? '');
  const allowed = known[type];
  if (allowed === undefined) {
    problems.push(`unknown part ${type}`);
    return;
  }
  for (const key of Object.keys(part)) if (!allowed.includes(key)) problems.push(`${type} has no ${key}`);
  if (type === 'Action.Execute') {
    if (place === 'dialog') problems.push('Action.Execute does not work in a dialog');
    if (typeof part['verb'] !== 'string' || part['verb'] === '') problems.push('Action.Execute needs a verb');
  }
  if (type === 'Action.Submit' && place === 'message' && !submitData.safeParse(part['data']).success) {
    problems.push('Action.Submit in a message opens a dialog or does nothing');
  }
  if (type.startsWith('Action.') && (typeof part['title'] !== 'string' || part['title'].trim() === ''))
    problems.push(`${type} needs a title`);
  if (type.startsWith('Input.') && (typeof part['id'] !== 'string' || part['id'] === ''))
    problems.push(`${type} needs an id`);
  const actions = part['actions'];
  if (Array.isArray(actions) && (actions.length > 5 || actions.length === 0))
    problems.push(`${String(actions.length)} buttons in one set`);
  if (isObject(part['card'])) walk(part['card'], place, problems, 'AdaptiveCard');
  for (const name of children) {
    const list = part[name];
    // A table's column definitions are the one list whose parts are not elements.
    if (!Array.isArray(list) || (type === 'Table' && name === 'columns')) continue;
    for (const child of list) walk(child, place, problems, type === 'RichTextBlock' ? 'TextRun' : undefined);
  }
}

/** The parser gives a type-ahead without choices a complaint that Teams does not share. */
function withPlaceholders(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withPlaceholders);
  if (!isObject(part)) return part;
  const copy = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, key === 'data' ? value : withPlaceholders(value)]),
  );
  return 'choices.data' in part ? { ...copy, choices: [{ title: '…', value: '…' }] } : copy;
}

interface ParserModule {
  readonly AdaptiveCard: new () => Parser;
  readonly SerializationContext: new () => SerializationContext;
}
let loading: Promise<ParserModule | undefined> | undefined;

/** Microsoft's own parser, where it is installed (it is a tool of development). */
async function loadParser(): Promise<ParserModule | undefined> {
  // The package's entry for Node has no type declarations, so its name is kept from the compiler.
  const name: string = 'adaptivecards/dist/adaptivecards.js';
  try {
    const loaded = (await import(name)) as { default: ParserModule };
    return loaded.default;
  } catch {
    return undefined;
  }
}

/** What Teams would hold against a card; empty when it is fine. */
export async function checkCard(card: unknown, place: CardPlace): Promise<string[]> {
  const problems: string[] = [];
  if (!isObject(card) || card['type'] !== 'AdaptiveCard') return ['the content is no Adaptive Card'];
  const version = card['version'];
  if (typeof version !== 'string' || !/^1\.[0-5]$/.test(version))
    problems.push('the card is not of a version up to 1.5');
  if (card['lang'] !== undefined && !languageSchema.safeParse(card['lang']).success)
    problems.push('the language is no code');
  if (!Array.isArray(card['body']) || card['body'].length === 0) problems.push('the card is empty');
  walk(card, place, problems);
  const parser = await (loading ??= loadParser());
  if (parser !== undefined) {
    const context = new parser.SerializationContext();
    const parsed = new parser.AdaptiveCard();
    // The parser's own check of the language remembers its last call and refuses every second right one.
    const { lang: _checkedAbove, ...rest } = card;
    parsed.parse(withPlaceholders(rest), context);
    for (let at = 0; at < context.eventCount; at += 1) problems.push(context.getEventAt(at).message);
    for (const event of parsed.validateProperties().validationEvents) problems.push(event.message);
  }
  return problems;
}
