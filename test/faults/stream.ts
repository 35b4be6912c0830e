import { wallClock } from '../../src/clock.ts';
import { slackDelivery, teamsDelivery, type Order, type Tried } from './contact-order.ts';
import type { Coordinator } from './organisation.ts';
import type { Platforms } from './platforms.ts';

/** What happened to the stream, in numbers. */
export interface Tally {
  /** Orders somebody was told are logged. */
  readonly acknowledged: Order[];
  /** Tries so far, first ones and repetitions. */
  tries: number;
  /** Tries beyond an order's first. */
  repeated: number;
  /** Orders that needed more than one try. */
  interrupted: number;
  /** Answers "working on it", and answers that the service itself called failed. */
  working: number;
  failed: number;
  /** The longest anybody waited for an acknowledgement, in milliseconds. */
  longest: number;
}

export interface StreamOptions {
  readonly people: readonly Coordinator[];
  readonly clientOf: ReadonlyMap<string, string>;
  readonly platforms: Platforms;
  /** Where the service listens; resolves once it does again. */
  readonly service: () => Promise<string>;
  /** Whether the service that listened there still lives. */
  readonly lives: (url: string) => boolean;
  readonly concurrency: number;
}

/** Enough for any restart; a delivery that is never acknowledged must fail the test, not hang it. */
const mostTries = 200;
const lateAnswerWaits = 8_000;

/**
 * Coordinators log contacts, a few at a time and each person one after another, until `end`. Whoever gets no
 * acknowledgement repeats the same delivery until there is one.
 */
export function startStream(options: StreamOptions): {
  readonly tally: Tally;
  /** Throws what ended a worker before its time. */
  check(): void;
  end(): Promise<void>;
} {
  const { people, clientOf, platforms, service } = options;
  const tally: Tally = { acknowledged: [], tries: 0, repeated: 0, interrupted: 0, working: 0, failed: 0, longest: 0 };
  const free = [...people];
  const logged = new Map<string, number>();
  let ending = false;

  async function deliver(order: Order): Promise<void> {
    const started = wallClock.wallNow().getTime();
    const delivery =
      order.person.platform === 'slack' ? slackDelivery(platforms, order) : await teamsDelivery(platforms, order);
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const url = await service();
      tally.tries += 1;
      if (tries > 1) tally.repeated += 1;
      if (tries === 2) tally.interrupted += 1;
      let tried = await delivery.send(url);
      if (tried === 'working') {
        tally.working += 1;
        tried = await waitForLateAnswer(delivery.read, () => options.lives(url));
      }
      if (tried === 'failed') tally.failed += 1;
      if (tried === 'logged') {
        tally.acknowledged.push(order);
        tally.longest = Math.max(tally.longest, wallClock.wallNow().getTime() - started);
        return;
      }
      // As platforms do: not at once. Also keeps a refused connection from being asked a thousand times a second.
      await wallClock.pause(Math.min(25 * tries, 250));
    }
    throw new Error('a delivery was never acknowledged');
  }

  async function work(): Promise<void> {
    while (!ending) {
      const person = free.shift();
      if (person === undefined) throw new Error('there are more workers than people');
      const minutes = (logged.get(person.id) ?? 0) + 1;
      logged.set(person.id, minutes);
      await deliver({ person, client: clientOf.get(person.id) ?? '', minutes });
      free.push(person);
    }
  }

  const problems: unknown[] = [];
  const workers = Promise.all(
    Array.from({ length: options.concurrency }, () => work().catch((error: unknown) => void problems.push(error))),
  );
  const check = (): void => {
    if (problems.length > 0) throw problems[0];
  };
  return {
    tally,
    check,
    async end() {
      ending = true;
      await workers;
      check();
    },
  };
}

async function waitForLateAnswer(read: () => Tried, lives: () => boolean): Promise<Tried> {
  const started = wallClock.wallNow().getTime();
  for (;;) {
    const now = read();
    if (now === 'logged' || now === 'failed') return now;
    if (!lives() || wallClock.wallNow().getTime() - started > lateAnswerWaits) return 'nothing';
    await wallClock.pause(20);
  }
}
