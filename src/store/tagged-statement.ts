/** A tagged template as the server knows it. */
export interface TaggedStatement {
  readonly text: string;
  /** The server parses and plans a text of this name once a connection. */
  readonly name: string;
}

const known = new WeakMap<TemplateStringsArray, TaggedStatement>();
let count = 0;

/**
 * The statement of a template, with `$1` for its first value. A place in the code has one template, which is the same
 * object at every call: so there are as many names as places, and none is computed twice.
 */
export function readTemplate(strings: TemplateStringsArray): TaggedStatement {
  const statement = known.get(strings);
  if (statement !== undefined) return statement;
  const text = strings.reduce((before, part, index) => `${before}$${index}${part}`);
  count += 1;
  const made = { text, name: `tagged_${count}` };
  known.set(strings, made);
  return made;
}
