import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Post } from '../../src/feature/feature.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { openWorld, platforms, type World } from '../helpers/world.ts';
import { onlyOn } from '../behaviour/refer-scene.ts';
import { enqueuePost } from '../../src/delivery/outbox.ts';
import { brief, createNotes, noteKind, postNote, readDeliveries, refreshNote, type Notes } from './posting.ts';

const seconds = 1_000;
const minutes = 60_000;

describe.each(platforms)('what a person on %s is not worn out by', (platform) => {
  let world: World;
  let notes: Notes;
  let maya: Hand;
  afterEach(() => world.close());

  /** Monday, local time of New York. */
  async function openAt(local: string): Promise<void> {
    notes = createNotes();
    world = await openWorld({
      cards: notes.cards,
      at: new Date(`2026-11-${local}:00-05:00`).toISOString(),
      // Of the day's budget: attention-budget.test.ts.
      organisation: (text) =>
        text.replace('  id: riverside\n', '  id: riverside\n  attention: { pushesPerDay: 100 }\n'),
    });
    maya = await onlyOn(world, platform, 'maya');
  }
  /** News of somebody else's making. */
  async function news(name: string, post: Partial<Post> = {}): Promise<void> {
    notes.texts.set(name, `note ${name}.`);
    await postNote(world, name, { atOnce: false, ...post });
  }
  /** Several at the same moment: one change that tells of many things. */
  async function atTheSameTime(names: readonly string[], more: Partial<Post> = {}, series = false): Promise<void> {
    for (const name of names) notes.texts.set(name, `note ${name}.`);
    await world.store.inOrganisation('riverside', async (tx) => {
      for (const name of names) {
        const post: Post = { key: name, to: { person: 'maya' }, kind: noteKind, subject: name, priority: 'answer' };
        const named = series ? { ...post, series: `series of ${name}` } : post;
        await enqueuePost(tx, { ...named, ...more }, world.clock.now());
      }
    });
    await world.delivered();
  }
  /** Three times the same card, at the same moment. */
  async function severalTimes(name: string, more: Partial<Post>): Promise<void> {
    notes.texts.set(name, `note ${name}.`);
    await world.store.inOrganisation('riverside', async (tx) => {
      for (const key of ['1', '2', '3']) {
        const post: Post = { key, to: { person: 'maya' }, kind: noteKind, subject: name, priority: 'answer', ...more };
        await enqueuePost(tx, post, world.clock.now());
      }
    });
    await world.delivered();
  }
  async function pass(milliseconds: number): Promise<void> {
    world.clock.advance(milliseconds);
    await world.delivered();
  }
  const messages = (): string[] => {
    const shared = new Set(maya.channel().map(({ id }) => id));
    return maya
      .sees()
      .filter(({ id }) => !shared.has(id))
      .map(textOf);
  };
  const singles = (): string[] => messages().filter((text) => text.startsWith('note '));
  const lists = (): string[] => messages().filter((text) => text.includes('came in for you'));
  const rows = async (): Promise<string[]> => (await readDeliveries(world.store)).map(brief);

  describe('by day', () => {
    beforeEach(() => openAt('23T09:00'));

    it('three things at once come one by one', async () => {
      await atTheSameTime(['a', 'b', 'c']);
      expect(singles().sort()).toEqual(['note a.', 'note b.', 'note c.']);
    });

    it('a burst is one message with a line each, and every line opens', async () => {
      await atTheSameTime(['a', 'b', 'c', 'd', 'e']);
      expect(singles()).toEqual([]);
      expect(lists()).toHaveLength(1);
      expect(lists()[0]).toContain('5 things came in for you.');
      expect(lists()[0]?.match(/\[Open\]/g)).toHaveLength(5);
      expect(await rows()).toEqual(Array.from({ length: 5 }, () => `person:maya sent ${platform} 1 -`));
      const opened = await maya.presses('Open');
      expect(opened.text).toContain('note a.');
      expect(new Set((await readDeliveries(world.store)).map(({ messageId }) => messageId)).size).toBe(1);
    });

    it('one more during a burst waits for the end of its half minute, then two of them are folded', async () => {
      await atTheSameTime(['a', 'b', 'c']);
      await pass(5 * seconds);
      await atTheSameTime(['d', 'e']);
      expect(singles()).toHaveLength(3);
      expect(await rows()).toContain('person:maya pending - 0 burst');
      await pass(25 * seconds);
      expect(singles()).toHaveLength(3);
      expect(lists()[0]).toContain('2 things came in for you.');
    });

    it('a line goes when its thing needs no telling any more; when none is left the message goes', async () => {
      await atTheSameTime(['a', 'b', 'c', 'd']);
      notes.texts.delete('a');
      await refreshNote(world, 'a');
      await world.delivered();
      expect(lists()[0]).toContain('3 things came in for you.');
      for (const name of ['b', 'c', 'd']) notes.texts.delete(name);
      for (const name of ['b', 'c', 'd']) await refreshNote(world, name);
      await world.delivered();
      expect(lists()).toEqual([]);
    });

    it('news of a series in a burst give up their line to the newer one', async () => {
      await atTheSameTime(['a', 'b', 'c', 'd'], {}, true);
      expect(lists()[0]).toContain('4 things');
      await pass(5 * minutes);
      await news('a again', { series: 'series of a' });
      await world.delivered();
      expect(singles()).toEqual(['note a again.']);
      expect(lists()[0]).toContain('3 things');
    });

    it('an escalation is never in a list, and never waits for one', async () => {
      await atTheSameTime(['a', 'b', 'c', 'd']);
      await atTheSameTime(['x', 'y'], { priority: 'escalation' });
      expect(singles().sort()).toEqual(['note x.', 'note y.']);
      expect(lists()[0]).toContain('4 things');
    });

    it('of several that wait for the same card one is sent', async () => {
      await severalTimes('a', {});
      expect(singles()).toEqual(['note a.']);
      expect((await rows()).sort()).toEqual([
        `person:maya sent ${platform} 1 -`,
        'person:maya superseded - 0 said_by_another',
        'person:maya superseded - 0 said_by_another',
      ]);
    });

    it('the same for a place of the team', async () => {
      await severalTimes('a', { to: { team: 'east' } });
      expect(maya.channel().map(textOf)).toEqual(['note a.']);
    });

    it('an escalation is told each time, however often it says the same', async () => {
      for (const key of ['1', '2']) await news('a', { key, priority: 'escalation' });
      await world.delivered();
      expect(singles()).toEqual(['note a.', 'note a.']);
    });

    it('no more than six pushes a minute; the rest waits, in order', async () => {
      for (const name of ['1', '2', '3', '4', '5', '6', '7', '8']) {
        await atTheSameTime([name], { priority: 'digest' });
        await pass(seconds);
      }
      expect(singles()).toHaveLength(6);
      expect(await rows()).toContain('person:maya pending - 0 throttled');
      await pass(51 * seconds);
      expect(singles()).toHaveLength(6);
      await pass(seconds);
      expect(singles().at(-1)).toBe('note 7.');
      await pass(seconds);
      expect(singles().at(-1)).toBe('note 8.');
    });

    it('a throttled person has their escalation at once', async () => {
      for (let count = 0; count < 8; count += 1) await news(`d${count}`, { priority: 'digest' });
      await world.delivered();
      await news('x', { priority: 'escalation' });
      await world.delivered();
      expect(singles()).toContain('note x.');
    });
  });

  describe('at night', () => {
    beforeEach(() => openAt('23T22:00'));

    it('news and digests wait until seven, folded', async () => {
      for (const name of ['a', 'b']) await news(name);
      await world.delivered();
      expect(messages()).toEqual([]);
      expect(await rows()).toEqual(Array.from({ length: 2 }, () => 'person:maya pending - 0 quiet_hours'));
      await pass(9 * 60 * minutes - seconds);
      expect(messages()).toEqual([]);
      await pass(seconds);
      expect(lists()).toHaveLength(1);
      expect(lists()[0]).toContain('2 things');
    });

    it('one alone comes as it is', async () => {
      await news('a');
      await pass(9 * 60 * minutes);
      expect(singles()).toEqual(['note a.']);
    });

    it('an escalation comes at once', async () => {
      await news('x', { priority: 'escalation' });
      await world.delivered();
      expect(singles()).toEqual(['note x.']);
    });

    it('a digest somebody asks for comes at once', async () => {
      await maya.types('digest now');
      await world.settled();
      expect(messages().join('\n')).toMatch(/Nothing is waiting on you|need.? you today/);
    });

    it('what is asked for makes what waits for the same card needless', async () => {
      await news('a');
      await world.delivered();
      await news('a', { key: 'asked', atOnce: true });
      await world.delivered();
      expect(singles()).toEqual(['note a.']);
      expect((await rows()).sort()).toEqual([
        `person:maya sent ${platform} 1 -`,
        'person:maya superseded - 0 said_by_another',
      ]);
      await pass(12 * 60 * minutes);
      expect(singles()).toEqual(['note a.']);
    });

    it('a place of the team is nobody, and does not wait', async () => {
      await news('a', { to: { team: 'east' } });
      await world.delivered();
      expect(maya.channel().map(textOf)).toEqual(['note a.']);
    });
  });

  it('hours of a team that the organisation chose count', async () => {
    notes = createNotes();
    world = await openWorld({
      cards: notes.cards,
      at: '2026-11-23T14:00:00Z',
      organisation: (text) =>
        text
          .replace('    id: east', '    id: east')
          .replace('  - id: east\n', '  - id: east\n    attention: { hours: "10:00-12:00", perMinute: 2 }\n'),
    });
    maya = await onlyOn(world, platform, 'maya');
    await news('a');
    await world.delivered();
    expect(messages()).toEqual([]);
    await pass(60 * minutes);
    expect(singles()).toEqual(['note a.']);
    for (const name of ['b', 'c']) await news(name);
    await world.delivered();
    expect(await rows()).toContain('person:maya pending - 0 throttled');
  });
});
