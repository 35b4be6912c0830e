import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';
import { auditOf, forgePress } from './reach-scene.ts';
import { flat, follow, onlyOn } from './refer-scene.ts';

const identity = {
  fullName: 'Dan Dee',
  birthDate: '1974-03-01',
  phone: '555-0101',
  address: '12 Alder Street',
  emergencyContact: { name: 'Rosa Dee', phone: '555-0177' },
};
const secret = /Dan Dee|555-01|Alder|Rosa Dee/;
/** Keisha is of the west team: a client of the east team is none of hers, until a ladder tells her. */
const ladder = `    escalation:
      crisis: { steps: [{ after: 0, tell: [{ person: keisha }] }, { after: 5, tell: [supervisor] }] }
    schedules:
      dailyDigest: { at: "08:30" }
      huddle`;

describe.each(platforms)('whoever was told of an open escalation, on %s', (platform) => {
  let world: World;
  let keisha: Hand;
  let jon: Hand;
  let dan: string;
  beforeEach(async () => {
    world = await openWorld({
      organisation: (text) => text.replace('    schedules:\n      dailyDigest: { at: "08:30" }\n      huddle', ladder),
    });
    [{ id: dan = '' } = {}] = await enrol(world.store, world.clock, [aClient({ code: 'K7T2-9', identity })]);
    keisha = await onlyOn(world, platform, 'keisha');
    jon = handOf(world, platform, 'jon');
  });
  afterEach(() => world.close());

  const own = (hand: Hand): string => {
    const shared = new Set(hand.channel().map(({ id }) => id));
    return hand
      .sees()
      .filter(({ id }) => !shared.has(id))
      .map(textOf)
      .join('\n');
  };

  it('reaches the client by one logged tap, though she is of another team', async () => {
    await follow(world, jon.types('escalate K7T2-9 crisis'));
    const reached = flat((await follow(world, keisha.presses('Reach'))).text);
    for (const fact of ['Name Dan Dee', 'Phone 555-0101', 'Address 12 Alder Street', 'Rosa Dee, 555-0177']) {
      expect(reached).toContain(fact);
    }
    expect(reached).not.toContain('[Contact details]');
    expect(await auditOf(world, 'client.reveal')).toMatchObject([
      { actor: 'keisha', subjectId: dan, detail: { client: 'K7T2-9', by: 'reach', because: 'told' } },
    ]);
  });

  it('shows her the code only until she taps', async () => {
    await follow(world, jon.types('escalate K7T2-9 crisis'));
    expect(own(keisha)).toContain('K7T2-9');
    expect(own(keisha)).not.toMatch(secret);
  });

  it('reaches nobody before she is told, or after it is resolved', async () => {
    const press = (): Promise<void> => forgePress(world, platform, 'keisha', { action: 'clients.reach', subject: dan });
    await press();
    await follow(world, jon.types('escalate K7T2-9 crisis'));
    await follow(world, keisha.presses('Acknowledge'));
    await follow(world, keisha.presses('Resolve'));
    await follow(world, keisha.fills({ outcome: 'safe-now', disposition: 'no-change' }));
    await press();
    expect(own(keisha)).not.toMatch(secret);
    expect(await auditOf(world, 'client.reveal')).toEqual([]);
    const denied = await auditOf(world, 'access.denied');
    expect(denied.filter(({ subjectKind }) => subjectKind === 'button')).toHaveLength(2);
  });

  it('may not correct what she reached', async () => {
    await follow(world, jon.types('escalate K7T2-9 crisis'));
    await forgePress(world, platform, 'keisha', { action: 'clients.details', subject: dan });
    expect(own(keisha)).not.toMatch(secret);
    expect(await auditOf(world, 'access.denied')).toHaveLength(1);
  });

  it('is offered on no shared card, and not to who raised it without working with the client', async () => {
    const bea = handOf(world, platform, 'bea');
    await follow(world, bea.types('escalate K7T2-9 crisis'));
    await follow(world, bea.presses('Open'));
    expect(own(bea)).toContain('K7T2-9');
    expect(own(bea)).not.toContain('[Reach]');
    expect(jon.channel().map(textOf).join()).not.toContain('[Reach]');
    await forgePress(world, platform, 'bea', { action: 'clients.reach', subject: dan });
    expect(own(bea)).not.toMatch(secret);
  });

  it('does not stretch to another client of whom nothing is open', async () => {
    const eve = aClient({ name: 'Eve Other', born: '1980-01-01' });
    const [{ id = '' } = {}] = await enrol(world.store, world.clock, [eve]);
    await follow(world, jon.types('escalate K7T2-9 crisis'));
    await forgePress(world, platform, 'keisha', { action: 'clients.reach', subject: id });
    expect(own(keisha)).not.toContain('Eve Other');
    expect(await auditOf(world, 'client.reveal')).toEqual([]);
  });
});
