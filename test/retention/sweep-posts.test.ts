import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPushableClock } from '../../src/clock.ts';
import { createSweep } from '../../src/retention/sweep.ts';
import { sweepPages, sweepPosts, type Place } from '../../src/retention/sweep-posts.ts';
import { connectAs } from '../../src/store/connect-as.ts';
import type { Store } from '../../src/store/store.ts';
import { beginOrganisation } from '../helpers/begin-organisation.ts';
import type { TestDatabase } from '../helpers/database.ts';
import { readSample } from '../helpers/organisation.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { madeUp, postsLeft, whichStay, writePosts, type MadeUp } from './posts-scene.ts';

const clock = createPushableClock({ start: new Date('2026-11-23T14:00:00Z'), frozen: true });
let database: TestDatabase;
let store: Store;
let owner: pg.Client;
beforeAll(async () => {
  ({ database, store } = await beginOrganisation(clock, await readSample(), {}));
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
});
const tables = 'delivery post page duty_cover escalation escalation_event escalation_notice break_glass'.split(' ');
const turnTriggers = (how: string): string =>
  tables.map((table) => `alter table ${table} ${how} trigger user;`).join('');
const empty = (): Promise<unknown> =>
  owner.query(`${turnTriggers('disable')} truncate ${tables.join(', ')}; ${turnTriggers('enable')}`);
beforeEach(empty);
afterAll(async () => {
  await owner.end();
  await store.close();
  await database.drop();
});

const write = (posts: readonly MadeUp[]): Promise<void> =>
  store.inOrganisation('riverside', (tx) => writePosts(tx, posts, clock.now()));
const asApp = (text: string): Promise<unknown> =>
  store.inOrganisation('riverside', (tx) => tx.db.$queryRawUnsafe(text));
const left = (): Promise<ReadonlyMap<number, number>> => store.inOrganisation('riverside', postsLeft);

/** Batch by batch to the end of a round: how many posts each took. */
async function sweepAll(): Promise<readonly number[]> {
  const took: number[] = [];
  let from: Place | undefined;
  do {
    const step = await sweepPosts(store, 'riverside', clock.now().getTime(), from);
    took.push(step.posts);
    from = step.next;
  } while (from !== undefined);
  return took;
}
const old: MadeUp = {
  ...{ kind: 'week-reviews.week', age: 500, series: false, open: false },
  copies: [{ state: 'sent', stale: false, message: true, touched: 500 }],
};

