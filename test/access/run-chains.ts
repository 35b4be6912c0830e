import type { Role } from '../../src/access/roles.ts';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore } from '../../src/store/store.ts';
import { createDatabase } from '../helpers/database.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';
import { chains, expected, relations, shownOf, type Duty, type Relation, type Shown } from './chain-rule.ts';
import { openChain } from './chain-scene.ts';

/** One chain for one role, one relation to the client, one rota. */
export interface Cell {
  readonly role: Role;
  readonly relation: Relation;
  readonly duty: Duty;
  readonly chain: string;
}

export interface Counted {
  readonly cells: number;
  readonly refused: number;
  readonly allowed: number;
  /** What came out otherwise than by the plain rule. */
  readonly wrong: readonly string[];
}

class Undo extends Error {}

/** Runs every cell for itself and takes everything back; each is a reach and a read. */
export async function runChains(cells: readonly Cell[]): Promise<Counted> {
  const clock = createPushableClock({ start: new Date('2026-11-23T15:00:00Z'), frozen: true });
  const database = await createDatabase();
  const store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(1), clock, ids: randomIds });
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

  async function run({ role, relation, duty, chain }: Cell): Promise<readonly (readonly [Shown, Shown])[]> {
    let result: readonly (readonly [Shown, Shown])[] = [];
    const client = made[relations.indexOf(relation)];
    const acts = chains[chain];
    if (client === undefined || acts === undefined) throw new Error(`no chain ${chain}`);
    const work = store.inOrganisation('riverside', async (tx) => {
      const [home, away] = relation === 'other' ? ['east', 'west'] : ['west', 'east'];
      const team = duty === 'none' ? '' : duty === 'of-its-team' ? home : away;
      const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
      const pattern = days.map((weekday) => ({ weekday, from: '00:00', to: '00:00', person: 'tom' }));
      await tx.db.$executeRaw`
        update team set policies = policies || ${JSON.stringify({ duty: { pattern } })}::jsonb where id = ${team}`;
      await tx.db.$executeRaw`update person set roles = ${[role]}::text[] where id = 'tom'`;
      const opened = openChain(tx, { roles: [role], client: client.id, code: client.code, start: clock.now() });
      const wanted = expected({ role, relation, duty }, await acts(opened));
      result = [
        [shownOf(await opened.presses('reach')), wanted.reach],
        [shownOf(await opened.presses('read')), wanted.read],
      ];
      throw new Undo();
    });
    await work.catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
    return result;
  }

  try {
    const wrong: string[] = [];
    let allowed = 0;
    for (const cell of cells) {
      for (const [index, [got, wanted]] of (await run(cell)).entries()) {
        if (got === 'all' || got === 'own') allowed += 1;
        const where = `${cell.role} · ${cell.relation} · duty ${cell.duty} · ${cell.chain} · ${index === 0 ? 'reach' : 'read'}`;
        if (got !== wanted) wrong.push(`${where}: ${got}, not ${wanted}`);
      }
    }
    return { cells: cells.length * 2, refused: cells.length * 2 - allowed, allowed, wrong };
  } finally {
    await store.close();
    await database.drop();
  }
}
