import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { usualLimit } from '../../src/dispatch/command-limit.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { startSecondService } from '../helpers/second-service.ts';
import { textOf } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, slackTenant, teamsTenant, type World } from '../helpers/world.ts';
import { lineOfMaya, send } from '../faults/raw-requests.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const heldUp = /That was more than 20 commands within 10 seconds, so I did nothing with this one/;
const second = 1_000;

interface Counts {
  readonly contacts: number;
  /** Denials on record because of speed. */
  readonly bursts: number;
}
const count = (world: World): Promise<Counts> =>
  world.store.inOrganisation('riverside', async (tx) => {
    const rows = await tx.db.$queryRaw<Counts[]>`
      select (select count(*)::int from contact where organisation_id = ${tx.organisation}) as contacts,
             (select count(*)::int from audit_event where organisation_id = ${tx.organisation}
                and verb = 'access.denied' and subject_id = 'too-fast') as bursts`;
    return rows[0] ?? { contacts: 0, bursts: 0 };
  });

const openLimited = async (): Promise<World> => {
  const world = await openWorld({ limit: usualLimit });
  await enrol(world.store, world.clock, [{ ...aClient({ code: 'K7T2-9', name: 'Dan Dee' }), dueOn: '2026-11-23' }]);
  return world;
};

describe.each(platforms)('somebody who types more at a stroke than anybody does, on %s', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await openLimited();
  });
  afterAll(() => world.close());
  // Whatever was done before has fallen out of the window.
  beforeEach(() => world.clock.advance(60 * second));

  it('is told in words when to go on; nothing changed, once on record, and then it goes on', async () => {
    const maya = handOf(world, platform, 'maya');
    const before = await count(world);
    for (let step = 0; step < 20; step += 1) await maya.types('log K7T2-9 phone no-answer');
    world.clock.advance(3 * second);
    for (let step = 0; step < 3; step += 1) {
      const screen = await maya.types('log K7T2-9 phone no-answer');
      expect(screen.text).toMatch(heldUp);
      expect(screen.text).toContain('Please try again in 7 seconds.');
      expect(screen.text).not.toMatch(/K7T2|Dan|Dee|D\.D\./);
    }
    expect(await count(world)).toEqual({ contacts: before.contacts + 20, bursts: before.bursts + 1 });
    // Buttons are not commands; others are not concerned.
    expect((await maya.presses('Undo')).text).not.toMatch(heldUp);
    expect((await handOf(world, platform, 'jon').types('next')).text).not.toMatch(heldUp);

    world.clock.advance(7 * second - 1);
    expect((await maya.types('next')).text).toContain('Please try again in 1 second.');
    world.clock.advance(1);
    expect((await maya.types('log K7T2-9 phone no-answer')).text).toContain('Logged');
    expect(await count(world)).toEqual({ contacts: before.contacts + 21, bursts: before.bursts + 1 });
  });

  it('can send the form that is open: only what is typed is counted', async () => {
    const maya = handOf(world, platform, 'maya');
    const before = await count(world);
    for (let step = 0; step < 19; step += 1) await maya.types('next');
    await maya.types('log K7T2-9');
    await maya.fills({ mode: 'phone', outcome: 'no-answer' });
    expect((await count(world)).contacts).toBe(before.contacts + 1);
    expect((await maya.types('next')).text).toMatch(heldUp);
  });

  it('is never held up where somebody waits for help, and that holds up nothing else', async () => {
    const [maya, jon] = [handOf(world, platform, 'maya'), handOf(world, platform, 'jon')];
    for (let step = 0; step < 25; step += 1) await jon.types('escalate list');
    for (let step = 0; step < 20; step += 1) await Promise.all([maya.types('next'), jon.types('next')]);
    for (const hand of [maya, jon]) expect((await hand.types('next')).text).toMatch(heldUp);
    expect((await jon.types('escalate K7T2-9 crisis')).text).toContain('Escalated');
    await world.settled();
    await maya.presses('Acknowledge');
    await world.settled();
    await maya.presses('Resolve');
    await maya.fills({ outcome: 'safe-now', disposition: 'increased-contact' });
    const [row] = await world.store.inOrganisation(
      'riverside',
      async (tx) => (await collectedFeatures.exports.get('escalations')?.read(tx, {})) ?? [],
    );
    expect(row).toMatchObject({ state: 'resolved', owner: 'maya' });
    expect((await maya.types('next')).text).toMatch(heldUp);
  });

  it('counts a repetition once, and gives the first answer again', async () => {
    for (let step = 0; step < 19; step += 1) await handOf(world, platform, 'maya').types('next');
    const line = await lineOfMaya(world, platform, 'log K7T2-9 phone no-answer', `repeated-${platform}`);
    const before = await count(world);
    const said = new Set<string>();
    for (let time = 0; time < 4; time += 1) said.add((await send(world.service.url, line)).text);
    await world.settled();
    expect(said.size).toBe(1);
    expect(await count(world)).toEqual({ ...before, contacts: before.contacts + 1 });
    // The refusal of the next one is its first answer, later too.
    const late = await lineOfMaya(world, platform, 'log K7T2-9 phone no-answer', `late-${platform}`);
    const refused = [];
    for (const wait of [0, 60 * second]) {
      world.clock.advance(wait);
      refused.push((await send(world.service.url, late)).text);
      await world.settled();
    }
    expect(refused[0]).toBe(refused[1]);
    expect((await count(world)).contacts).toBe(before.contacts + 1);
    expect(handOf(world, platform, 'maya').sees().map(textOf).join('\n') + refused.join('')).toMatch(heldUp);
  });
});

