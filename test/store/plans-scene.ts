import pg from 'pg';
import { listDeliveries } from '../../src/care/deliveries/ledger-records.ts';
import { collectedFeatures } from '../../src/app.ts';
import { connectAs } from '../../src/store/connect-as.ts';
import { toParameter } from '../../src/store/sql-values.ts';
import type { Store } from '../../src/store/store.ts';
import { fillYears } from '../helpers/fill-years.ts';
import { recordStatements, type SentStatement } from '../helpers/record-statements.ts';
import { handOf, openWorld, type World } from '../helpers/world.ts';

const day = 24 * 60 * 60_000;

/**
 * Tables that grow with the organisation or with what is under way, not with time: reading one whole is no mistake. Forms
 * are forgotten after days, timers and holds when they are due.
 */
const small = new Set(
  `organisation organisation_key workspace partner team team_place person identity conversation_reference schedule hold timer
   form_session departure stranger_day duty_override duty_cover duty_check absence absence_item`.split(/\s+/),
);

/**
 * Gauges and histograms of the metrics count every escalation there ever was: thousands where there are millions of other
 * rows. They are the only statements that may.
 */
const countsAll = (text: string): boolean =>
  (text.includes('from escalation_event v') && text.includes('group by 1, 3')) ||
  text.includes('select severity, state, late, count(*)::int as count from escalation');

export interface Filled {
  readonly world: World;
  /** What the service has in place of its store. */
  readonly store: Store;
  /** Everything the service sent. */
  sent(): readonly SentStatement[];
}

/** An organisation of so many clients with two years of work behind it, as the service finds it. */
export async function openFilled(count: number): Promise<Filled> {
  let recorded: ReturnType<typeof recordStatements> | undefined;
  const world = await openWorld({
    storeThrough: (store) => {
      recorded = recordStatements(store);
      return recorded.store;
    },
  });
  if (recorded === undefined) throw new Error('the world opened without its store');
  // A statement takes a minute at most.
  const batch = 10_000;
  for (let from = 0; from < count; from += batch) {
    const size = Math.min(batch, count - from);
    await world.store.inOrganisation('riverside', (tx) => fillYears(tx, { count: size, from }, world.clock.now()));
  }
  const owner = new pg.Client({ connectionString: world.databaseUrl });
  await owner.connect();
  await owner.query('vacuum analyze');
  await owner.end();
  return { world, ...recorded };
}

const codesOf = (world: World, person: string): Promise<readonly string[]> =>
  world.store.inOrganisation('riverside', async (tx) => {
    const rows = await tx.db.$queryRaw<{ code: string }[]>`
      select c.code from client c join coordinator_assignment a on a.organisation_id = c.organisation_id and a.client_id = c.id
      where c.organisation_id = ${tx.organisation} and a.person_id = ${person} order by c.code limit 2`;
    return rows.map(({ code }) => code);
  });

/** Ordinary days and nights: what people do, what comes by itself, what is looked at from outside. */
export async function walk({ world, store, sent }: Filled): Promise<readonly SentStatement[]> {
  const [first = '', second = ''] = await codesOf(world, 'maya');
  for (const [person, lines] of [
    [
      'maya',
      [
        ...['', 'next', `client ${first}`, `log ${first} phone reached 15m fu fri`, `log ${second} visit no-show`],
        ...['caseload', 'digest now', 'digest use', 'escalate list', `escalate ${first} urgent`],
        ...[
          `refer ${first} to team:west urgent`,
          'refer list',
          'huddle',
          'huddle list',
          'report',
          'duty',
          'absence list',
        ],
      ],
    ],
    ['dana', ['next', 'digest use', 'report from 2026-01-01', 'escalate list', 'huddle start', 'caseload']],
  ] as const)
    for (const line of lines) await handOf(world, 'slack', person).types(line);
  for (let night = 0; night < 8; night += 1) {
    world.clock.advance(day);
    await world.service.tick();
    await world.settled();
  }
  await fetch(`${world.service.url}/metrics`);
  const range = { from: '2026-11-20', to: '2026-11-23' };
  await store.inOrganisation('riverside', async (tx) => {
    await listDeliveries(tx, 50);
    await collectedFeatures.exports.get('audit')?.read(tx, range);
  });
  return sent();
}

/** A table that a statement reads whole. */
export interface WholeRead {
  readonly table: string;
  readonly statement: string;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/**
 * What the plans of these statements read whole, of tables that grow with time. `atAnySize`: also of those that are empty
 * here; then a plan counts only where no index could have been used.
 */
export async function findWholeReads(
  url: string,
  statements: readonly SentStatement[],
  { atAnySize }: { readonly atAnySize: boolean },
): Promise<readonly WholeRead[]> {
  const connections = {
    app: new pg.Client(connectAs(url, 'baton_app')),
    worker: new pg.Client(connectAs(url, 'baton_worker')),
  };
  await Promise.all(Object.values(connections).map((connection) => connection.connect()));
  try {
    const filled = await connections.app.query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and reltuples > 1000`,
    );
    const known = new Set(filled.rows.map(({ name }) => name));
    const counts = (table: string): boolean => !small.has(table) && (atAnySize || known.has(table));
    const found = new Map<string, WholeRead>();
    for (const { organisation = '', text, values } of statements.filter((one) => !countsAll(one.text))) {
      const connection = organisation === '' ? connections.worker : connections.app;
      await connection.query(`begin; set local enable_seqscan = ${atAnySize ? 'off' : 'on'}`);
      await connection.query(`select set_config('baton.organisation', $1, true)`, [organisation]);
      const { rows } = await connection.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
        `explain (format json) ${text}`,
        values.map(toParameter),
      );
      await connection.query('rollback');
      for (const table of tablesReadWhole(rows[0]?.['QUERY PLAN'][0]?.Plan))
        if (counts(table)) found.set(`${table} ${text}`, { table, statement: text.trim() });
    }
    return [...found.values()];
  } finally {
    await Promise.all(Object.values(connections).map((connection) => connection.end()));
  }
}

function tablesReadWhole(node: PlanNode | undefined): readonly string[] {
  if (node === undefined) throw new Error('no plan was given');
  const inner = (node.Plans ?? []).flatMap(tablesReadWhole);
  return node['Node Type'].endsWith('Seq Scan') ? [...inner, node['Relation Name'] ?? ''] : inner;
}
