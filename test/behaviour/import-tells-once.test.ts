import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectedFeatures } from '../../src/app.ts';
import { importFile } from '../../src/cli/import/import-file.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { openWorld, platforms, type World } from '../helpers/world.ts';
import { onlyOn } from './refer-scene.ts';

describe.each(platforms)('a caseload is imported while people work, on %s', (platform) => {
  let world: World;
  let folder: string;
  let maya: Hand;
  beforeEach(async () => {
    world = await openWorld();
    maya = await onlyOn(world, platform, 'maya');
    folder = await mkdtemp(join(tmpdir(), 'baton-import-'));
  });
  afterEach(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });
  const ownMessages = (): string[] => {
    const shared = new Set(maya.channel().map(({ id }) => id));
    return maya
      .sees()
      .filter(({ id }) => !shared.has(id))
      .map(textOf);
  };
  async function imports(...names: string[]): Promise<void> {
    const path = join(folder, 'sheet.csv');
    const lines = names.map((name, index) => `${name},1980-01-${String(index + 10)},Maya Torres`);
    await writeFile(path, ['Pt Name,DOB,Care Coordinator', ...lines].join('\n'));
    const { store, clock } = world;
    await importFile.run(
      { store, clock, database: { protection: 'local' }, features: collectedFeatures },
      parseArguments(['caseload', path]),
    );
    await world.settled();
  }

  it('their coordinator is told once, with the number and no name', async () => {
    await imports('Ada Abel', 'Ben Bow', 'Cy Cole', 'Di Dunn', 'Eve Eads');
    expect(ownMessages().map((text) => text.replaceAll('\n', ' '))).toEqual([
      'A caseload was imported: 5 clients are new on your caseload. [Show my caseload]',
    ]);
    expect(maya.channel()).toEqual([]);
  });

  it('the same sheet again tells nobody anything', async () => {
    await imports('Ada Abel');
    await imports('Ada Abel');
    expect(ownMessages()).toHaveLength(1);
    expect(ownMessages()[0]).toContain('1 client is new');
  });

  it('one tap shows the caseload', async () => {
    await imports('Ada Abel', 'Ben Bow');
    expect((await maya.presses('Show my caseload')).text).toContain('Your caseload: 2');
  });

  it('the digest that is out already shows what came in', async () => {
    await maya.types('digest now');
    await world.settled();
    expect(ownMessages().join('\n')).toContain('Nothing is waiting on you.');
    await imports('Ada Abel', 'Ben Bow');
    expect(ownMessages().join('\n')).toContain('2 need you today.');
  });
});
