import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, onlyOn } from '../behaviour/refer-scene.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { openWorld, platforms, type World } from '../helpers/world.ts';
import { waitFor } from '../helpers/patient.ts';

const jons = { slack: 'U0JON', teams: '0a000000-0000-4000-8000-0000000000a2' } as const;

/** docs/faults.md, F36: people are faster than the answer by which we learn that their message is out. */
describe.each(platforms)('a button pressed before %s has told that its message is out', (platform) => {
  let world: World;
  let maya: Hand;
  let jon: Hand;
  beforeAll(async () => {
    world = await openWorld();
    maya = await onlyOn(world, platform, 'maya');
    jon = await onlyOn(world, platform, 'jon');
    await enrol(world.store, world.clock, [aClient({ code: 'K7T2-9' })]);
  });
  afterAll(() => world.close());
  const jonsCopy = () =>
    world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$queryRaw<{ state: string; attempts: number }[]>`
        select d.state, d.attempts from delivery d
        join post p on p.organisation_id = d.organisation_id and p.id = d.post_id
        where p.kind = 'referrals.card' and p.destination = 'jon'`,
    );

  it('F36 acts, and the message follows once its place is known: one message, the newest words', async () => {
    if (platform === 'slack') {
      const channel = world.slack.direct(jons.slack);
      world.slack.faults.set([{ kind: 'late-reply', method: 'chat.postMessage', channel, times: 1, delayMs: 3_000 }]);
    } else {
      const conversation = world.teams.chatOf(jons.teams) ?? '';
      world.teams.faults.add({ kind: 'late-reply', conversation, times: 1, milliseconds: 3_000 });
    }
    const asked = maya.types('refer K7T2-9 to @jon urgent');
    await waitFor(() => expect(jon.sees().map(textOf).join()).toContain('Referral: K7T2-9'));
    expect(await jonsCopy()).toEqual([{ state: 'sending', attempts: 1 }]);
    const pressed = jon.presses('Accept');
    await Promise.all([asked, pressed]);
    await world.settled();
    expect((await jonsCopy()).map(({ state }) => state)).toEqual(['sent']);
    const copy = await copyOf(world, jon, 'K7T2-9');
    expect(copy.buttons).not.toContain('Accept');
    expect(copy.text).toContain('accepted');
  });
});
