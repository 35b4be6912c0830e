import type { Clock } from '../clock.ts';

export type Timed<T> =
  { readonly late: false; readonly value: T } | { readonly late: true; readonly value: Promise<T> };

/** Waits for `work`, but not beyond `milliseconds`; then the caller answers at once and the value comes later. */
export async function withDeadline<T>(clock: Clock, milliseconds: number, work: Promise<T>): Promise<Timed<T>> {
  return Promise.race([
    work.then((value): Timed<T> => ({ late: false, value })),
    clock.pause(milliseconds).then((): Timed<T> => ({ late: true, value: work })),
  ]);
}
