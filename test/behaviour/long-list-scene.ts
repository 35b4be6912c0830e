import { aClient, enrol } from '../helpers/organisation.ts';
import type { Hand, Screen } from '../helpers/screen.ts';
import { openWorld, type World } from '../helpers/world.ts';
import { onlyOn } from './refer-scene.ts';

export const size = 300;

export interface Caseload {
  readonly world: World;
  readonly maya: Hand;
  /** Of her clients, all due on the same day: sorted, which is then the order for acting. */
  readonly codes: readonly string[];
}

/** A coordinator with 300 clients due, and her digest. */
export async function openCaseload(platform: 'slack' | 'teams'): Promise<Caseload> {
  const world = await openWorld();
  const maya = await onlyOn(world, platform, 'maya');
  const enrolled = await enrol(
    world.store,
    world.clock,
    Array.from({ length: size }, (_, index) => ({
      ...aClient({ name: `Client Number${index}`, born: '1980-01-01' }),
      dueOn: '2026-11-20',
    })),
  );
  await maya.types('digest now');
  await world.delivered();
  return { world, maya, codes: enrolled.map(({ code }) => code).sort() };
}

/** The label of the button to the next page, with how many rows stand there. */
export const nextLabel = (screen: Screen): string | undefined =>
  screen.buttons.find((label) => label.startsWith('Next'));
