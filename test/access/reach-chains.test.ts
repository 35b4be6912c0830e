import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyRole, type Role } from '../../src/access/roles.ts';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';
import { openChain, type Chain } from './chain-scene.ts';

/** How Tom stands to the client: accountable, of the same team, of another. */
const relations = ['own', 'team', 'other'] as const;
type Relation = (typeof relations)[number];
/** Whose rota names him now. */
const duties = ['none', 'of-its-team', 'elsewhere'] as const;
type Duty = (typeof duties)[number];

/** What came of a chain, by the plain rule; whether Tom may act at all depends on his role, or on having been told. */
interface Outcome {
  readonly told?: true;
  readonly taken?: boolean;
  readonly raised?: true;
  readonly ended?: boolean;
  readonly glass?: 'reach' | 'read';
}
const resolved = { outcome: 'safe-now', disposition: 'no-change' } as const;

/** The ladder of a crisis and of a concern tells Sara; that of an urgent one tells Tom. A concern needs two. */
const chains: Readonly<Record<string, (chain: Chain) => Promise<Outcome>>> = {
  async untold(chain) {
    await chain.raises('maya', 'crisis');
    return {};
  },
  async 'raised it'(chain) {
    await chain.raises('tom', 'crisis');
    return { raised: true };
  },
  async 'raised what would have told him'(chain) {
    await chain.raises('tom', 'urgent');
    return { raised: true };
  },
  async 'raised it, took it'(chain) {
    await chain.raises('tom', 'crisis');
    return { raised: true, taken: await chain.acts('tom', 'acknowledge') };
  },
  async 'took it'(chain) {
    await chain.raises('maya', 'crisis');
    return { taken: await chain.acts('tom', 'acknowledge') };
  },
  async 'was the second'(chain) {
    await chain.raises('maya', 'concern');
    await chain.acts('sara', 'acknowledge');
    return { taken: await chain.acts('tom', 'second-acknowledge') };
  },
  async 'took it over'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.acts('sara', 'acknowledge');
    return { taken: await chain.acts('tom', 'take-over') };
  },
  async 'escalated it further'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.acts('tom', 'escalate-further');
    return {};
  },
  async 'was told'(chain) {
    await chain.raises('maya', 'urgent');
    return { told: true };
  },
  async 'was told, it is resolved'(chain) {
    await chain.raises('maya', 'urgent');
    await chain.acts('dana', 'resolve', resolved);
    return { told: true, ended: true };
  },
  async 'covers who was told'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.acts('sara', 'acknowledge');
    await chain.passes('sara', 'tom', 'cover');
    return { told: true };
  },
  async 'covers who took it from a list'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.acts('li', 'acknowledge');
    await chain.passes('li', 'tom', 'cover');
    return {};
  },
  async 'took it, was away, is back'(chain) {
    await chain.raises('maya', 'crisis');
    const took = await chain.acts('tom', 'acknowledge');
    if (took) await chain.passes('tom', 'sara', 'cover');
    if (took) await chain.passes('sara', 'tom', 'returned');
    return {};
  },
  async 'is the heir of who took it'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.acts('li', 'acknowledge');
    await chain.leaves('li', 'tom');
    return { told: true };
  },
  async 'took it, it lapsed'(chain) {
    await chain.raises('maya', 'crisis');
    if (await chain.acts('tom', 'acknowledge')) await chain.lapses();
    return {};
  },
  async 'took it, it lapsed, took it again'(chain) {
    await chain.raises('maya', 'crisis');
    if (await chain.acts('tom', 'acknowledge')) await chain.lapses();
    return { taken: await chain.acts('tom', 'acknowledge') };
  },
  async 'was told, resolved it, opened it again'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.acts('sara', 'acknowledge');
    await chain.passes('sara', 'tom', 'cover');
    await chain.acts('tom', 'resolve', resolved);
    await chain.acts('tom', 'reopen', { reason: 'not-settled' });
    return {};
  },
  async 'was told, opened it again, took it'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.acts('sara', 'acknowledge');
    await chain.passes('sara', 'tom', 'cover');
    await chain.acts('dana', 'resolve', resolved);
    await chain.acts('tom', 'reopen', { reason: 'not-settled' });
    return { taken: await chain.acts('tom', 'acknowledge') };
  },
  async 'accepted a referral'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.refersAndAccepts();
    return {};
  },
  async 'accepted a referral, took it'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.refersAndAccepts();
    return { taken: await chain.acts('tom', 'acknowledge') };
  },
  async 'took it, broke the glass to reach'(chain) {
    await chain.raises('maya', 'crisis');
    const taken = await chain.acts('tom', 'acknowledge');
    await chain.breaksGlass('reach');
    return { taken, ...(taken ? { glass: 'reach' } : {}) };
  },
  async 'took it, broke the glass to read'(chain) {
    await chain.raises('maya', 'crisis');
    const taken = await chain.acts('tom', 'acknowledge');
    await chain.breaksGlass('read');
    return { taken, ...(taken ? { glass: 'read' } : {}) };
  },
  async 'broke the glass, it is resolved'(chain) {
    await chain.raises('maya', 'crisis');
    const taken = await chain.acts('tom', 'acknowledge');
    await chain.breaksGlass('reach');
    await chain.acts('dana', 'resolve', resolved);
    return { taken, ended: true };
  },
  async 'broke the glass, it was opened again, took it'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.acts('tom', 'acknowledge');
    await chain.breaksGlass('reach');
    await chain.acts('dana', 'resolve', resolved);
    await chain.acts('dana', 'reopen', { reason: 'not-settled' });
    return { taken: await chain.acts('tom', 'acknowledge') };
  },
};

