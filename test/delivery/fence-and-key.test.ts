import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimDue, type Claimed } from '../../src/delivery/claim.ts';
import { finishDelivery } from '../../src/delivery/finish.ts';
import { onBothPlatforms } from '../helpers/world.ts';
import { openBench, type Bench } from './bench.ts';
import { brief, postNote, readDeliveries } from './posting.ts';

describe('what came of a delivery', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench(onBothPlatforms);
    bench.notes.texts.set('one', 'words');
  });
  afterEach(() => bench.close());
  const claim = async (): Promise<Claimed> => {
    const work = { now: bench.clock.now(), holder: 'first', batch: 10, avoid: [] };
    const [claimed] = await bench.store.asWorker((db) => claimDue(db, work));
    if (claimed === undefined) throw new Error('nothing is due');
    return claimed;
  };
  const finish = (claimed: Claimed): Promise<boolean> =>
    bench.store.inOrganisation('riverside', (tx) =>
      finishDelivery(
        tx,
        claimed,
        { is: 'ended', state: 'cancelled', reason: 'a test' },
        { now: bench.clock.now(), at: undefined, parkedCard: { kind: 'deliveries.parked', subject: 'open' } },
      ),
    );

  it('is written by whoever holds it, at the try they hold it for, and by nobody else', async () => {
    await postNote(bench, 'one');
    const claimed = await claim();
    expect(await finish({ ...claimed, holder: 'second' })).toBe(false);
    expect(await finish({ ...claimed, attempts: claimed.attempts + 1 })).toBe(false);
    expect((await readDeliveries(bench.store)).map(brief)).toEqual(['person:maya sending - 1 -']);
    expect(await finish(claimed)).toBe(true);
    expect((await readDeliveries(bench.store)).map(({ state }) => state)).toEqual(['cancelled']);
  });

  it('is sent under a key of its own: two copies of one post are two messages', async () => {
    await postNote(bench, 'one', { to: { team: 'east' } });
    await bench.engine().idle();
    expect(bench.sink.posts).toHaveLength(2);
    expect(new Set(bench.sink.posts.map(({ key }) => key)).size).toBe(2);
  });
});
