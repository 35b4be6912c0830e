import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf, type Hand, type Screen } from '../helpers/screen.ts';
import { openWorld, platforms, type World } from '../helpers/world.ts';
import { channelCopyOf, copyOf, follow, onlyOn } from './refer-scene.ts';

describe.each(platforms)('a referral to another team on %s', (platform) => {
  let world: World;
  let keisha: Hand;
  let jon: Hand;
  let sara: Hand;
  beforeAll(async () => {
    world = await openWorld();
    keisha = await onlyOn(world, platform, 'keisha');
    jon = await onlyOn(world, platform, 'jon');
    sara = await onlyOn(world, platform, 'sara');
    await enrol(world.store, world.clock, [
      aClient({ code: 'P0Q8-7', name: 'Fay Fox', born: '1990-05-05', team: 'west', coordinator: 'keisha' }),
    ]);
  });
  afterAll(() => world.close());
  const then = (act: Promise<Screen>): Promise<Screen> => follow(world, act);

  it('is asked in one line; words are added where they are sealed', async () => {
    const asked = await then(keisha.types('refer P0Q8-7 to team:east for substance-use'));
    expect(asked.text).toContain('Referred: P0Q8-7 · F.F. born 1990 · to East team, routine');
    await then(keisha.presses('More'));
    await then(keisha.presses('Add a word'));
    await then(keisha.fills({ words: 'She asks for a group on Fridays' }));
  });

  it('shows the team’s place the code, whose turn it is and one step, never a label or the words', async () => {
    const place = await channelCopyOf(world, jon, 'P0Q8-7');
    expect(place.text).toContain('Referral P0Q8-7 From Keisha Brown To East team Urgency routine');
    // Three working days of the asked team, past its closures of Thursday and Friday.
    expect(place.text).toContain('Next somebody of East team, accept or decline, by Mon 30 Nov 09:00');
    expect(place.buttons).toEqual(['Accept', 'Open referral']);
    const everything = jon.channel().map(textOf).join('\n');
    for (const secret of ['F.F.', '1990', 'Fridays', 'substance']) expect(everything).not.toContain(secret);
  });

  it('shows who may take it what is asked; of a client of another team the code only', async () => {
    const list = await then(jon.types('refer list'));
    expect(list.text).toContain('Waiting on you: 1');
    const card = await then(jon.presses('Open referral', 'Waiting on you'));
    expect(card.text).toContain('Referral: P0Q8-7 · client of Keisha Brown');
    expect(card.text).toContain('Keisha Brown, says: She asks for a group on Fridays');
    expect(jon.sees().map(textOf).join('\n')).not.toContain('F.F.');
  });

  it('belongs to the first of the team who accepts, and every copy names them', async () => {
    await then(jon.presses('Accept'));
    const place = await channelCopyOf(world, jon, 'P0Q8-7');
    expect(place.text).toContain(
      'To East team, Jon Reyes Urgency routine State accepted Next Jon Reyes, make the first',
    );
    expect(place.buttons).toEqual(['Open referral']);
    expect((await copyOf(world, keisha, 'P0Q8-7')).text).toContain('State accepted Next Jon Reyes, make the first');
    expect((await then(sara.types('refer list'))).text).toContain('No referral waits on you.');
  });
});

describe('a referral in a channel of Slack', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    await enrol(world.store, world.clock, [
      aClient({ code: 'P0Q8-7', name: 'Fay Fox', born: '1990-05-05', team: 'west', coordinator: 'keisha' }),
    ]);
  });
  afterAll(() => world.close());

  it('is taken there by one tap: the place follows, and who took it has it among their messages', async () => {
    const keisha = await onlyOn(world, 'slack', 'keisha');
    const jon = await onlyOn(world, 'slack', 'jon');
    await follow(world, keisha.types('refer P0Q8-7 to team:east urgent'));
    await follow(world, jon.presses('Accept'));
    expect((await channelCopyOf(world, jon, 'P0Q8-7')).text).toContain('To East team, Jon Reyes');
    expect(jon.sees().some((message) => textOf(message).includes('client of Keisha Brown'))).toBe(true);
    expect(jon.channel().map(textOf).join('\n')).not.toContain('client of');
  });
});
