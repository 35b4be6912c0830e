import { afterEach, describe, expect, it } from 'vitest';
import { listDoubted } from '../../src/care/deliveries/view-use.ts';
import { createNotes, noteKind, postNote, type Notes } from '../delivery/posting.ts';
import { textOf } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';
import { onlyOn } from './refer-scene.ts';

describe.each(platforms)('what is pushed and acted on, on %s,', (platform) => {
  let world: World;
  let notes: Notes;
  afterEach(() => world.close());

  it('is counted by kind: a press on a message counts once, and a kind few act on is named', async () => {
    notes = createNotes();
    const cards = new Map([
      [
        noteKind,
        async (_ask: unknown, subject: string) => ({
          ...notes.card(subject),
          nodes: [{ kind: 'buttons' as const, buttons: [{ action: 'digests.now', label: 'Digest' }] }],
        }),
      ],
    ]);
    world = await openWorld({ cards });
    const maya = await onlyOn(world, platform, 'maya');
    const dana = handOf(world, platform, 'dana');
    notes.texts.set('one', 'note one.');
    notes.texts.set('two', 'note two.');
    await postNote(world, 'one');
    await world.delivered();
    await maya.presses('Digest');
    await maya.presses('Digest');
    await postNote(world, 'two');
    await world.settled();

    const use = await dana.types('digest use');
    expect(use.text).toMatch(/Messages to people in the last 30 days: \d+\./);
    expect(use.text).toMatch(/notes, note\D+2\D+1\D+0/);
    expect((await maya.types('digest use')).text).toContain('Only a supervisor or an administrator');

    // Sixty more that nobody looks at: the kind proposes its own removal.
    for (let count = 0; count < 60; count += 1) {
      notes.texts.set(`more ${count}`, 'note more.');
      await postNote(world, `more ${count}`);
    }
    await world.delivered();
    const doubted = await world.store.inOrganisation('riverside', (tx) => listDoubted({ tx, now: world.clock.now() }));
    expect(doubted).toEqual([{ kind: noteKind, pushed: 62, acted: 1, folded: 0 }]);
    const said = 'notes, note: 1 of 62 were acted on. Consider doing without it.';
    expect((await dana.types('digest use')).text).toContain(said);
    // The supervisor reads it with the week.
    world.clock.advance(7 * 24 * 60 * 60_000);
    await world.service.tick();
    await world.settled();
    expect(handOf(world, platform, 'dana').sees().map(textOf).join('\n')).toContain(said);
  });
});
