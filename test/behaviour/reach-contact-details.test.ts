import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findClientByCode } from '../../src/care/clients/records.ts';
import type { ClientIdentity } from '../../src/care/clients/rules.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';
import { auditOf } from './reach-scene.ts';
import { flat } from './refer-scene.ts';

const details = {
  phone: '555-0199',
  address: '12 Alder Street, Apt 3',
  'emergency-name': 'Rosa Dee',
  'emergency-relation': 'sister',
  'emergency-phone': '555-0177',
};
const secret = /555-01|Alder|Rosa Dee/;

describe.each(platforms)('a client’s contact details, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  beforeEach(async () => {
    world = await openWorld();
    await enrol(world.store, world.clock, [aClient({ code: 'K7T2-9' })]);
    maya = handOf(world, platform, 'maya');
  });
  afterEach(() => world.close());

  const opens = async (hand = maya): Promise<void> => {
    await hand.types('client K7T2-9');
    await hand.presses('Contact details');
  };
  const stored = (): Promise<{ identity: ClientIdentity | undefined; version: number | undefined }> =>
    world.store.inOrganisation('riverside', async (tx) => {
      const client = await findClientByCode(tx, 'K7T2-9');
      const identity = client?.identity.readable === true ? client.identity.value : undefined;
      return { identity, version: client?.version };
    });

  it('are added by a form that shows what is on file, and reached from then on', async () => {
    await maya.types('client K7T2-9');
    const opened = await maya.presses('Contact details');
    expect(opened.form).toMatchObject({ title: 'Contact details', initial: { phone: '555-0101' } });
    expect(opened.form?.fields).toEqual(Object.keys(details));
    const saved = await maya.fills(details);
    expect(flat(saved.text)).toContain('Saved (phone, address, emergency contact) K7T2-9 · D.D. born 1974');
    expect(saved.text).not.toMatch(secret);
    expect(flat((await maya.presses('Reach')).text)).toContain('Emergency contact Rosa Dee (sister), 555-0177');
    expect(await stored()).toEqual({
      version: 2,
      identity: {
        fullName: 'Dan Dee',
        birthDate: '1974-03-01',
        phone: '555-0199',
        address: '12 Alder Street, Apt 3',
        emergencyContact: { name: 'Rosa Dee', relation: 'sister', phone: '555-0177' },
      },
    });
  });

  it('are on record: the look at them, and what was changed, without the words', async () => {
    await opens();
    await maya.fills(details);
    const [look] = await auditOf(world, 'client.reveal');
    expect(look).toMatchObject({ actor: 'maya', detail: { client: 'K7T2-9', by: 'details', shown: 'phone' } });
    const changes = await auditOf(world, 'client.contact-details');
    expect(changes).toMatchObject([
      { actor: 'maya', detail: { client: 'K7T2-9', changed: 'phone address emergency-contact', version: 2 } },
    ]);
    expect(JSON.stringify([look, changes, world.logged])).not.toMatch(secret);
  });

  it('are sealed: the database holds none of their words', async () => {
    await opens();
    await maya.fills(details);
    const tables = await world.store.inOrganisation('riverside', async (tx) => [
      await tx.db.$queryRaw`select encode(identity, 'escape') as sealed, code, preferences::text from client`,
      await tx.db.$queryRaw`select context::text from form_session`,
      await tx.db.$queryRaw`select encode(answer, 'escape') as answer from inbound_delivery`,
    ]);
    expect(JSON.stringify(tables)).not.toMatch(secret);
  });

  it('are taken away by emptying the field, and stay found by name', async () => {
    await opens();
    await maya.fills({ ...details });
    await opens();
    await maya.fills({ phone: '', 'emergency-name': '', 'emergency-relation': '', 'emergency-phone': '' });
    const { identity } = await stored();
    expect(identity).toEqual({ fullName: 'Dan Dee', birthDate: '1974-03-01', address: '12 Alder Street, Apt 3' });
    await maya.types('log');
    expect(await maya.searches('dee')).toHaveLength(1);
  });

  it('that are the same change nothing', async () => {
    await opens();
    expect(flat((await maya.fills({ phone: ' 555-0101 ' })).text)).toContain('Nothing was changed');
    expect(await stored()).toMatchObject({ version: 1 });
    expect(await auditOf(world, 'client.contact-details')).toEqual([]);
  });

  it.each([
    [{ phone: 'ask her mother' }, 'phone', 'Please give a number that can be dialled.'],
    [{ 'emergency-name': 'Rosa Dee' }, 'emergency-phone', 'Please give the number to call'],
    [{ 'emergency-relation': 'sister' }, 'emergency-phone', 'Please give the number to call'],
    [{ 'emergency-phone': '555-0177' }, 'emergency-name', 'Please say who answers this number.'],
    [{ 'emergency-name': 'Rosa', 'emergency-phone': 'none' }, 'emergency-phone', 'Please give a number that can be'],
  ])('are not saved by halves: %j', async (wrong, field, sentence) => {
    await opens();
    const { form } = await maya.fills(wrong);
    expect(form?.errors[field]).toContain(sentence);
    expect(await stored()).toMatchObject({ version: 1 });
  });

  it('that somebody else changed meanwhile are not overwritten', async () => {
    const jon = handOf(world, platform, 'jon');
    await opens();
    await opens(jon);
    await maya.fills({ phone: '555-0150' });
    const late = await jon.fills({ phone: '555-0160' });
    expect(JSON.stringify([late.text, late.form?.text, late.form?.errors])).toContain(
      'Somebody else changed this client',
    );
    expect(await stored()).toMatchObject({ version: 2, identity: { phone: '555-0150' } });
  });

  it('stand in no shared place', async () => {
    await maya.typesInChannel('client K7T2-9');
    await maya.presses('Contact details');
    await maya.fills(details);
    for (const other of ['jon', 'stranger']) {
      expect(handOf(world, platform, other).sees().map(textOf).join()).not.toMatch(secret);
    }
    expect(maya.channel().map(textOf).join()).not.toMatch(secret);
  });
});
