import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { viewLedger } from '../../src/care/deliveries/view-ledger.ts';
import { findClientOptions } from '../../src/care/clients/search-clients.ts';
import { askOf } from '../care/digest-asks.ts';
import { handOf } from '../helpers/world.ts';
import { openAtSize, type AtSize, type Cost } from './at-size-scene.ts';

/** What each thing may read is the same with 100,000, which `AT_SIZE_CLIENTS` takes: a quarter of an hour. */
const clients = Number(process.env['AT_SIZE_CLIENTS'] ?? 6_000);
const hour = 60 * 60_000;

/** Pushes the clock to a time of the day in New York, in hours. */
function until({ world }: AtSize, hours: number): void {
  const [there = '', minute = ''] = world.clock
    .now()
    .toLocaleTimeString('en-GB', { timeZone: 'America/New_York' })
    .split(':');
  world.clock.advance(Math.round((hours - Number(there) - Number(minute) / 60) * hour));
}

describe(`with ${clients} clients who came in by a sheet, and a year behind them`, () => {
  let at: AtSize;
  const costs: Cost[] = [];
  beforeAll(async () => {
    at = await openAtSize(clients);
  }, 1_800_000);
  afterAll(async () => {
    console.table(costs);
    await at.world.close();
  });
  const within = async (most: number, what: string, act: Parameters<AtSize['costOf']>[1]): Promise<void> => {
    const { result: _result, ...cost } = await at.costOf(what, act);
    costs.push(cost);
    expect(cost.transactions, what).toBeGreaterThan(0);
    expect(cost.pages, what).toBeLessThanOrEqual(most);
  };

  it('all of them are in, each once', async () => {
    expect(at.imported).toMatchObject({ rows: clients, imported: clients, unchanged: 0, refused: [] });
    const there = await at.world.store.inOrganisation('riverside', (tx) => tx.db.client.count());
    expect(there).toBe(clients);
  });

  it('who has clients by it hears of it once, for few pages a message', async () => {
    await within(400 * 1_000, 'the import’s messages, to the last', async () => {
      // Who stated no hours is told from seven on.
      until(at, 7);
      await at.world.service.tick();
    });
  });

  it.each([
    ['coordinator', 'ma', 5_000],
    ['coordinator', 'mar', 2_000],
    ['coordinator', 'maria marti', 2_000],
    ['supervisor', 'ma', 5_000],
    ['supervisor', 'mar', 2_000],
    ['supervisor', 'maria marti', 2_000],
  ] as const)('a %s who types “%s” reads %i pages at most', (role, letters, most) =>
    within(most, `${role} types ${letters}`, (store) =>
      store.inOrganisation('riverside', async (tx) => {
        const person = role === 'coordinator' ? 'maya' : 'dana';
        const who = askOf(tx, at.world.clock.now(), { person, roles: [role] });
        const { options } = await findClientOptions(who, letters);
        if (role === 'supervisor') expect(options.length).toBeGreaterThan(0);
      }),
    ),
  );

  it.each([
    ['maya', 'next', 2_000],
    ['maya', '', 5_000],
    ['maya', 'caseload', 5_000],
    ['maya', 'report', 100_000],
    ['dana', 'next', 2_000],
    ['dana', 'report', 100_000],
    ['dana', 'report team:t0', 60 * clients],
  ] as const)('%s types “%s” and what follows reads %i pages at most', (person, text, most) =>
    within(most, `${person}: ${text === '' ? 'home' : text}`, () => handOf(at.world, 'slack', person).types(text)),
  );

  it('a year’s report of a person or a team reads what they did', async () => {
    const dayBefore = (days: number): string =>
      new Date(at.world.clock.now().getTime() - days * 24 * hour).toISOString().slice(0, 10);
    const days = `${dayBefore(361)} ${dayBefore(1)}`;
    for (const [person, team, most] of [
      ['maya', '', 100_000],
      ['dana', '', 100_000],
      ['dana', ' team:t0', 60 * clients],
    ] as const)
      await within(most, `${person}: a year’s report${team}`, () =>
        handOf(at.world, 'slack', person).types(`report ${days}${team}`),
      );
  });

  it('the week’s post and the morning’s digests read what each of them shows', async () => {
    const posts = (): Promise<number> => at.world.store.inOrganisation('riverside', (tx) => tx.db.post.count());
    const tick = async (): Promise<void> => at.world.service.tick();
    until(at, 7.75);
    await within(100_000, 'the supervisor’s week', tick);
    const before = await posts();
    until(at, 8.5);
    await within(400 * 2_000, 'the morning digest, from tick to last message', tick);
    expect((await posts()) - before).toBeGreaterThanOrEqual(396);
  });

  it('the ledger and its counts', async () => {
    await within(100_000, 'the ledger with its counts', (store) =>
      store.inOrganisation('riverside', (tx) => viewLedger(tx, 50)),
    );
  });

  it.each(['caseload', 'contacts', 'referrals'])('an export of %s reads what it writes out', (name) =>
    within(20 * clients, `export ${name}`, (store) =>
      store.inOrganisation('riverside', async (tx) => {
        const rows = await collectedFeatures.exports.get(name)?.read(tx, {});
        expect(rows?.length).toBeGreaterThan(0);
      }),
    ),
  );
});
