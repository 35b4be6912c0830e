import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import { waitFor } from '../helpers/patient.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';

/** Milliseconds that no other pause lasts: how long the platform is asked who somebody is. */
const patience = 40_002;

describe.each(platforms)('where %s does not say who somebody is', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ patienceMs: patience });
    await enrol(world.store, world.clock, [aClient({ code: 'K7T2-9' })]);
    await world.settled();
  });
  afterAll(() => world.close());

  const beSilent = (): void => {
    if (platform === 'slack') world.slack.faults.set([{ kind: 'hang', method: 'users.info', times: 1 }]);
    // The local Teams fails for messages only: here the question itself never comes back.
    else Object.assign(world.service.teams?.sender ?? {}, { inspectUser: () => new Promise(() => undefined) });
  };

  it('people are answered after a moment in which nothing is held, and after three of them at once', async () => {
    const pause = world.clock.pause.bind(world.clock);
    const moments: (() => void)[] = [];
    vi.spyOn(world.clock, 'pause').mockImplementation((milliseconds) =>
      milliseconds === patience / 2 ? new Promise((resolve) => moments.push(resolve)) : pause(milliseconds),
    );
    for (const person of ['maya', 'jon', 'sara'] as const) {
      beSilent();
      const typed = handOf(world, platform, person).types('help');
      await waitFor(() => expect(moments).toHaveLength(1));
      // As long as the question stands nothing holds a connection: what others do beside it for a moment gives theirs back.
      await waitFor(() => expect(world.store.pressure().app).toMatchObject({ inUse: 0, waiting: 0 }));
      moments.pop()?.();
      expect((await typed).text).toContain('escalate');
    }
    beSilent();
    expect((await handOf(world, platform, 'dana').types('help')).text).toContain('escalate');
    expect(moments).toHaveLength(1);
  });
});
