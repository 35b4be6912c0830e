import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import type { Hand, Screen } from '../helpers/screen.ts';
import { openWorld, platforms, type World } from '../helpers/world.ts';
import { copyOf, follow, onlyOn } from './refer-scene.ts';

describe.each(platforms)('a referral to a partner without chat, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  beforeAll(async () => {
    world = await openWorld();
    maya = await onlyOn(world, platform, 'maya');
    await enrol(world.store, world.clock, [
      aClient({ code: 'K7T2-9', name: 'Dan Dee' }),
      aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }),
    ]);
  });
  afterAll(() => world.close());
  const then = (act: Promise<Screen>): Promise<Screen> => follow(world, act);

  it('is tracked by who asked, with how the partner is reached', async () => {
    const screen = await then(maya.types('refer K7T2-9 to partner:home-start for housing'));
    expect(screen.text).toContain('to Home Start Housing, routine · next Maya Torres, hear whether they accept');
    const card = await copyOf(world, maya, 'K7T2-9');
    expect(card.text).toContain('To Home Start Housing, tracked by Maya Torres');
    expect(card.text).toContain('Reach them email intake@home-start.example');
    expect(card.buttons).toEqual(['They accepted', 'Declined', 'No answer', 'Left message', 'More']);
  });

  it('notes a call that reached nobody by one tap, and when to try again', async () => {
    world.clock.advance(24 * 3_600_000);
    await then(maya.presses('No answer'));
    const card = await copyOf(world, maya, 'K7T2-9');
    expect(card.text).toContain('Last try no answer, Tue 24 Nov 09:00');
    // Three working days on; Thursday and Friday are closed.
    expect(card.text).toContain('Next Maya Torres, hear whether they accept, by Tue 1 Dec 09:00');
  });

  it('is accepted, begun and ended by hand', async () => {
    await then(maya.presses('They accepted'));
    expect((await copyOf(world, maya, 'K7T2-9')).text).toContain(
      'State accepted Next Maya Torres, hear whether it has',
    );
    await then(maya.presses('It has begun'));
    await then(maya.presses('Outcome'));
    await then(maya.fills({ reason: 'wait-listed' }));
    expect((await copyOf(world, maya, 'K7T2-9')).text).toContain('State completed on a waiting list');
    await then(maya.presses('Close'));
    expect((await copyOf(world, maya, 'K7T2-9')).text).toContain('State closed on a waiting list');
  });

  it('is declined by one tap; why may follow by another', async () => {
    await then(maya.types('refer M4XR-1 to partner:st-anne-ed urgent'));
    await then(maya.presses('Declined'));
    const card = await copyOf(world, maya, 'M4XR-1');
    expect(card.text).toContain('State declined no reason given Next Maya Torres, close it or refer elsewhere');
    await then(maya.presses('Not eligible'));
    const why = await copyOf(world, maya, 'M4XR-1');
    expect(why.text).toContain('State declined not eligible');
    expect(why.buttons).toEqual(['Close', 'Refer elsewhere', 'More']);
  });

  it('can be entered in error, and then counts nowhere', async () => {
    await then(maya.presses('More', 'M4XR-1'));
    await then(maya.presses('Entered in error'));
    expect((await copyOf(world, maya, 'M4XR-1')).text).toContain('State entered in error Next nobody, it is finished');
    expect((await then(maya.types('refer list'))).text).toContain('No referral waits on you.');
  });

  it('is exported with every step of its loop: codes and ids, times in UTC, no words', async () => {
    const rows = await world.store.inOrganisation('riverside', async (tx) =>
      collectedFeatures.exports.get('referrals')?.read(tx, { from: '2026-11-23', to: '2026-11-23' }),
    );
    expect(rows).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        client: 'K7T2-9',
        from: 'maya',
        to: 'home-start',
        toKind: 'partner',
        receiver: 'maya',
        state: 'closed',
        urgency: 'routine',
        service: 'housing',
        dueAt: null,
        events: [
          { at: '2026-11-23T14:00:00.000Z', by: 'maya', step: 'request', from: null, to: 'requested', reason: null },
          ...[
            { step: 'attempt', from: 'requested', to: 'requested', reason: 'no-answer' },
            { step: 'accept', from: 'requested', to: 'accepted', reason: null },
            { step: 'start', from: 'accepted', to: 'in-progress', reason: null },
            { step: 'complete', from: 'in-progress', to: 'completed', reason: 'wait-listed' },
            { step: 'close', from: 'completed', to: 'closed', reason: null },
          ].map((step, index) => ({ at: `2026-11-24T14:00:00.00${index}Z`, by: 'maya', ...step })),
        ],
      },
    ]);
  });

  it('leaves one audit row for every step', async () => {
    const audit = await world.store.inOrganisation('riverside', async (tx) =>
      collectedFeatures.exports.get('audit')?.read(tx, {}),
    );
    const verbs = (audit ?? []).flatMap(({ verb, subjectKind }) => (subjectKind === 'referral' ? [verb] : []));
    expect(verbs).toEqual(
      [
        'request',
        'attempt',
        'accept',
        'start',
        'complete',
        'close',
        'request',
        'decline',
        'explain',
        'enter-in-error',
      ].map((step) => `referral.${step}`),
    );
  });
});
