import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { runCommand } from '../cli/open-cli.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { openWorld, platforms, type World } from '../helpers/world.ts';
import { flat, onlyOn } from './refer-scene.ts';

const minute = 60_000;

describe.each(platforms)('tables are written out by the command line, and supervisors are on %s', (platform) => {
  let world: World;
  let dana: Hand;
  let maya: Hand;
  beforeAll(async () => {
    world = await openWorld();
    dana = await onlyOn(world, platform, 'dana');
    maya = await onlyOn(world, platform, 'maya');
    await enrol(world.store, world.clock, [aClient({ code: 'K7T2-9', name: 'Dan Dee' })]);
  });
  afterAll(() => world.close());

  const exports = async (table: string): Promise<void> => {
    const house = {
      store: world.store,
      features: collectedFeatures,
      clock: world.clock,
      database: { protection: 'local' } as const,
    };
    expect((await runCommand(house, ['export', table, '--format', 'json'])).exit).toBe(0);
    await world.settled();
  };
  const told = (hand: Hand): string[] =>
    hand
      .sees()
      .map((message) => flat(textOf(message)))
      .filter((text) => text.includes('exporting'));

  it('three within an hour tell nobody; each is on record, with how much it was', async () => {
    for (const table of ['contacts', 'caseload', 'audit']) {
      await exports(table);
      world.clock.advance(minute);
    }
    expect(told(dana)).toEqual([]);
    const rows = await world.store.inOrganisation(
      'riverside',
      async (tx) => (await collectedFeatures.exports.get('audit')?.read(tx, {})) ?? [],
    );
    const written = rows.filter(({ verb }) => verb === 'export.write');
    expect(written.map(({ actor, subjectId }) => [actor, subjectId])).toEqual([
      ['cli', 'contacts'],
      ['cli', 'caseload'],
      ['cli', 'audit'],
    ]);
    expect(written[1]?.['detail']).toEqual({ rows: 1, from: null, to: null, actorKind: 'command-line' });
  });

  it('the fourth is done too, and the supervisor is told once; the message follows the next ones', async () => {
    await exports('caseload');
    expect(told(dana)).toHaveLength(1);
    expect(told(dana)[0]).toContain('4 tables were written out.');
    expect(told(dana)[0]).toContain('caseload · 1 row · by the command line');
    for (let more = 0; more < 3; more += 1) await exports('referrals');
    expect(told(dana)).toHaveLength(1);
    expect(told(dana)[0]).toContain('7 tables were written out.');
    expect(told(dana)[0]).not.toMatch(/K7T2|Dan|Dee/);
    expect(told(maya)).toEqual([]);
  });

  it('an hour without much is quiet again, and a later one is told anew', async () => {
    world.clock.advance(61 * minute);
    await exports('caseload');
    expect(told(dana)).toHaveLength(1);
    for (let more = 0; more < 3; more += 1) await exports('caseload');
    expect(told(dana)).toHaveLength(2);
  });
});
