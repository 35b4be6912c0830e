import pg from 'pg';
import { sealedColumns } from '../../src/store/sealed-columns.ts';
import type { World } from '../helpers/world.ts';

export interface Damage {
  /** `table.column` of src/store/sealed-columns.ts. */
  readonly of: string;
  /** Which rows, in SQL over the table. Default: all. */
  readonly where?: string;
  /** `of no shape`: it opens, and holds something else. */
  readonly how: 'flipped' | 'cut' | 'emptied' | 'of another row' | 'of no shape';
}

/** What stood there, by world: put back by `mend`. */
const stood = new WeakMap<World, { at: SealedColumn; id: string; value: Buffer }[]>();

/** As the owner of the database, past row security and the triggers of tables that only grow. */
async function asOwner(world: World, table: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  try {
    await client.query(`alter table ${table} no force row level security, disable trigger user`);
    await work(client);
    await client.query(`alter table ${table} enable trigger user, force row level security`);
  } finally {
    await client.end();
  }
}

const write = (
  client: pg.Client,
  { table, column, row }: SealedColumn,
  id: string,
  value: Uint8Array,
): Promise<unknown> => client.query(`update ${table} set ${column} = $2 where ${row} = $1`, [id, Buffer.from(value)]);

type SealedColumn = (typeof sealedColumns)[number];
function columnOf(name: string): SealedColumn {
  const found = sealedColumns.find(({ table, column }) => `${table}.${column}` === name);
  if (found === undefined) throw new Error(`${name} is no sealed column`);
  return found;
}

/** Damages what is sealed in some rows of a column; returns how they are named in what binds them. */
export async function damage(world: World, { of, where = 'true', how }: Damage): Promise<readonly string[]> {
  const at = columnOf(of);
  const names: string[] = [];
  await asOwner(world, at.table, async (owner) => {
    const { rows } = await owner.query<{ id: string; value: Buffer }>(
      `select ${at.row} as id, ${at.column} as value from ${at.table} where (${where}) and ${at.column} is not null`,
    );
    if (rows.length === 0) throw new Error(`there is nothing to damage in ${of}`);
    for (const { id, value } of rows) {
      stood.set(world, [...(stood.get(world) ?? []), { at, id, value }]);
      await write(owner, at, id, await damaged(world, { ...at, id, value, how }));
      names.push(id);
    }
  });
  return names;
}

async function damaged(
  world: World,
  of: { table: string; column: string; id: string; value: Buffer; how: Damage['how'] },
): Promise<Uint8Array> {
  const changed = Buffer.from(of.value);
  const middle = changed.length >> 1;
  switch (of.how) {
    case 'flipped':
      changed[middle] = (changed[middle] ?? 0) ^ 1;
      return changed;
    case 'cut':
      return changed.subarray(0, middle);
    case 'emptied':
      return new Uint8Array();
    case 'of another row':
    case 'of no shape': {
      const row = of.how === 'of no shape' ? of.id : 'another';
      return world.store.inOrganisation('riverside', (tx) =>
        Promise.resolve(tx.seal({ table: of.table, column: of.column, row }, '{"name":"Dan Dee"}')),
      );
    }
  }
}

/** Puts back what was there before any damage. */
export async function mend(world: World): Promise<void> {
  const before = [...(stood.get(world) ?? [])].reverse();
  stood.delete(world);
  if (before.length === 0) return;
  for (const { at, id, value } of before) {
    await asOwner(world, at.table, (owner) => write(owner, at, id, value));
  }
}