describe('posts past their time', () => {
  it('go with their copies; nothing younger, open, parked, still to be drawn or still standing does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(madeUp, { maxLength: 25 }), async (posts) => {
        await empty();
        await write(posts);
        await sweepAll();
        const stays = whichStay(posts);
        const expected = posts.flatMap(({ copies }, index) => (stays[index] === true ? [[index, copies.length]] : []));
        expect([...(await left())].sort(([a], [b]) => a - b)).toEqual(expected);
      }),
      { numRuns: propertyRuns.dataSets },
    );
  });

  it('go one batch a tick and no more, past any number that stay, however many there are', async () => {
    const stay: MadeUp = { ...old, kind: 'duty.cover', age: 3000, open: true };
    await write([...Array.from({ length: 210 }, () => stay), ...Array.from({ length: 410 }, () => old)]);
    const sweep = createSweep({ store, clock });
    const ticks: number[] = [];
    clock.advance(10 * 60_000);
    for (let before = 620, tick = 0; tick < 8; tick += 1) {
      await sweep();
      const now = (await left()).size;
      ticks.push(before - now);
      before = now;
    }
    expect(Math.max(...ticks)).toBeLessThanOrEqual(200);
    expect(ticks.reduce((sum, took) => sum + took, 0)).toBe(410);
    expect([...(await left()).keys()].every((index) => index < 210)).toBe(true);
  });

  it('stay where somebody touched them between the look and the taking', async () => {
    await write([old, old]);
    const meddling = {
      inOrganisation: store.inOrganisation.bind(store),
      asWorker: async <T>(work: Parameters<typeof store.asWorker<T>>[0]): Promise<T> => {
        await asApp(`update delivery set stale = true where post_id::text like '%000001'`);
        return store.asWorker(work);
      },
    };
    expect(await sweepPosts(meddling, 'riverside', clock.now().getTime())).toEqual({ posts: 1, next: undefined });
    expect([...(await left()).keys()]).toEqual([1]);
  });

  it('stay as long as a younger one went out in their message, and as long as the message they stand under', async () => {
    await write([
      old,
      { ...old, kind: 'escalations.card' },
      { ...old, kind: 'digests.team' },
      { ...old, kind: 'digests.team', series: true },
    ]);
    await asApp(`update delivery set bundle_id = (select id from delivery where post_id::text like '%000000')
                 where post_id::text like '%000000' or post_id::text like '%000001'`);
    await asApp(`update post set audience = 'team', under = case key when 'made-up:2' then 'made-up:3' end
                 where kind = 'digests.team'`);
    expect(await sweepAll()).toEqual([0]);
    expect((await left()).size).toBe(4);
  });

  it('are the worker’s alone to take, and only what is at rest', async () => {
    const parked: MadeUp = { ...old, copies: [{ state: 'parked', stale: false, message: false, touched: 500 }] };
    await write([old, parked]);
    for (const table of ['post', 'delivery', 'page'])
      await expect(asApp(`delete from ${table}`)).rejects.toThrow('permission denied');
    const worker = new pg.Client(connectAs(database.url, 'baton_worker'));
    await worker.connect();
    try {
      const gone = await worker.query('delete from delivery');
      expect(gone.rowCount).toBe(1);
      await expect(worker.query('delete from post')).rejects.toThrow('foreign key');
    } finally {
      await worker.end();
    }
    expect(await left()).toEqual(
      new Map([
        [0, 0],
        [1, 1],
      ]),
    );
  });
});

describe('pages past their time', () => {
  const writePages = (): Promise<number> =>
    store.inOrganisation('riverside', async (tx) => {
      await writePosts(tx, [{ ...old, kind: 'escalations.card', open: true }], clock.now());
      return tx.db.$executeRaw`
        insert into page (organisation_id, id, key, event, priority, person_id, team_id, incident, rung, at, next_at, state,
                          reason, sent_at)
        select ${tx.organisation}, gen_random_uuid(), name, 'call', 0, 'maya', 'east', incident, 1,
               ${clock.now()}::timestamptz - age * interval '1 day', ${clock.now()}::timestamptz - age * interval '1 day',
               state, case when state <> 'sent' then 'overtaken' end,
               case when state = 'sent' then ${clock.now()}::timestamptz - age * interval '1 day' end
        from (values ('old', 'east/2019-01', 2200, 'sent'), ('dropped', 'east/2019-02', 2200, 'dropped'),
                     ('young', 'east/2021-01', 2190, 'sent'), ('parked', 'east/2019-01', 2200, 'parked'),
                     ('open', '00000000-0000-4000-8000-000000000000', 2200, 'sent')) as given (name, incident, age, state)`;
    });
  const keys = async (): Promise<readonly string[]> =>
    store.inOrganisation('riverside', async (tx) =>
      (
        await tx.db.$queryRaw<{ key: string }[]>`
          select key from page where organisation_id = ${tx.organisation} order by key`
      ).map(({ key }) => key),
    );

  it('go after six years, unless they were given up or ring about what is open', async () => {
    await writePages();
    expect(await sweepPages(store, 'riverside', clock.now().getTime())).toBe(false);
    expect(await keys()).toEqual(['open', 'parked', 'young']);
  });

  it('are nobody else’s to take', async () => {
    await writePages();
    await expect(owner.query('delete from page')).rejects.toThrow('append-only');
    await expect(owner.query('truncate page')).rejects.toThrow('append-only');
  });
});
