import { Writable } from 'node:stream';
import type pg from 'pg';

const gathering = new WeakSet<Writable>();

/**
 * Lets statements that are sent in one breath leave in one write: each write is a call of the system and wakes the
 * server, which costs more than many a statement. They leave when the code that sends them begins to wait.
 */
export function gatherWrites(connection: pg.PoolClient): void {
  const stream = streamOf(connection);
  if (stream === undefined || gathering.has(stream)) return;
  gathering.add(stream);
  stream.cork();
  process.nextTick(() => {
    gathering.delete(stream);
    stream.uncork();
  });
}

/** The driver shows its socket to whoever looks, without a type for it; without one nothing is gathered. */
function streamOf(connection: pg.PoolClient): Writable | undefined {
  const protocol: unknown = Reflect.get(connection, 'connection');
  const stream: unknown =
    typeof protocol === 'object' && protocol !== null ? Reflect.get(protocol, 'stream') : undefined;
  return stream instanceof Writable ? stream : undefined;
}