/** The plain rule, written here once more. */
const seesAll: readonly Role[] = ['supervisor', 'director', 'psychiatric-consultant', 'prescriber'];
const seesTeam: readonly Role[] = ['coordinator', 'peer-specialist', 'clinician'];
const sees = (role: Role, relation: Relation): boolean =>
  seesAll.includes(role) || (seesTeam.includes(role) && relation !== 'other');
type Shown = 'all' | 'own' | 'asked' | 'refused';

function expected(of: { role: Role; relation: Relation; duty: Duty }, came: Outcome): { reach: Shown; read: Shown } {
  const { told, taken, raised, ended, glass } = came;
  if (sees(of.role, of.relation)) return { reach: 'all', read: 'all' };
  const onDuty = of.duty === 'of-its-team' || (of.duty === 'elsewhere' && raised === true);
  if (ended === true) return { reach: 'refused', read: told === true ? 'all' : 'refused' };
  if (told === true || onDuty) return { reach: 'all', read: 'all' };
  const asks: Shown = taken === true ? 'asked' : 'refused';
  return {
    reach: glass === 'reach' ? 'all' : asks,
    read: glass === 'read' ? 'all' : taken === true ? 'asked' : raised === true ? 'own' : 'refused',
  };
}

function shownOf(text: string): Shown {
  if (text.startsWith('refused')) return 'refused';
  if (text.includes('555-0101') || text.includes('LATER')) return 'all';
  if (text.includes('Life is at risk now')) return 'asked';
  return text.includes('MINE') ? 'own' : 'refused';
}

class Undo extends Error {}

describe('chains of permitted acts', () => {
  const clock = createPushableClock({ start: new Date('2026-11-23T15:00:00Z'), frozen: true });
  let database: TestDatabase;
  let store: Store;
  const clients = {} as Record<Relation, { id: string; code: string }>;
  beforeAll(async () => {
    database = await createDatabase();
    store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(1), clock, ids: randomIds });
    const tells = (person: string): string => `{ steps: [{ after: 0, tell: [{ person: ${person} }] }]`;
    const ladders = `    escalation: { crisis: ${tells('sara')} }, urgent: ${tells('tom')} }, concern: ${tells('sara')}, needsTwo: true } }\n`;
    const file = await readSample((text) =>
      text.replace(/ {4}name: (?:East|West) team\n/g, (line) => `${line}${ladders}`),
    );
    await applyFile(store, file, clock);
    const made = await enrol(store, clock, [
      aClient({ name: 'Own One', team: 'west', coordinator: 'tom' }),
      aClient({ name: 'Team Two', team: 'west', coordinator: 'li' }),
      aClient({ name: 'Other Three', team: 'east', coordinator: 'maya' }),
    ]);
    relations.forEach((relation, index) => {
      clients[relation] = made[index] ?? { id: '', code: '' };
    });
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  /** Runs one chain and takes everything back. */
  async function run(cell: Cell): Promise<{ reach: Shown; read: Shown; wanted: { reach: Shown; read: Shown } }> {
    const { role, relation, duty, chain } = cell;
    let result: Awaited<ReturnType<typeof run>> | undefined;
    const client = clients[relation];
    const work = store.inOrganisation('riverside', async (tx) => {
      const home = relation === 'other' ? 'east' : 'west';
      const team = duty === 'none' ? '' : duty === 'of-its-team' ? home : home === 'east' ? 'west' : 'east';
      const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
      const pattern = days.map((weekday) => ({ weekday, from: '00:00', to: '00:00', person: 'tom' }));
      await tx.db.$executeRaw`
        update team set policies = policies || ${JSON.stringify({ duty: { pattern } })}::jsonb where id = ${team}`;
      await tx.db.$executeRaw`update person set roles = ${[role]}::text[] where id = 'tom'`;
      const opened = openChain(tx, { roles: [role], client: client.id, code: client.code, start: clock.now() });
      const came = await chains[chain]?.(opened);
      if (came === undefined) throw new Error(`no chain ${chain}`);
      const [reach, read] = [shownOf(await opened.presses('reach')), shownOf(await opened.presses('read'))];
      result = { reach, read, wanted: expected({ role, relation, duty }, came) };
      throw new Undo();
    });
    await work.catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
    if (result === undefined) throw new Error('the chain was not run');
    return result;
  }

  interface Cell {
    readonly role: Role;
    readonly relation: Relation;
    readonly duty: Duty;
    readonly chain: string;
  }
  /** Everything for a coordinator; for other roles without duty, and only where they are told apart by what they see. */
  const cells = Object.keys(chains).flatMap((chain): readonly Cell[] => [
    ...relations.flatMap((relation) => duties.map((duty): Cell => ({ role: 'coordinator', relation, duty, chain }))),
    ...everyRole
      .filter((role) => role !== 'coordinator')
      .map((role): Cell => ({ role, relation: 'other', duty: 'none', chain })),
    ...(['billing', 'admin'] as const).map((role): Cell => ({ role, relation: 'own', duty: 'none', chain })),
  ]);

  it('open a client, and what was written, to nobody whom no single act would', async () => {
    const wrong: string[] = [];
    let [refused, allowed] = [0, 0];
    for (const cell of cells) {
      const { wanted, ...got } = await run(cell);
      for (const what of ['reach', 'read'] as const) {
        if (got[what] === 'all' || got[what] === 'own') allowed += 1;
        else refused += 1;
        if (got[what] !== wanted[what]) {
          const where = `${cell.role} · ${cell.relation} · duty ${cell.duty} · ${cell.chain}`;
          wrong.push(`${where}: ${what} ${got[what]}, not ${wanted[what]}`);
        }
      }
    }
    process.stdout.write(`chains: ${cells.length * 2} cells, ${refused} refused, ${allowed} allowed\n`);
    expect(wrong).toEqual([]);
    expect(refused).toBeGreaterThan(0);
  });
});
