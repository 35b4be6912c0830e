import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { viewLedger, type DeliveryLedger } from '../../src/care/deliveries/view-ledger.ts';
import { openWorld, slackChannel, type World } from '../helpers/world.ts';
import { createNotes, noteKind, postNote, refreshNote, type Notes } from './posting.ts';

describe('the ledger of deliveries', () => {
  let world: World;
  let notes: Notes;
  beforeEach(async () => {
    notes = createNotes();
    world = await openWorld({ cards: notes.cards });
    notes.texts.set('one', 'first words');
  });
  afterEach(() => world.close());
  const ledger = (limit = 50): Promise<DeliveryLedger> =>
    world.store.inOrganisation('riverside', (tx) => viewLedger(tx, limit));
  const later = (milliseconds: number): Date => new Date(world.clock.now().getTime() + milliseconds);

  it('says of each copy to whom, where, how often, since when and what came of it', async () => {
    const at = world.clock.now();
    await postNote(world, 'one');
    await world.delivered();
    expect(await ledger()).toEqual({
      counts: { sent: 1 },
      deliveries: [
        {
          id: expect.any(String),
          state: 'sent',
          kind: noteKind,
          audience: 'person',
          to: 'Maya Torres',
          platform: 'slack',
          attempts: 1,
          reason: null,
          createdAt: at,
          sentAt: at,
          nextAt: null,
          redrawn: false,
        },
      ],
    });
  });

  it('says when the next try is, and after which answer', async () => {
    world.slack.faults.set([{ kind: '429', channel: slackChannel, times: 1, retryAfter: 30 }]);
    await postNote(world, 'one', { to: { team: 'east' } });
    await world.delivered();
    const { counts, deliveries } = await ledger();
    expect(counts).toEqual({ pending: 1, sent: 1 });
    expect(deliveries.find(({ state }) => state === 'pending')).toMatchObject({
      audience: 'team',
      to: 'East team',
      platform: 'slack',
      attempts: 1,
      reason: 'ratelimited',
      nextAt: later(30_000),
    });
  });

  it('explains what is parked, and plans no try for it', async () => {
    world.slack.faults.set([{ kind: 'error:is_archived', channel: slackChannel, times: 1 }]);
    await postNote(world, 'one', { to: { team: 'east' } });
    await world.delivered();
    expect((await ledger()).deliveries.find(({ state }) => state === 'parked')).toMatchObject({
      reason: 'is_archived',
      why: 'The channel is archived. Give the team another place, then retry.',
      nextAt: null,
    });
  });

  it('shows what is not tried yet, what was lost, cancelled and superseded, newest first', async () => {
    await postNote(world, 'gone', { subject: 'nothing' });
    world.clock.advance(1_000);
    await postNote(world, 'old', { subject: 'one', series: 'notes', notBefore: later(60_000) });
    world.clock.advance(1_000);
    await postNote(world, 'new', { subject: 'one', series: 'notes' });
    world.clock.advance(1_000);
    world.slack.faults.set([{ kind: 'lost-reply', channel: world.slack.direct('U0JON'), times: 1 }]);
    await postNote(world, 'lost', { subject: 'one', to: { person: 'jon' } });
    await world.delivered();
    expect((await ledger()).deliveries.map(({ state, to }) => `${to} ${state}`)).toEqual([
      'Jon Reyes unknown',
      'Maya Torres sent',
      'Maya Torres pending',
      'Maya Torres cancelled',
    ]);
    world.clock.advance(60_000);
    await world.delivered();
    expect((await ledger()).counts).toEqual({ sent: 2, superseded: 1, cancelled: 1 });
  });

  it('says of a message that is out that it is about to change', async () => {
    world.slack.faults.set([{ kind: 'error:service_unavailable', method: 'chat.update', times: 1 }]);
    await postNote(world, 'one');
    await world.delivered();
    notes.texts.set('one', 'other words');
    await refreshNote(world, 'one');
    await world.delivered();
    const [changing] = (await ledger()).deliveries;
    expect(changing).toMatchObject({ state: 'sent', redrawn: true, reason: 'service_unavailable' });
    expect(changing?.nextAt?.getTime()).toBeGreaterThan(world.clock.now().getTime());
  });

  it('counts all, shows as many as asked for, and nothing of what they say', async () => {
    for (const key of ['a', 'b', 'c']) {
      await postNote(world, key, { subject: 'one', to: { person: 'sara' } });
      await world.delivered();
    }
    const shown = await ledger(2);
    expect(shown.counts).toEqual({ sent: 3 });
    expect(shown.deliveries).toHaveLength(2);
    expect(JSON.stringify(shown)).not.toContain('first words');
  });
});
