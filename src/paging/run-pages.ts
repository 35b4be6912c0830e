import { describeCause } from '../describe-cause.ts';
import { claimPages, type ClaimedPage } from './claim-pages.ts';
import { follow, newCorrelation } from '../trail.ts';
import { openPage, sendPage, type PagePorts } from './send-page.ts';

export interface RunPagesOptions extends PagePorts {
  /** Told how each ended, for metrics. */
  readonly onResult: (event: string, result: string) => void;
}

/** The pager at work, beside deliveries and schedules: what it waits for, nobody else waits for. */
export interface Pages {
  /** Takes what is due and starts it; waits for none of it. Any number of replicas may. */
  look(): Promise<void>;
  /** Looks until nothing is due at the product's now and nothing is under way. */
  idle(): Promise<void>;
  /** Takes nothing more and waits for what is under way: at most as long as a gateway may take. */
  stop(): Promise<void>;
}

/** Calls of the gateway at once. */
const concurrency = 16;
/** Of which so many may be tests: a whole rota that is tried never keeps a call waiting. */
const mostTests = 4;

export function runPages(options: RunPagesOptions): Pages {
  const { store, clock, ids, log } = options;
  const underWay = new Set<Promise<void>>();
  let tests = 0;
  let finished = 0;
  let stopped = false;
  let looks: Promise<unknown> = Promise.resolve();

  /** One look after the other, so that whoever sees nothing due also sees everything that is under way. */
  function lookOnce(): Promise<number> {
    const mine = looks.then(take);
    looks = mine.catch(() => undefined);
    return mine;
  }

  async function take(): Promise<number> {
    const calls = await claim(false, concurrency - underWay.size);
    return calls + (await claim(true, Math.min(mostTests - tests, concurrency - underWay.size)));
  }

  async function claim(ofTests: boolean, batch: number): Promise<number> {
    if (stopped || batch <= 0) return 0;
    const work = { now: clock.now(), holder: ids.uuid(), batch, tests: ofTests };
    const claims = await store.asWorker((db) => claimPages(db, work));
    for (const claimed of claims) start(claimed, ofTests);
    return claims.length;
  }

  function start(claimed: ClaimedPage, isTest: boolean): void {
    tests += isTest ? 1 : 0;
    const work: Promise<void> = send(claimed).finally(() => {
      underWay.delete(work);
      tests -= isTest ? 1 : 0;
      finished += 1;
      // Whoever waited for a free hand goes on at once; the database is looked at again at the next tick if it fails.
      void lookOnce().catch(() => undefined);
    });
    underWay.add(work);
  }

  async function send(claimed: ClaimedPage): Promise<void> {
    const page = await openPage(options, claimed).catch(broken);
    if (page === 'broken') return;
    if (page === undefined) return options.onResult('unknown', 'lost');
    const correlation = page.correlation ?? newCorrelation(ids);
    await follow({ correlation }, () =>
      sendPage(options, claimed, page).then((ended) => {
        if (ended === 'lost') options.onResult('unknown', 'lost');
        else options.onResult(ended.event, ended.result);
      }, broken),
    );
  }

  /** The database failed: the lease ends by itself, and then the same page goes again, under the same id. */
  function broken(error: unknown): 'broken' {
    log.error('page.broken', describeCause(error));
    options.onResult('unknown', 'broken');
    return 'broken';
  }

  return {
    async look() {
      await lookOnce();
    },
    async idle() {
      while (!stopped) {
        const before = finished;
        const taken = await lookOnce();
        if (taken === 0 && underWay.size === 0 && finished === before) return;
        if (underWay.size > 0) await Promise.race(underWay);
      }
    },
    async stop() {
      stopped = true;
      await Promise.all([looks, ...underWay]);
    },
  };
}
