import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClientIdentity } from '../../src/care/clients/rules.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';
import { auditOf, forgePress } from './reach-scene.ts';
import { flat, follow } from './refer-scene.ts';

const identity: ClientIdentity = {
  fullName: 'Dan Dee',
  birthDate: '1974-03-01',
  phone: '555-0101',
  address: '12 Alder Street, Apt 3',
  emergencyContact: { name: 'Rosa Dee', relation: 'sister', phone: '555-0177' },
};
/** Words that may stand in one person's private messages and nowhere else. */
const secret = /Dan Dee|555-01|Alder|Rosa Dee/;

describe.each(platforms)('reaching a client, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  beforeEach(async () => {
    world = await openWorld();
    maya = handOf(world, platform, 'maya');
  });
  afterEach(() => world.close());

  const enrolDan = async (more: Parameters<typeof aClient>[0] = {}): Promise<string> => {
    const [dan] = await enrol(world.store, world.clock, [
      aClient({
        code: 'K7T2-9',
        identity,
        preferences: { mode: 'text', from: '10:00', to: '12:00', language: 'es' },
        ...more,
      }),
    ]);
    return dan?.id ?? '';
  };
  it('shows phone, address, emergency contact and what the client prefers by one tap', async () => {
    await enrolDan();
    await maya.types('client K7T2-9');
    const reached = flat((await maya.presses('Reach')).text);
    expect(reached).toContain('K7T2-9 · shown to you only, and on record');
    for (const fact of [
      'Name Dan Dee',
      'Phone 555-0101',
      'Address 12 Alder Street, Apt 3',
      'Emergency contact Rosa Dee (sister), 555-0177',
      'Prefers text · best 10:00–12:00 · es',
    ]) {
      expect(reached).toContain(fact);
    }
  });

  it('puts one tap on record once, with what it showed and without the words', async () => {
    const dan = await enrolDan();
    await maya.types('client K7T2-9');
    await maya.presses('Reach');
    const rows = await auditOf(world, 'client.reveal');
    expect(rows).toMatchObject([
      {
        actor: 'maya',
        subjectId: dan,
        detail: {
          client: 'K7T2-9',
          by: 'reach',
          because: 'care-team',
          shown: 'name birth-date phone address emergency-contact',
        },
      },
    ]);
    expect(JSON.stringify(rows)).not.toMatch(secret);
    expect(JSON.stringify(world.logged)).not.toMatch(secret);
  });

  it('says what is not on file, and puts on record what little was shown', async () => {
    await enrolDan({ identity: { fullName: 'Dan Dee', birthDate: '1974-03-01' }, preferences: {} });
    await maya.types('client K7T2-9');
    const reached = flat((await maya.presses('Reach')).text);
    for (const what of ['Phone', 'Address', 'Emergency contact']) expect(reached).toContain(`${what} none on file`);
    expect(await auditOf(world, 'client.reveal')).toMatchObject([{ detail: { shown: 'name birth-date' } }]);
  });

  it('keeps the answer from everybody else when it is pressed in a channel', async () => {
    await enrolDan();
    await maya.typesInChannel('client K7T2-9');
    const reached = await follow(world, maya.presses('Reach'));
    expect(reached.text).toMatch(secret);
    for (const other of ['jon', 'stranger']) {
      expect(handOf(world, platform, other).sees().map(textOf).join()).not.toMatch(secret);
    }
    expect(maya.channel().map(textOf).join()).not.toMatch(secret);
  });

  it.each(['keisha', 'bea', 'stranger'])(
    'is refused to %s, who does not work with the client, and on record',
    async (who) => {
      const dan = await enrolDan();
      const hand = handOf(world, platform, who);
      await forgePress(world, platform, who, { action: 'clients.reach', subject: dan });
      await forgePress(world, platform, who, { action: 'clients.details', subject: dan });
      expect(hand.sees().map(textOf).join()).not.toMatch(secret);
      expect(await auditOf(world, 'client.reveal')).toEqual([]);
      const denied = await auditOf(world, 'access.denied');
      // A stranger leaves one row a day, whatever they do.
      if (who === 'stranger') expect(denied).toMatchObject([{ subjectId: 'stranger' }]);
      else expect(denied.filter(({ subjectKind }) => subjectKind === 'button')).toHaveLength(2);
    },
  );

  it.each(['', 'none', '00000000-0000-4000-8000-000000000000'])(
    'refuses a client who is not there: %s',
    async (subject) => {
      await enrolDan();
      await forgePress(world, platform, 'maya', { action: 'clients.reach', subject });
      expect(maya.sees().map(textOf).join()).not.toMatch(secret);
      expect(await auditOf(world, 'access.denied')).toHaveLength(1);
    },
  );
});
