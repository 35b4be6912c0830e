import { afterAll, beforeAll, expect, it } from 'vitest';
import { doctor } from '../../src/cli/doctor.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { collectedFeatures } from '../../src/app.ts';
import { pagesOf } from '../behaviour/pager-scene.ts';
import { openPagerGateway, type PagerGateway } from '../helpers/pager-gateway.ts';
import { openWorld, type World } from '../helpers/world.ts';

let world: World;
let gateway: PagerGateway;
beforeAll(async () => {
  gateway = await openPagerGateway();
  world = await openWorld();
});
afterAll(async () => {
  await world.close();
  await gateway.close();
});
const look = async (pager?: PagerGateway['settings']): Promise<string> => {
  const house = {
    store: world.store,
    database: { protection: 'local' },
    features: collectedFeatures,
    clock: world.clock,
  } as const;
  const { text } = await doctor.run({ ...house, ...(pager === undefined ? {} : { pager }) }, parseArguments([]));
  return text
    .split('\n')
    .filter((line) => line.includes(' pager: '))
    .join('\n');
};

it('says that nobody is rung where no gateway is set', async () => {
  expect(await look()).toBe('ok   pager: not set: nobody is rung beside the chat');
});

it('says whether pages arrive, and what was given up; sends nothing and names no setting', async () => {
  expect(await look(gateway.settings)).toBe('ok   pager: riverside: set; no page has arrived yet');
  await pagesOf(world, [{ state: 'sent', sentAt: '2026-11-23T13:00:00Z' }, { state: 'parked' }, { state: 'parked' }]);
  const says = await look(gateway.settings);
  expect(says).toBe(
    'look pager: riverside: set; the last page arrived 2026-11-23T13:00:00.000Z; 2 pages were given up',
  );
  expect(gateway.bodies).toEqual([]);
});
