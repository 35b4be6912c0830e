import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { faultRows } from '../helpers/fault-rows.ts';
import { platforms, slackChannel, teamsChannel } from '../helpers/world.ts';
import { minute, openFaultScene, toEast, type FaultScene } from './fault-scene.ts';
import { refreshNote } from './posting.ts';

/** docs/faults.md, F09, F10 and F23: what meets the client's limit of time. Eight seconds in real life, here less. */
const limit = 700;
let scene: FaultScene;
beforeAll(async () => {
  scene = await openFaultScene({ sendTimeoutMs: limit });
});
afterEach(() => scene.rest());
afterAll(() => scene.world.close());

type Slowness = 'hang' | 'late-reply' | 'drip';
const method = 'chat.postMessage';
/** In the team's place, once, far beyond the limit. */
function fail(platform: 'slack' | 'teams', kind: Slowness, more: { method?: string; times?: number } = {}): void {
  const milliseconds = kind === 'drip' ? 25_000 : 3 * limit;
  const { times = 1 } = more;
  if (platform === 'teams') scene.world.teams.faults.add({ kind, conversation: teamsChannel, times, milliseconds });
  else scene.world.slack.faults.set([{ kind, channel: slackChannel, times, delayMs: milliseconds, method, ...more }]);
}
const on = async (platform: 'slack' | 'teams', name: string): Promise<string | undefined> =>
  (await scene.rows(name)).find((row) => row.includes(` ${platform} `));

describe.each(platforms)('the limit of time on %s', (platform) => {
  const noReply = platform === 'slack' ? 'no_reply' : 'connection';

  it('F09 passes before anything was done: unknown, sent again, arrives once', async () => {
    fail(platform, 'hang');
    await scene.send(`f09-${platform}`, toEast);
    expect(await on(platform, `f09-${platform}`)).toBe(`team:east unknown ${platform} 1 ${noReply}`);
    expect(scene.inChannel(`f09-${platform}`, platform)).toBe(0);
    await scene.pass(2_000);
    expect(await on(platform, `f09-${platform}`)).toBe(`team:east sent ${platform} 2 -`);
    expect(scene.inChannel(`f09-${platform}`, platform)).toBe(1);
  });

  it.each(
    faultRows([
      ['F10 passes after it was accepted', 'late-reply', noReply],
      ['F23 passes while the answer drips for 25 s', 'drip', platform === 'slack' ? 'no_reply' : 'no-id'],
    ] as const),
  )('%s: unknown, sent again: the one duplicate, and no third', async (_title, kind, reason) => {
    const name = `${kind}-${platform}`;
    fail(platform, kind);
    await scene.send(name, toEast);
    expect(await on(platform, name)).toBe(`team:east unknown ${platform} 1 ${reason}`);
    expect(scene.inChannel(name, platform)).toBe(1);
    await scene.pass(2_000);
    expect(await on(platform, name)).toBe(`team:east sent ${platform} 2 -`);
    await scene.pass(60 * minute);
    expect(scene.inChannel(name, platform)).toBe(2);
  });

  it.each(faultRows(['hang', 'late-reply'] as const))(
    '%s while a message is changed: changed again, one message',
    async (kind) => {
      const name = `change-${kind}-${platform}`;
      await scene.send(name, toEast);
      fail(platform, kind, { method: 'chat.update' });
      scene.notes.texts.set(name, `note ${name}. And more.`);
      await refreshNote(scene.world, name);
      await scene.world.delivered();
      expect(await on(platform, name)).toBe(`team:east sent ${platform} 2 ${noReply}`);
      await scene.pass(4_000);
      expect(scene.inChannel(name, platform)).toBe(1);
      expect(await on(platform, name)).toBe(`team:east sent ${platform} 2 -`);
    },
  );

  it('F23 a slow place does not hold the others up: they arrive while it is waited for', async () => {
    fail(platform, 'hang');
    await scene.post(`slow-${platform}`, toEast);
    const beside = ['maya', 'jon', 'dana'] as const;
    for (const person of beside) await scene.post(`beside-${platform}-${person}`, { to: { person } });
    const all = scene.world.delivered();
    await expect
      .poll(() => beside.map((person) => scene.withPerson(`beside-${platform}-${person}`, person)), { interval: 10 })
      .toEqual([1, 1, 1]);
    expect(await on(platform, `slow-${platform}`)).toMatch(new RegExp(`^team:east sending ${platform} 1 -`));
    await all;
    expect(await on(platform, `slow-${platform}`)).toBe(`team:east unknown ${platform} 1 ${noReply}`);
  });
});

it('F09 opening a person’s conversation on Slack: nothing was posted, so it is not unknown', async () => {
  scene.world.slack.faults.set([{ kind: 'hang', method: 'conversations.open', times: 2 }]);
  await scene.send('open');
  expect(await scene.rows('open')).toEqual(['person:maya pending slack 1 not_opened']);
  await scene.pass(2_000);
  await scene.pass(4_000);
  expect(await scene.rows('open')).toEqual(['person:maya sent slack 3 -']);
  expect(scene.withPerson('open', 'maya')).toBe(1);
});
