/** Which room writes and reads which table: by its tagged statements, and by Prisma's typed client. */
export interface TableUse {
  readonly table: string;
  /** `care/escalations`, `delivery`; a file directly in src stands for itself: `require-demo.ts`. */
  readonly room: string;
  readonly does: 'reads' | 'writes';
}

interface Source {
  /** Path from the checkout. */
  readonly file: string;
  readonly text: string;
}

/** The tables of a Prisma schema, by the name of their model as the typed client writes it. */
export function readTables(schema: string): ReadonlyMap<string, string> {
  const models = schema.matchAll(/^model (\w+) \{(?:.*\n)*?.*@@map\("([a-z_]+)"\)/gm);
  return new Map(
    [...models].map(([, model = '', table = '']) => [model.charAt(0).toLowerCase() + model.slice(1), table]),
  );
}

const roomOf = (file: string): string => {
  const [, first = '', second = ''] = file.split('/');
  return first === 'care' ? `care/${second}` : first;
};

/** Every use of a table once, in the order of tables, rooms and acts. */
export function findTableUses(sources: readonly Source[], tables: ReadonlyMap<string, string>): readonly TableUse[] {
  const known = new Set(tables.values());
  const found = new Map<string, TableUse>();
  const note = (file: string, table: string | undefined, does: TableUse['does']): void => {
    if (table === undefined || !known.has(table)) return;
    const use = { table, room: roomOf(file), does };
    found.set(`${table} ${use.room} ${does}`, use);
  };
  for (const { file, text } of sources) {
    for (const [, statement = ''] of text.matchAll(/\$(?:queryRaw|executeRaw|writeRaw)(?:<[^`]*>)?`([^`]*)`/g)) {
      for (const [, table] of statement.matchAll(/(?:\binsert into|(?<!for )\bupdate|\bdelete from)\s+([a-z_]+)/g))
        note(file, table, 'writes');
      const reading = statement.replaceAll(/\bdelete from\b/g, '');
      for (const [, table] of reading.matchAll(/\b(?:from|join)\s+([a-z_]+)/g)) note(file, table, 'reads');
    }
    for (const [, model = '', does = ''] of text.matchAll(/\bdb\.(\w+)\.(find|count|create|update|delete|upsert)/g))
      note(file, tables.get(model), does === 'find' || does === 'count' ? 'reads' : 'writes');
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, use]) => use);
}
