/** A longer text is a bulk statement, whose text differs with every count of rows: hardly ever seen again. */
const longest = 4_000;
const unnamed = '';

/**
 * Names for statements, so that the server parses and plans each once a connection instead of every time: much of what
 * a short query costs there, with row security in every plan. The same text always has the same name. At most `most`
 * texts are named; what comes later, what takes no values (`BEGIN`) and bulk text stay unnamed (the empty name).
 */
export function createStatementNames(
  most: number,
): (statement: { readonly sql: string; readonly args: readonly unknown[] }) => string {
  const names = new Map<string, string>();
  return ({ sql, args }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (args.length === 0 || sql.length > longest || names.size >= most) return unnamed;
    const name = `baton_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
