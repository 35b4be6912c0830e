import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { keepTimes, replayDays } from './keep-times.ts';
import { sweepPages, sweepPosts, type Place } from './sweep-posts.ts';
import {
  findFirstAnswer,
  forgetAnswers,
  forgetDeliveries,
  forgetForms,
  forgetStrangers,
  setStrangersAside,
} from './records.ts';

const dayMilliseconds = 24 * 60 * 60_000;
/** Product time after the start until it first looks: whoever waits for the service to be up comes first. */
const firstAfter = 5 * 60_000;
/** Product time between two looks: little at a time. */
const every = 60 * 60_000;

/** One batch of something, still to be taken away. */
interface Batch {
  readonly what: 'posts' | 'pages';
  readonly organisation: string;
  readonly from?: Place | undefined;
}

/**
 * Takes away what is past its time, once an hour of the product's clock however often it is called; of posts and pages,
 * of which there may be hundreds of thousands, one batch a call until there are no more. Any number of processes may:
 * what one took is gone for the other. One that fails is taken up again with the next hour.
 */
export function createSweep(ports: {
  readonly store: Store;
  readonly clock: Clock;
}): (signal?: AbortSignal) => Promise<void> {
  const { store, clock } = ports;
  let next = clock.now().getTime() + firstAfter;
  let batches: Batch[] = [];

  async function takeOne({ what, organisation, from }: Batch, now: number): Promise<void> {
    if (what === 'pages') {
      if (await sweepPages(store, organisation, now)) batches.push({ what, organisation });
      return;
    }
    const step = await sweepPosts(store, organisation, now, from);
    if (step.next !== undefined) batches.push({ what, organisation, from: step.next });
  }

  return async (signal) => {
    const now = clock.now().getTime();
    if (now >= next) {
      next = now + every;
      const organisations = await store.organisations();
      batches = (['posts', 'pages'] as const).flatMap((what) =>
        organisations.map((organisation) => ({ what, organisation })),
      );
      for (const organisation of organisations) {
        await sweepOrganisation(store, organisation, { now, wallNow: clock.wallNow().getTime() }, signal);
      }
    }
    const batch = batches.shift();
    if (batch !== undefined && signal?.aborted !== true) await takeOne(batch, now);
  };
}

/** One organisation, in small transactions. */
export async function sweepOrganisation(
  store: Pick<Store, 'inOrganisation'>,
  organisation: string,
  { now, wallNow }: { readonly now: number; readonly wallNow: number },
  signal?: AbortSignal,
): Promise<void> {
  const ago = (days: number): Date => new Date(now - days * dayMilliseconds);
  const { answers, deliveries, sentForms, openForms, strangers } = keepTimes;

  const answersBefore = ago(answers.days);
  let from = await store.inOrganisation(organisation, (tx) => findFirstAnswer(tx, answersBefore));
  await untilDone(signal, async () => {
    const left = await store.inOrganisation(organisation, (tx) => forgetAnswers(tx, from, answersBefore));
    from = left ?? from;
    return left !== undefined;
  });

  const heardBefore = new Date(wallNow - replayDays * dayMilliseconds);
  const old = { before: ago(deliveries.days), heardBefore };
  await untilDone(signal, () => store.inOrganisation(organisation, (tx) => forgetDeliveries(tx, old)));

  const forms = { openedBefore: ago(openForms.days), sentBefore: ago(sentForms.days) };
  await untilDone(signal, () => store.inOrganisation(organisation, (tx) => forgetForms(tx, forms)));

  await store.inOrganisation(organisation, async (tx) => {
    await setStrangersAside(tx, new Date(now));
    await forgetStrangers(tx, ago(strangers.days));
  });
}

async function untilDone(signal: AbortSignal | undefined, takeSome: () => Promise<boolean>): Promise<void> {
  let more = true;
  while (more && signal?.aborted !== true) more = await takeSome();
}
