import pg from 'pg';
import { createSlackInstallations } from '../../src/store/slack-installations.ts';
import { slackTenant, type World } from '../helpers/world.ts';

export interface Damage {
  readonly table: 'client' | 'contact' | 'referral' | 'referral_event' | 'escalation';
  readonly column: 'identity' | 'note' | 'question' | 'words';
  /** Whose: every row about this client. */
  readonly client: string;
  /** `of no shape`: it opens, and holds something else. */
  readonly how: 'flipped' | 'cut' | 'emptied' | 'of another row' | 'of no shape';
}

const rowsOf: Readonly<Record<Damage['table'], string>> = {
  client: 'id = $1',
  contact: 'client_id = $1',
  referral: 'client_id = $1',
  // There is one referral only.
  referral_event: '$1::uuid is not null',
  escalation: 'client_id = $1',
};

/** What stood there, by world: put back by `mend`. */
const stood = new WeakMap<World, { table: string; column: string; id: string; value: Buffer }[]>();

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

const write = (client: pg.Client, table: string, column: string, id: string, value: Uint8Array): Promise<unknown> =>
  client.query(`update ${table} set ${column} = $2 where id = $1`, [id, Buffer.from(value)]);

/** Damages what is sealed in this column about one client. */
export async function damage(world: World, { table, column, client, how }: Damage): Promise<void> {
  await asOwner(world, table, async (owner) => {
    const { rows } = await owner.query<{ id: string; value: Buffer }>(
      `select id::text as id, ${column} as value from ${table} where ${rowsOf[table]} and ${column} is not null`,
      [client],
    );
    if (rows.length === 0) throw new Error(`there is nothing to damage in ${table}.${column}`);
    for (const { id, value } of rows) {
      stood.set(world, [...(stood.get(world) ?? []), { table, column, id, value }]);
      await write(owner, table, column, id, await damaged(world, { table, column, id, value, how }));
    }
  });
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
  for (const { table, column, id, value } of before) {
    await asOwner(world, table, (owner) => write(owner, table, column, id, value));
  }
}

/** The token of an installed workspace, before and after a bit of it changed. */
export async function damageTokenOf(world: World): Promise<{ before: string | undefined; after: string | undefined }> {
  const installations = createSlackInstallations(world.store, world.clock);
  await installations.save({
    tenant: slackTenant,
    botToken: 'xoxb-first',
    installedAt: world.clock.now(),
    installedBy: 'U0SARA',
    state: 'state-of-the-test',
  });
  const before = await installations.botToken(slackTenant);
  await asOwner(world, 'workspace', (owner) =>
    owner.query(
      `update workspace set credentials = set_byte(credentials, 40, get_byte(credentials, 40) # 1) where id = 'rs-slack'`,
    ),
  );
  return { before, after: await installations.botToken(slackTenant) };
}
