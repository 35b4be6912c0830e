import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf, type Hand, type Screen } from '../helpers/screen.ts';
import { openWorld, platforms, type World } from '../helpers/world.ts';
import { codesIn, digestsOf, passTo } from './digest-scene.ts';
import { copyOf, flat, follow, onlyOn } from './refer-scene.ts';

/** What the hands of the two platforms say of an answer that a form does not have. */
const notOffered = /does not offer|offers no such option/;

describe.each(platforms)('a referral handed over to a colleague, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  let jon: Hand;
  let sara: Hand;
  let dana: Hand;
  beforeAll(async () => {
    world = await openWorld();
    [maya, jon] = [await onlyOn(world, platform, 'maya'), await onlyOn(world, platform, 'jon')];
    [sara, dana] = [await onlyOn(world, platform, 'sara'), await onlyOn(world, platform, 'dana')];
    await enrol(world.store, world.clock, [
      aClient({ code: 'K7T2-9', name: 'Dan Dee' }),
      { ...aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }), dueOn: '2026-11-24' },
    ]);
  });
  afterAll(() => world.close());
  const then = (act: Promise<Screen>): Promise<Screen> => follow(world, act);
  const seenBy = (hand: Hand): string => hand.sees().map(textOf).join('\n');

  it('from the row of the digest: who was asked gives it to somebody who is here', async () => {
    await then(maya.types('refer K7T2-9 to @jon urgent'));
    await passTo(world, '2026-11-24T13:30:00Z');
    expect(digestsOf(jon)[0]).toContain('accept or decline: referral to Jon Reyes');
    const opened = await then(jon.presses('Hand over', 'K7T2-9'));
    expect(opened.form?.text).toContain('Referral of K7T2-9 from Maya Torres to Jon Reyes.');
    const done = await then(jon.fills({ person: 'sara', words: 'Her brother lives next door.' }));
    expect(done.text).toContain('Handed over: the referral of K7T2-9 is with Sara Lindqvist now.');
  });

  it('reaches them at once with their steps; its turn and its time are what they were', async () => {
    const card = await copyOf(world, sara, 'K7T2-9');
    expect(card.text).toContain('Next Sara Lindqvist, accept or decline, by Tue 24 Nov 09:00');
    expect(card.text).not.toContain('Her brother');
    const note = await then(sara.presses('Read the note', 'Referral: K7T2-9'));
    expect(flat(note.text)).toContain('Jon Reyes, handed over Her brother lives next door.');
    expect(card.buttons).toEqual(['Accept', 'Ask', 'Decline', 'Read the note', 'More']);
    expect((await copyOf(world, maya, 'K7T2-9')).text).toContain('Next Sara Lindqvist, accept or decline');
  });

  it('leaves the lists of who gave it away, who can do nothing with it any more', async () => {
    expect(digestsOf(jon).map(codesIn)).toEqual([[]]);
    expect(seenBy(jon)).not.toContain('Her brother');
    const [event] = await world.store.inOrganisation('riverside', (tx) =>
      tx.db.auditEvent.findMany({ where: { verb: 'referral.hand-over' } }),
    );
    expect([event?.actor, event?.detail]).toEqual(['jon', { client: 'K7T2-9', from: 'jon', to: 'sara' }]);
  });

  it('cannot be given to the other side, nor to somebody who is away', async () => {
    await then(maya.presses('More', 'K7T2-9'));
    await then(maya.presses('Hand over'));
    await expect(maya.fills({ person: 'sara' })).rejects.toThrow(notOffered);
    await then(jon.types('cover sick'));
    await then(sara.presses('More', 'K7T2-9'));
    await then(sara.presses('Hand over'));
    await expect(sara.fills({ person: 'jon' })).rejects.toThrow(notOffered);
    await expect(sara.fills({ person: 'maya' })).rejects.toThrow(notOffered);
    expect((await copyOf(world, maya, 'K7T2-9')).text).toContain('Next Sara Lindqvist');
    // Nor is a follow-up.
    await then(maya.types('next'));
    await then(maya.presses('More', 'M4XR-1'));
    await then(maya.presses('Hand over'));
    await expect(maya.fills({ person: 'jon' })).rejects.toThrow(notOffered);
  });

  it('by who asked for it too: from then on it is theirs to hear of and to close', async () => {
    await then(maya.presses('More', 'K7T2-9'));
    await then(maya.presses('Hand over'));
    await then(maya.fills({ person: 'dana' }));
    await then(sara.presses('Accept'));
    await then(sara.presses('Outcome'));
    await then(sara.fills({ reason: 'engaged' }));
    const card = await copyOf(world, dana, 'K7T2-9');
    expect(card.text).toContain('From Dana Whitfield To Jon Reyes');
    expect(card.text).toContain('State completed engaged Next Dana Whitfield, close it');
    await then(dana.presses('Close', 'K7T2-9'));
    expect((await copyOf(world, dana, 'K7T2-9')).text).toContain('State closed');
    expect((await copyOf(world, dana, 'K7T2-9')).buttons).not.toContain('Close');
  });
});
