/** How many rows are looked up at once: few enough that what was read of them is gone before it has grown old. */
export const lookedUpAtOnce = 250;
/** How many are written and committed at once. */
export const savedAtOnce = 1_000;

/** Lists of at most `size`, in order; never more than one of them is held. */
export function* batchesOf<T>(items: Iterable<T>, size: number): Generator<readonly T[], void> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
