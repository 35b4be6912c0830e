import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hand } from '../helpers/screen.ts';
import { openWorld, platforms, slackChannel, type World } from '../helpers/world.ts';
import { onlyOn } from '../behaviour/refer-scene.ts';
import { createNotes, postNote } from './posting.ts';

describe.each(platforms)('what could not be delivered, looked up on %s', (platform) => {
  let world: World;
  let dana: Hand;
  beforeEach(async () => {
    const notes = createNotes();
    world = await openWorld({ cards: notes.cards });
    dana = await onlyOn(world, platform, 'dana');
    notes.texts.set('one', 'first words');
  });
  afterEach(() => world.close());
  async function park(): Promise<void> {
    world.slack.faults.set([{ kind: 'error:is_archived', channel: slackChannel, times: 1 }]);
    await postNote(world, 'one', { to: { team: 'east' } });
    await world.delivered();
  }
  const home = async (hand: Hand): Promise<string> => (await hand.opensHome()).text;

  it('stands on the home of a supervisor as a number, with the way to the list', async () => {
    await park();
    expect(await home(dana)).toContain('Parked: 1 message did not arrive');
    // The same card as an answer, which can be pressed on both platforms.
    await dana.types('');
    const list = await dana.presses('Open', 'Parked: 1');
    expect(list.text).toContain('1 message could not be delivered.');
    expect(list.text).toContain('The channel is archived. Give the team another place, then retry.');
    await dana.presses('Retry', 'East team');
    await world.settled();
    expect(await home(dana)).not.toContain('Parked');
  });

  it('is nothing to see where everything has arrived', async () => {
    expect(await home(dana)).not.toContain('Parked');
  });

  it('is nothing for whoever does not settle it', async () => {
    await park();
    expect(await home(await onlyOn(world, platform, 'maya'))).not.toContain('Parked');
  });
});
