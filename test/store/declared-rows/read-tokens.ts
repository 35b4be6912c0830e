/** A word, a literal, a sign or a pair of brackets with what stands in it. */
export interface Token {
  /** In lower case where it is a word; literals as they stand. */
  readonly text: string;
  readonly kind: 'word' | 'literal' | 'sign' | 'brackets';
  /** Where it stands in the statement. */
  readonly start: number;
  readonly end: number;
  /** Of brackets. */
  readonly inside: readonly Token[];
}

const spelling =
  /(?<space>\s+|--[^\n]*|\/\*[\s\S]*?\*\/)|(?<literal>e?'(?:[^']|'')*'|\d+(?:\.\d+)?)|(?<word>"(?:[^"]|"")*"|[a-z_]\w*|\$\d+)|(?<sign>::|->>|->|[<>!]?=|<>|\|\||.)/giy;

/** The tokens of a statement, brackets nested. No grammar: what a rule asks of a text, and no more. */
export function readTokens(sql: string): readonly Token[] {
  const flat: Token[] = [];
  for (const match of sql.matchAll(spelling)) {
    const { space, literal, word } = match.groups ?? {};
    if (space !== undefined) continue;
    const kind = literal !== undefined ? 'literal' : word !== undefined ? 'word' : 'sign';
    const text = kind === 'word' ? match[0].toLowerCase() : match[0];
    flat.push({ text, kind, start: match.index, end: match.index + match[0].length, inside: [] });
  }
  return nest(flat, { at: 0 }, undefined);
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']' };

function nest(flat: readonly Token[], from: { at: number }, until: string | undefined): readonly Token[] {
  const nested: Token[] = [];
  for (let token = flat[from.at]; token !== undefined; token = flat[from.at]) {
    from.at += 1;
    if (token.text === until) return nested;
    const close = token.kind === 'sign' ? closing[token.text] : undefined;
    if (close === undefined) nested.push(token);
    else {
      const inside = nest(flat, from, close);
      nested.push({ ...token, kind: 'brackets', inside, end: flat[from.at - 1]?.end ?? token.end });
    }
  }
  return nested;
}

/** Parts between the tokens that `separates` names; never inside brackets. */
export function splitTokens(
  tokens: readonly Token[],
  separates: (token: Token, index: number) => boolean,
): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  tokens.forEach((token, index) => {
    if (separates(token, index)) parts.push([]);
    else parts.at(-1)?.push(token);
  });
  return parts;
}
