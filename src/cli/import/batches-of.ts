/** How many rows are looked up, or written and committed, at once. */
export const batchSize = 1_000;

/** Lists of at most `batchSize`, in order; never more than one of them is held. */
export function* batchesOf<T>(items: Iterable<T>): Generator<readonly T[], void> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
