import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Changed } from '../../src/feature/sender.ts';
import { refreshCopies } from '../../src/delivery/outbox.ts';
import type { Deliveries } from '../../src/delivery/start-deliveries.ts';
import { openWorld, slackChannel, teamsChannel, type World } from '../helpers/world.ts';
import { gate, openBench, type Bench } from './bench.ts';
import { holdCommits } from './hold-commits.ts';
import { brief, createNotes, noteKind, postNote, readDeliveries, refreshNote } from './posting.ts';

describe('a card follows its subject', () => {
  let bench: Bench;
  let engine: Deliveries;
  beforeEach(async () => {
    bench = await openBench();
    engine = bench.engine();
    bench.notes.texts.set('one', 'first words');
    await postNote(bench, 'one');
    await engine.idle();
  });
  afterEach(() => bench.close());
  const rows = async (): Promise<string[]> => (await readDeliveries(bench.store)).map(brief);

  it('is redrawn in place when its subject changed', async () => {
    bench.notes.texts.set('one', 'other words');
    await refreshNote(bench, 'one');
    await engine.idle();
    expect(bench.sink.posts).toHaveLength(1);
    expect(bench.sink.updates).toEqual([{ id: 'm1', text: expect.stringContaining('other words') }]);
    expect(await rows()).toEqual(['person:maya sent slack 1 -']);
  });

  it('is not sent again when it looks the same', async () => {
    await refreshNote(bench, 'one');
    await engine.idle();
    expect(bench.notes.drawn.get('one')).toBe(2);
    expect(bench.sink.updates).toEqual([]);
  });

  it('a change while it is being redrawn is drawn too', async () => {
    const begun = gate<undefined>();
    const reply = gate<undefined>();
    bench.sink.change = async () => {
      begun.open(undefined);
      await reply.promise;
      return { ok: true };
    };
    bench.notes.texts.set('one', 'second words');
    await refreshNote(bench, 'one');
    await begun.promise;
    bench.notes.texts.set('one', 'third words');
    await refreshNote(bench, 'one');
    reply.open(undefined);
    await engine.idle();
    expect(bench.sink.updates.at(-1)?.text).toContain('third words');
    expect((await readDeliveries(bench.store))[0]?.stale).toBe(false);
  });

  it('a change that commits while a marked card is drawn is never forgotten', async () => {
    bench.notes.texts.set('one', 'second words');
    await engine.stop();
    await refreshNote(bench, 'one');
    // The change is made and marked, but not yet committed, while an engine wants to draw.
    const commit = await holdCommits(bench);
    const change = bench.store.inOrganisation('riverside', async (tx) => {
      await refreshCopies(tx, noteKind, 'one');
      commit.waitFor(tx);
    });
    await commit.awaited();
    const other = bench.engine();
    await other.idle();
    expect(bench.sink.updates).toEqual([]);
    bench.notes.texts.set('one', 'third words');
    await commit.release();
    await change;
    await other.idle();
    expect(bench.sink.updates.map(({ text }) => text)).toEqual([expect.stringContaining('third words')]);
  });

  it('a card that is drawn between a change and its mark is drawn again', async () => {
    bench.notes.texts.set('one', 'second words');
    const named = gate<undefined>();
    const end = gate<undefined>();
    const change = bench.store.inOrganisation('riverside', async (tx) => {
      await refreshCopies(tx, noteKind, 'one');
      named.open(undefined);
      await end.promise;
    });
    await named.promise;
    await refreshNote(bench, 'one');
    await engine.idle();
    expect(bench.sink.updates.map(({ text }) => text)).toEqual([expect.stringContaining('second words')]);
    bench.notes.texts.set('one', 'third words');
    end.open(undefined);
    await change;
    await engine.idle();
    expect(bench.sink.updates.at(-1)?.text).toContain('third words');
  });

  it('a redrawing that failed comes again, and does not count as a try of the message', async () => {
    bench.sink.change = async () => ({ ok: false, code: 'no_reply', unknown: true });
    bench.notes.texts.set('one', 'other words');
    await refreshNote(bench, 'one');
    await engine.idle();
    bench.sink.change = async () => ({ ok: true });
    bench.clock.advance(60_000);
    await engine.idle();
    expect(bench.sink.updates).toHaveLength(2);
    expect(bench.sink.posts).toHaveLength(1);
  });

  it('a message somebody deleted stays deleted, and is left alone', async () => {
    bench.sink.change = async () => ({ ok: false, code: 'message_not_found', unknown: false });
    for (const words of ['other words', 'and others']) {
      bench.notes.texts.set('one', words);
      await refreshNote(bench, 'one');
      await engine.idle();
    }
    expect(bench.sink.updates).toHaveLength(1);
    expect((await readDeliveries(bench.store))[0]).toMatchObject({ state: 'sent', messageId: null });
  });

  it('a card that may not be shown any more is taken back', async () => {
    bench.notes.texts.delete('one');
    await refreshNote(bench, 'one');
    await engine.idle();
    expect(bench.sink.removed).toEqual(['m1']);
    expect(await rows()).toEqual(['person:maya cancelled slack 2 already-done']);
  });

  it('nobody who left is told of a change', async () => {
    await bench.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`update person set active = false where organisation_id = 'riverside' and id = 'maya'`,
    );
    bench.notes.texts.set('one', 'other words');
    await refreshNote(bench, 'one');
    await engine.idle();
    expect(bench.sink.updates).toEqual([]);
  });

  it('a redrawing whose engine died is done again', async () => {
    const late = gate<Changed>();
    bench.sink.change = () => late.promise;
    bench.notes.texts.set('one', 'other words');
    await refreshNote(bench, 'one');
    const begun = async (): Promise<boolean> => bench.sink.updates.length > 0;
    await expect.poll(begun).toBe(true);
    await bench.store.asWorker(
      (db) =>
        db.$executeRaw`update delivery set lease_until = clock_timestamp() - interval '1 second' where state = 'sending'`,
    );
    bench.sink.change = async () => ({ ok: true });
    await bench.engine().idle();
    expect(bench.sink.updates.map(({ id }) => id)).toEqual(['m1', 'm1']);
    expect(bench.sink.posts).toHaveLength(1);
    late.open({ ok: true });
  });
});

