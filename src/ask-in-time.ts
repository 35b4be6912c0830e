import type { Clock } from './clock.ts';

/** Wall milliseconds after which whoever asks goes on without an answer: a scrape has two seconds in all. */
export const answersWithin = 1_500;
/** A question that is not answered after this long never will be: its connection is dead. It is asked anew. */
const givenUpAfter = 60_000;

interface Asked<T> {
  readonly at: number;
  readonly answer: Promise<T | undefined>;
  is: 'open' | 'answered' | 'failed';
}

/**
 * A question to the database that holds nobody up: one at a time, however many ask, so that questions do not pile up at a
 * database that does not answer. Undefined when the answer is not there in time, or the question failed. What was
 * answered is good for `holds` wall milliseconds.
 */
export function askInTime<T>(
  clock: Pick<Clock, 'wallNow' | 'pause'>,
  read: () => Promise<T>,
  holds = 0,
): () => Promise<T | undefined> {
  let last: Asked<T> | undefined;
  const wall = (): number => clock.wallNow().getTime();

  function ask(): Asked<T> {
    const asked: Asked<T> = {
      at: wall(),
      is: 'open',
      answer: read().then(
        (value) => {
          asked.is = 'answered';
          return value;
        },
        () => {
          asked.is = 'failed';
          return undefined;
        },
      ),
    };
    return asked;
  }
  function stands({ at, is }: Asked<T>): boolean {
    if (is === 'failed') return false;
    return wall() - at < (is === 'open' ? givenUpAfter : holds);
  }

  return () => {
    if (last === undefined || !stands(last)) last = ask();
    return Promise.race([last.answer, clock.pause(answersWithin).then(() => undefined)]);
  };
}
