import type { Piece } from './screen.ts';

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const unescape = (value: string): string => value.replace(/\\([[\]()*_\\`~#>+\-.!|])/g, '$1');

/** How a test presses a button of a card. */
export interface TeamsPress {
  readonly title: string;
  readonly verb: string | undefined;
  readonly rowId: string | undefined;
}

/** An Adaptive Card as lines and buttons, without any code of the renderer that made it. */
export function readCard(card: unknown, rowId?: string): Piece[] {
  if (!isJson(card)) return [];
  const row = card['type'] === 'Container' && typeof card['id'] === 'string' ? card['id'] : rowId;
  switch (card['type']) {
    case 'TextBlock':
      return [{ kind: 'text', text: unescape(text(card['text'])) }];
    case 'RichTextBlock':
      return [
        {
          kind: 'text',
          text: (Array.isArray(card['inlines']) ? card['inlines'] : [])
            .map((run: unknown) => (isJson(run) ? text(run['text']) : text(run)))
            .join(''),
        },
      ];
    case 'FactSet':
      return list(card['facts']).map((fact) => ({
        kind: 'text',
        text: `${unescape(text(fact['title']))} ${unescape(text(fact['value']))}`,
      }));
    case 'ActionSet':
      return list(card['actions']).flatMap((action) => readAction(action, row));
    default:
      return [
        ...[
          ...list(card['body']),
          ...list(card['items']),
          ...list(card['columns']),
          ...list(card['rows']),
          ...list(card['cells']),
        ].flatMap((each) => readCard(each, row)),
        ...list(card['actions']).flatMap((action) => readAction(action, row)),
      ];
  }
}

function readAction(action: Json, rowId: string | undefined): Piece[] {
  const data = isJson(action['data']) ? action['data'] : {};
  const verb = action['verb'] ?? data['verb'];
  const press: TeamsPress = { title: text(action['title']), verb: typeof verb === 'string' ? verb : undefined, rowId };
  return [{ kind: 'button', label: text(action['title']), press }];
}

/** Inputs of a card by id, with what stands in them. */
export function readInputs(card: unknown): { id: string; type: string; value: string; error?: string }[] {
  if (!isJson(card)) return [];
  const here =
    typeof card['type'] === 'string' && card['type'].startsWith('Input.')
      ? [{ id: text(card['id']).replace(/^v-/, ''), type: card['type'], value: text(card['value']) }]
      : [];
  return [...here, ...['body', 'items', 'columns'].flatMap((key) => list(card[key]).flatMap(readInputs))];
}
