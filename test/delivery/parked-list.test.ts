import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textOf } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, slackChannel, type World } from '../helpers/world.ts';
import { brief, createNotes, postNote, readDeliveries, type Notes } from './posting.ts';

describe.each(platforms)('what could not be delivered, on %s', (platform) => {
  let world: World;
  let notes: Notes;
  beforeEach(async () => {
    notes = createNotes();
    world = await openWorld({ cards: notes.cards });
    notes.texts.set('one', 'first words');
    const other = platform === 'slack' ? 'rs-teams' : 'rs-slack';
    await world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`
        delete from identity where organisation_id = 'riverside' and person_id = 'dana' and workspace_id = ${other}`,
    );
    world.slack.faults.set([{ kind: 'error:is_archived', channel: slackChannel, times: 1 }]);
    await postNote(world, 'one', { to: { team: 'east' } });
    await world.delivered();
  });
  afterEach(() => world.close());
  const rows = async (): Promise<string[]> => (await readDeliveries(world.store)).map(brief);
  const inChannel = (): number => world.slack.messages(slackChannel).length;
  const verbs = async (): Promise<string[]> =>
    world.store.inOrganisation('riverside', async (tx) =>
      (
        await tx.db.$queryRaw<{ verb: string; actor: string }[]>`
          select verb, actor from audit_event where subject_kind = 'delivery' order by sequence`
      ).map(({ verb, actor }) => `${verb} ${actor}`),
    );

  it('comes to the supervisor with who, where, why and what to do', async () => {
    const list = handOf(world, platform, 'dana')
      .sees()
      .find((message) => textOf(message).includes('could not be delivered'));
    const text = list === undefined ? '' : textOf(list);
    expect(text).toContain('1 message could not be delivered.');
    expect(text).toContain('East team · notes · Slack · 1 try');
    expect(text).toContain('The channel is archived. Give the team another place, then retry.');
    expect(text).toContain('[Retry]');
    expect(text).not.toContain('first words');
    expect(await verbs()).toEqual(['delivery.parked baton']);
  });

  it('is sent again by one tap, and the list follows', async () => {
    const dana = handOf(world, platform, 'dana');
    const screen = await dana.presses('Retry', 'East team');
    expect(screen.text).toContain('Trying again now.');
    await world.settled();
    expect(inChannel()).toBe(1);
    expect(await rows()).toContain('team:east sent slack 1 -');
    expect(JSON.stringify(dana.sees())).toContain('Every message has arrived.');
    expect(await verbs()).toEqual(['delivery.parked baton', 'delivery.retry dana']);
  });

  it('is dismissed with a reason that stays on record', async () => {
    const dana = handOf(world, platform, 'dana');
    await dana.presses('Dismiss…', 'East team');
    const screen = await dana.fills({ reason: 'told-otherwise' });
    expect(screen.text).toContain('Dismissed.');
    await world.settled();
    expect(inChannel()).toBe(0);
    expect(await rows()).toContain('team:east cancelled slack 1 dismissed:told-otherwise');
    expect(await verbs()).toEqual(['delivery.parked baton', 'delivery.dismiss dana']);
  });

  it('several come as one list, the newest, instead of one message each', async () => {
    for (const name of ['two', 'three']) {
      notes.texts.set(name, name);
      world.slack.faults.set([{ kind: 'error:is_archived', channel: slackChannel, times: 1 }]);
      world.clock.advance(60_000);
      await postNote(world, name, { to: { team: 'east' } });
      await world.delivered();
    }
    const lists = handOf(world, platform, 'dana')
      .sees()
      .filter((message) => JSON.stringify(message.pieces).includes('could not be delivered'));
    expect(lists).toHaveLength(1);
    expect(JSON.stringify(lists)).toContain('3 messages could not be delivered.');
  });
});

describe('the export of deliveries', () => {
  it('says of every copy to whom, where, how often and what came of it', async () => {
    const notes = createNotes();
    const world = await openWorld({ cards: notes.cards });
    try {
      notes.texts.set('one', 'first words');
      await postNote(world, 'one');
      await postNote(world, 'two', { to: { team: 'east' }, subject: 'one' });
      await world.delivered();
      const { collectedFeatures } = await import('../../src/app.ts');
      const table = await world.store.inOrganisation('riverside', async (tx) =>
        collectedFeatures.exports.get('deliveries')?.read(tx, {}),
      );
      expect(table).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            kind: 'notes.note',
            destination: 'maya',
            state: 'sent',
            platform: 'slack',
            attempts: 1,
          }),
          expect.objectContaining({ destination: 'team:east', platform: 'teams' }),
        ]),
      );
      expect(table).toHaveLength(3);
      expect(JSON.stringify(table)).not.toContain('first words');
    } finally {
      await world.close();
    }
  });
});