describe('a person on both platforms, before two services', () => {
  let world: World;
  beforeAll(async () => {
    world = await openLimited();
  });
  afterAll(() => world.close());

  it('does twenty things of forty that come at the same moment, and the burst is on record once', async () => {
    const other = await startSecondService(world, world.clock, usualLimit);
    const before = await count(world);
    const lines = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        lineOfMaya(world, index % 2 === 0 ? 'slack' : 'teams', 'log K7T2-9 phone no-answer', `at-once-${index}`),
      ),
    );
    const urls = [world.service.url, other.url];
    const answers = await Promise.all(lines.map((line, index) => send(urls[Math.floor(index / 2) % 2] ?? '', line)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    await Promise.all([other.slack?.settled(), other.teams?.settled(), world.settled()]);
    await other.stop();
    expect(await count(world)).toEqual({ contacts: before.contacts + 20, bursts: before.bursts + 1 });
  });

  it('may do at any moment what a plain count of the last ten seconds says', async () => {
    const users = { slack: 'U0MAYA', teams: '0a000000-0000-4000-8000-0000000000a1' } as const;
    let delivery = 0;
    const act = async (platform: 'slack' | 'teams'): Promise<boolean> => {
      delivery += 1;
      const reply = await world.service.receive({
        ...{ platform, tenant: platform === 'slack' ? slackTenant : teamsTenant, user: users[platform] },
        place: { id: 'somewhere', kind: 'direct' },
        delivery: `counted-${delivery}`,
        what: { kind: 'command', text: 'help' },
      });
      return !heldUp.test(JSON.stringify(reply));
    };
    // Bursts, with pauses that often add up to the window, to a millisecond.
    const pause = fc.oneof(fc.constantFrom(1, 2_500, 5_000, 7_500, 9_999, 10_000), fc.integer({ min: 1, max: 10_000 }));
    const burst = fc.tuple(pause, fc.array(fc.constantFrom(...platforms), { minLength: 1, maxLength: 15 }));
    const sequence = fc
      .array(burst, { minLength: 2, maxLength: 8 })
      .map((bursts) =>
        bursts.flatMap(([wait, acts]) => acts.map((on, index) => [index === 0 ? wait : 0, on] as const)),
      );
    await fc.assert(
      fc.asyncProperty(sequence, async (acts) => {
        world.clock.advance(11 * second);
        const done: number[] = [];
        for (const [wait, platform] of acts) {
          world.clock.advance(wait);
          const now = world.clock.now().getTime();
          const expected = done.filter((at) => at > now - 10_000).length < 20;
          expect(await act(platform)).toBe(expected);
          if (expected) done.push(now);
        }
      }),
      { numRuns: propertyRuns.wholeWorlds },
    );
  });

  it('is not held up by what was done before a clock was set back', async () => {
    const { clock } = world;
    const ahead = { ...clock, now: () => new Date(clock.now().getTime() + 3_600 * second) };
    const other = await startSecondService(world, ahead, usualLimit);
    clock.advance(60 * second);
    const act = async (service: World['service'], index: number): Promise<string> => {
      const reply = await service.receive({
        ...{ platform: 'slack', tenant: slackTenant, user: 'U0MAYA', delivery: `ahead-${index}` },
        place: { id: 'somewhere', kind: 'direct' },
        what: { kind: 'command', text: 'help' },
      });
      return JSON.stringify(reply);
    };
    for (let index = 0; index < 20; index += 1) await act(other, index);
    expect(await act(other, 20)).toMatch(heldUp);
    expect(await act(world.service, 21)).not.toMatch(heldUp);
    await other.stop();
  });
});
