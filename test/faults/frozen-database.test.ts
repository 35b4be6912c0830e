import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersWithin, askInTime } from '../../src/ask-in-time.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';
import { openFaultyLink, type FaultyLink } from './faulty-link.ts';

/** A database that takes what it is sent and says nothing: nobody may wait for it to learn that. */
describe('while the database is frozen', () => {
  let world: World;
  let link: FaultyLink;
  beforeAll(async () => {
    link = openFaultyLink();
    world = await openWorld({ databaseThrough: (url) => link.through(url) });
    for (const platform of platforms) await handOf(world, platform, 'maya').types('help');
  });
  afterAll(async () => {
    link.thaw();
    await world.close();
    await link.close();
  });
  const get = async (path: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${world.service.url}${path}`);
    return { status: response.status, text: await response.text() };
  };

  it('the metrics are there all the same, without what only the database knows', async () => {
    const before = await get('/metrics');
    expect(before.text).toContain('\nbaton_database_up 1\n');
    expect(before.text).toContain('\nbaton_delivery_oldest_due_seconds 0\n');
    expect(before.text).toContain('baton_delivery_backlog{state="pending"} 0');
    expect(before.text).toContain('baton_escalation_acknowledgement_seconds_count{severity="crisis"} 0');

    link.freeze();
    const { status, text } = await get('/metrics');
    expect(status).toBe(200);
    expect(text).toContain('\nbaton_database_up 0\n');
    // No old figure is shown as if it were today's. What is good for a quarter of a minute may still stand there.
    expect(text).not.toMatch(/^baton_delivery_(oldest_due_seconds|backlog)/m);
    for (const platform of platforms) expect(text).toContain(`baton_requests_total{platform="${platform}"`);
    expect(text).toContain('process_cpu_seconds_total');
    // As often as they are asked for.
    expect((await get('/metrics')).status).toBe(200);
  });

  it('the service says that it is not ready, and is again afterwards', async () => {
    link.freeze();
    expect(await get('/readyz')).toEqual({
      status: 503,
      text: JSON.stringify({ status: 'not ready', reason: 'the database does not answer in time' }),
    });
    link.thaw();
    await expect.poll(async () => (await get('/readyz')).status).toBe(200);
    await expect.poll(async () => (await get('/metrics')).text).toMatch(/^baton_delivery_oldest_due_seconds 0$/m);
  });
});

describe('a question to the database', () => {
  it('is given up before the two seconds of a scrape are over', () => {
    expect(answersWithin).toBeLessThanOrEqual(1_500);
  });

  it('is asked once however many wait, goes on without an answer, and hears of it later', async () => {
    let asked = 0;
    let answer: (value: string) => void = () => undefined;
    let wall = 0;
    let pass: () => void = () => undefined;
    const ask = askInTime(
      {
        wallNow: () => new Date(wall),
        pause: () => new Promise((resolve) => (pass = resolve)),
      },
      () => {
        asked += 1;
        return new Promise<string>((resolve) => (answer = resolve));
      },
      10_000,
    );
    const first = ask();
    pass();
    expect(await first).toBeUndefined();
    const second = ask();
    answer('now');
    expect(await second).toBe('now');
    wall += 9_999;
    expect(await ask()).toBe('now');
    expect(asked).toBe(1);
    wall += 1;
    const third = ask();
    expect(asked).toBe(2);
    pass();
    expect(await third).toBeUndefined();
    // Its connection is dead: it is not waited for without end.
    wall += 60_000;
    void ask();
    expect(asked).toBe(3);
  });

  it('that fails is no answer, and is asked again at once', async () => {
    let asked = 0;
    const ask = askInTime({ wallNow: () => new Date(0), pause: () => new Promise(() => undefined) }, () => {
      asked += 1;
      return Promise.reject(new Error('no'));
    });
    expect([await ask(), await ask(), asked]).toEqual([undefined, undefined, 2]);
  });
});
