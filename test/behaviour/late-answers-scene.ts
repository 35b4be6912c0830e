import type { Service } from '../../src/app.ts';
import { createChance } from '../faults/chance.ts';
import { slackEvent, typedByMaya, type RawRequest } from '../faults/raw-requests.ts';
import { textOf } from '../helpers/screen.ts';
import { handOf, type World } from '../helpers/world.ts';
import { accounts, type Platform } from './leave-scene.ts';

/** Past the time a platform has for taking an answer. */
export const tooLong = 11_000;

/** A line Maya types to Baton in their own conversation: its answer is a message on both platforms. */
export async function typedLine(world: World, platform: Platform, text: string, id: string): Promise<RawRequest> {
  if (platform === 'slack') return slackEvent(world, typedByMaya(world, text), { id });
  const activity = { ...world.teams.activity({ user: accounts.maya.teams, text }), id };
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await world.teams.token()}` };
  return { path: '/api/messages', headers, body: JSON.stringify(activity) };
}

/** The platform takes no message for that many tries. */
export function throttle(world: World, platform: Platform, times: number): void {
  if (platform === 'teams') world.teams.faults.add({ kind: '429', times, retryAfter: 20 });
  else {
    const one = { kind: '429', times, retryAfter: 20 } as const;
    world.slack.faults.set([
      { ...one, method: 'chat.postMessage' },
      { ...one, method: 'response_url' },
    ]);
  }
}
/** Three of ten requests of so many are refused, whatever they are for; seeded, so that a run can be had again. */
export function rain(world: World, platform: Platform, requests: number): void {
  const chance = createChance(20_261_123);
  // `slow` by no time at all is as if there were no fault.
  const meets = Array.from({ length: requests }, () =>
    chance.between(1, 10) <= 3 ? ('429' as const) : ('slow' as const),
  );
  if (platform === 'slack') {
    world.slack.faults.set(meets.map((kind) => ({ kind, times: 1, retryAfter: 1, delayMs: 0 })));
  } else for (const kind of meets) world.teams.faults.add({ kind, times: 1, retryAfter: 1, milliseconds: 0 });
}
export function heal(world: World): void {
  world.teams.faults.clear();
  world.slack.faults.set([]);
}

export const settledWith = async (world: World, second?: Service): Promise<void> => {
  await second?.slack?.settled();
  await second?.teams?.settled();
  await second?.delivered();
  await world.settled();
};

/** Time passes in steps, long enough for holds and repetitions to end. */
export async function passes(world: World, seconds: number, second?: Service): Promise<void> {
  for (let left = seconds; left > 0; left -= 30) {
    world.clock.advance(Math.min(left, 30) * 1_000);
    await world.service.tick();
    await settledWith(world, second);
  }
}

/** The messages somebody has that hold these words. */
export const withWords = (world: World, platform: Platform, words: string, person = 'maya'): readonly string[] =>
  handOf(world, platform, person)
    .sees()
    .map(textOf)
    .filter((text) => text.includes(words));

export const contacts = (world: World): Promise<number> =>
  world.store.inOrganisation('riverside', (tx) => tx.db.contact.count());

/** How many messages of late answers were written, by how they stand. */
export const latePosts = (world: World): Promise<readonly string[]> =>
  world.store.inOrganisation('riverside', async (tx) => {
    const rows = await tx.db.$queryRaw<{ state: string }[]>`
      select d.state from delivery d join post p on p.organisation_id = d.organisation_id and p.id = d.post_id
      where p.organisation_id = ${tx.organisation} and p.kind = 'answers.late' order by d.created_at`;
    return rows.map(({ state }) => state);
  });

/** By all processes together. */
export async function countedLate(services: readonly Service[], platform: Platform, result: string): Promise<number> {
  let sum = 0;
  for (const { url } of services) {
    const text = await (await fetch(`${url}/metrics`)).text();
    const name = `baton_answers_sent_late_total{platform="${platform}",result="${result}"}`;
    const line = text.split('\n').find((one) => one.startsWith(name));
    sum += Number(line?.split(' ').at(-1) ?? 0);
  }
  return sum;
}
