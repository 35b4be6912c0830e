import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { asOrganisation, query } from '../databases.mjs';
import { resultOf } from '../measure.mjs';
import { writePosts } from '../write-posts.mjs';

const rounds = 7;
const patience = 120_000;
/** Longer than the turn a person's own messages take. */
const turn = 1_500;

/**
 * The morning digest of 500 coordinators, from the tick that finds them due until the platform has the last one: made,
 * counted, drawn and sent. Beside as many posts that are written already, sent by the same service.
 */
export async function benchDigest({ people, open }) {
  const perSecond = { digest: [], posts: [] };
  for (let round = 0; round < rounds; round += 1) {
    const { url, api, close } = await open(round);
    try {
      await writePosts(url, { count: 100, people: people.length, salt: 'first' });
      await arrive(api, 100);
      const sides = {
        digest: () => measureDigests(url, api, people.length),
        posts: () => measurePosts(url, api, people.length),
      };
      for (const name of round % 2 === 0 ? ['posts', 'digest'] : ['digest', 'posts']) {
        await pause(turn);
        perSecond[name].push(people.length / ((await sides[name]()) / 1_000));
      }
    } finally {
      await close();
    }
  }
  return [
    resultOf({
      name: 'digests of 500 coordinators, from the tick to the last message',
      counterpart: '500 posts written already, the same service',
      ours: perSecond.digest,
      theirs: perSecond.posts,
      unit: 'messages/s',
    }),
  ];
}

async function measurePosts(url, api, count) {
  const before = api.messages();
  await writePosts(url, { count, people: count, salt: 'measured' });
  const started = performance.now();
  await arrive(api, before + count);
  return performance.now() - started;
}

async function measureDigests(url, api, count) {
  const before = api.messages();
  const due = await query(
    url,
    `update schedule set next_at = now() - interval '1 second' where kind = 'daily-digest-person' returning id`,
    [],
    asOrganisation,
  );
  if (due.length !== count) throw new Error(`${due.length} digests are due, not ${count}`);
  await arrive(api, before + count);
  const last = Date.now();
  const [{ first }] = await query(url, 'select min(made_at) as first from occurrence', [], asOrganisation);
  return last - first.getTime();
}

/** Until the platform has taken so many messages. */
async function arrive(api, count) {
  for (const until = performance.now() + patience; api.messages() < count; await pause(5)) {
    if (performance.now() > until) throw new Error(`the platform has ${api.messages()} messages of ${count}`);
  }
}
