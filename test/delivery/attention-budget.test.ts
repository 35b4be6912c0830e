import { afterEach, describe, expect, it } from 'vitest';
import type { Post } from '../../src/feature/feature.ts';
import { enqueuePost } from '../../src/delivery/outbox.ts';
import { onlyOn } from '../behaviour/refer-scene.ts';
import { createChance, type Chance } from '../faults/chance.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { openWorld, platforms, type World } from '../helpers/world.ts';
import { createNotes, noteKind, postNote, readDeliveries, type Notes } from './posting.ts';

const minutes = 60_000;
const hours = 60 * minutes;

describe.each(platforms)('how often a person on %s is pushed', (platform) => {
  let world: World;
  let notes: Notes;
  afterEach(() => world.close());

  /** Local time of New York; Monday is the 23rd. */
  async function openAt(local: string, perDay?: number): Promise<Hand> {
    notes = createNotes();
    const budget = perDay === undefined ? '' : `  attention: { pushesPerDay: ${perDay} }\n`;
    world = await openWorld({
      cards: notes.cards,
      at: new Date(`2026-11-${local}:00-05:00`).toISOString(),
      organisation: (text) => text.replace('  id: riverside\n', `  id: riverside\n${budget}`),
    });
    return onlyOn(world, platform, 'maya');
  }
  /** News of somebody else's making. */
  async function news(name: string, post: Partial<Post> = {}): Promise<void> {
    notes.texts.set(name, `note ${name}.`);
    await postNote(world, name, { atOnce: false, ...post });
    await world.delivered();
  }
  /** Two or three things at a time; now and then an escalation, which waits for nothing. */
  async function severalNews(name: string, chance: Chance): Promise<void> {
    const urgent = chance.between(1, 8) === 1;
    await world.store.inOrganisation('riverside', async (tx) => {
      for (let count = chance.between(2, 3); count > 0; count -= 1) {
        const subject = `${name} ${count}`;
        notes.texts.set(subject, `note ${subject}.`);
        const post: Post = { key: subject, to: { person: 'maya' }, kind: noteKind, subject, priority: 'answer' };
        await enqueuePost(tx, post, world.clock.now());
      }
    });
    if (urgent) await news(`${name} urgent`, { priority: 'escalation' });
    else await world.delivered();
    if (urgent) expect(await told()).toContain(`${name} urgent sent -`);
  }
  async function pass(milliseconds: number): Promise<void> {
    world.clock.advance(milliseconds);
    await world.service.tick();
    await world.delivered();
  }
  const read = (hand: Hand): string[] => {
    const shared = new Set(hand.channel().map(({ id }) => id));
    return hand
      .sees()
      .filter(({ id }) => !shared.has(id))
      .map(textOf);
  };
  const told = async (): Promise<string[]> =>
    (await readDeliveries(world.store)).map(({ subject, state, reason }) => `${subject} ${state} ${reason ?? '-'}`);

  it('the seventh thing of a day stands in the next digest, opens there, and comes by itself no more', async () => {
    const maya = await openAt('23T09:00');
    for (const name of ['1', '2', '3', '4', '5', '6', '7', '8']) {
      await news(name);
      await pass(10 * minutes);
    }
    expect(read(maya).filter((text) => text.startsWith('note '))).toHaveLength(6);
    expect(await told()).toEqual(expect.arrayContaining(['6 sent -', '7 pending folded', '8 pending folded']));

    await news('x', { priority: 'escalation' });
    await news('y', { atOnce: true });
    expect(read(maya)).toEqual(expect.arrayContaining(['note x.', 'note y.']));

    await pass(11 * hours);
    await pass(11.4 * hours);
    const digest = read(maya).find((text) => text.includes('Since your last digest'));
    expect(digest).toContain('Since your last digest: 2 more.');
    expect(await told()).toEqual(expect.arrayContaining(['7 superseded in_digest', '8 superseded in_digest']));
    const list = await maya.presses('Show 2');
    expect(list.text).toContain('A note for you.');
    expect((await maya.presses('Open')).text).toContain('note 7.');

    // Another day, another budget; and the day after next the digest speaks of it no more.
    await news('9');
    expect(read(maya)).toContain('note 9.');
    await pass(24 * hours);
    const later = read(maya).filter((text) => text.startsWith('Nothing is waiting on you.'));
    expect(later.filter((text) => text.includes('Since'))).toEqual([]);
  });

  it('one push of a day is kept for the digest that is still to come', async () => {
    const maya = await openAt('23T07:00', 3);
    for (const name of ['1', '2', '3']) await news(name);
    expect(await told()).toEqual(['1 sent -', '2 sent -', '3 pending folded']);
    await pass(90 * minutes);
    expect(read(maya).join('\n')).toContain('Since your last digest: 1 more.');
    await news('4');
    expect(await told()).toContain('4 pending folded');
  });

  it('where no digest takes them they come by themselves on the next working day, as one list', async () => {
    const maya = await openAt('23T09:00', 2);
    for (const name of ['1', '2', '3', '4']) {
      await news(name);
      await pass(minutes);
    }
    await world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`delete from schedule where organisation_id = ${tx.organisation} and owner = 'maya'`,
    );
    await pass(24 * hours);
    expect(read(maya).some((text) => text.includes('came in for you'))).toBe(false);
    await pass(30 * minutes);
    expect(read(maya).find((text) => text.includes('came in for you'))).toContain('2 things came in for you.');
    expect((await told()).filter((one) => !one.endsWith(' sent -'))).toEqual([]);
  });

  it('over a month of busy days it is within the budget, and nothing is lost', async () => {
    const maya = await openAt('02T06:00');
    await world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`delete from schedule where organisation_id = ${tx.organisation} and owner <> 'maya'`,
    );
    const chance = createChance(20_261_102);
    const waiting = async (): Promise<number> =>
      (await readDeliveries(world.store)).filter(({ reason }) => reason === 'folded').length;
    let digests = 0;
    for (let day = 2; day <= 30; day += 1) {
      const date = `2026-11-${String(day).padStart(2, '0')}`;
      const before = await waiting();
      const weekend = [0, 6].includes(new Date(date).getUTCDay());
      for (const time of weekend ? ['13:00'] : ['08:45', '10:00', '13:00', '16:00']) {
        const ahead = Date.parse(`${date}T${time}:00-05:00`) - world.clock.now().getTime();
        if (time !== '08:45') {
          world.clock.advance(ahead);
          await severalNews(`${date} ${time}`, chance);
          continue;
        }
        await pass(ahead);
        if ((await waiting()) < before) {
          // What was folded since the last digest is what this one says.
          const said = read(maya).flatMap((text) => /Since your last digest: (\d+) more/.exec(text)?.[1] ?? []);
          expect(said, date).toEqual([String(before)]);
          digests += 1;
        }
      }
    }
    const perDay = await pushesPerDay(world);
    expect(Math.max(...perDay.values())).toBe(6);
    expect([...perDay.keys()].filter((date) => ['2026-11-26', '2026-11-27', '2026-11-28'].includes(date))).toEqual([]);
    expect(digests).toBeGreaterThan(6);
    for (const time of [16.5 * hours, 24 * hours]) await pass(time);
    const states = new Set((await readDeliveries(world.store)).map(({ state, reason }) => `${state} ${reason ?? '-'}`));
    expect([...states].sort()).toEqual(['sent -', 'superseded in_digest']);
  }, 60_000);
});

/** By local date: messages a person got that nobody asked for, escalations left out. */
async function pushesPerDay({ store }: World): Promise<ReadonlyMap<string, number>> {
  const rows = await store.inOrganisation(
    'riverside',
    (tx) => tx.db.$queryRaw<{ day: string; count: number }[]>`
      select (d.sent_at at time zone 'America/New_York')::date::text as day,
             count(distinct coalesce(d.bundle_id, d.id))::int as count
      from delivery d join post p on p.organisation_id = d.organisation_id and p.id = d.post_id
      where p.audience = 'person' and p.destination = 'maya' and d.sent_at is not null and d.priority > 0
        and not p.at_once and p.kind in (${noteKind}, 'digests.person')
      group by 1 order by 1`,
  );
  return new Map(rows.map(({ day, count }) => [day, count]));
}