describe('a series', () => {
  let bench: Bench;
  let engine: Deliveries;
  beforeEach(async () => {
    bench = await openBench();
    engine = bench.engine();
    for (const day of ['mon', 'tue', 'wed']) bench.notes.texts.set(day, `digest of ${day}`);
  });
  afterEach(() => bench.close());
  const digest = async (day: string): Promise<void> => {
    await postNote(bench, day, { priority: 'digest', series: 'digest/maya' });
    bench.clock.advance(1_000);
  };
  const rows = async (): Promise<string[]> => (await readDeliveries(bench.store)).map(brief);

  it("today's stands in the place of yesterday's", async () => {
    await digest('mon');
    await engine.idle();
    await digest('tue');
    await engine.idle();
    expect(bench.sink.posts).toHaveLength(2);
    expect(bench.sink.removed).toEqual(['m1']);
    expect(await rows()).toEqual(['person:maya superseded slack 2 newer_in_series', 'person:maya sent slack 1 -']);
  });

  it('of several that wait, only the newest is sent', async () => {
    bench.sink.answer = async () => ({ ok: false, code: 'service_unavailable', unknown: false });
    await digest('mon');
    await engine.idle();
    await digest('tue');
    await digest('wed');
    bench.sink.posts.length = 0;
    bench.sink.answer = async ({ id }) => ({ ok: true, place: 'D1', messageId: id });
    bench.clock.advance(60_000);
    await engine.idle();
    expect(bench.sink.posts.map(({ text }) => text)).toEqual([expect.stringContaining('digest of wed')]);
    expect(await rows()).toEqual([
      'person:maya superseded slack 2 newer_in_series',
      'person:maya superseded - 1 newer_in_series',
      'person:maya sent slack 1 -',
    ]);
  });

  it('leaves the series of somebody else alone', async () => {
    await postNote(bench, 'mon', { series: 'digest', to: { person: 'jon' } });
    bench.clock.advance(1_000);
    await postNote(bench, 'tue', { series: 'digest' });
    await engine.idle();
    expect(bench.sink.removed).toEqual([]);
    expect(bench.sink.posts).toHaveLength(2);
  });
});

describe('on both platforms at once', () => {
  let world: World;
  const notes = createNotes();
  beforeEach(async () => {
    world = await openWorld({ cards: notes.cards });
  });
  afterEach(() => world.close());

  it('every posted copy follows a change, and a series is replaced where it stands', async () => {
    const slack = (): string[] => world.slack.messages(slackChannel).map(({ blocks }) => JSON.stringify(blocks));
    const teams = (): string[] =>
      world.teams.messages(teamsChannel).flatMap(({ card, deleted }) => (deleted ? [] : [JSON.stringify(card)]));
    notes.texts.set('one', 'first words');
    await postNote(world, 'one', { to: { team: 'east' }, series: 'digest/team/east' });
    await world.delivered();
    notes.texts.set('one', 'other words');
    await refreshNote(world, 'one');
    await world.delivered();
    for (const place of [slack, teams]) expect(place()).toEqual([expect.stringContaining('other words')]);
    notes.texts.set('two', 'the next day');
    world.clock.advance(60_000);
    await postNote(world, 'two', { to: { team: 'east' }, series: 'digest/team/east' });
    await world.delivered();
    for (const place of [slack, teams]) expect(place()).toEqual([expect.stringContaining('the next day')]);
  });
});
