import pg from 'pg';
import { vi } from 'vitest';

/** One transaction as the database saw it. */
export interface Counted {
  /** Texts in the order they were sent; what begins it and what ends it among them. */
  readonly statements: readonly string[];
  /** How often the connection began to be busy: what is sent while it is busy is waited for by nobody alone. */
  readonly waits: number;
}

/** Counts what all connections of this process send, until the test ends. */
export function countStatements(): { /** Those that ended since the last time. */ take(): readonly Counted[] } {
  const open = new WeakMap<object, { statements: string[]; waits: number }>();
  const underWay = new WeakMap<object, number>();
  let ended: Counted[] = [];
  const query: (this: pg.Client, ...asked: unknown[]) => unknown = pg.Client.prototype.query;
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function counted(this: pg.Client, ...asked: unknown[]) {
    const text = textOf(asked[0]);
    const busy = underWay.get(this) ?? 0;
    const running = /^begin\b/i.test(text) ? { statements: [], waits: 0 } : open.get(this);
    if (running !== undefined) {
      open.set(this, running);
      running.statements.push(text);
      if (busy === 0) running.waits += 1;
      if (/^(?:commit|rollback)$/i.test(text)) {
        open.delete(this);
        ended.push(running);
      }
    }
    underWay.set(this, busy + 1);
    const answered = Reflect.apply(query, this, asked);
    const done = (): void => void underWay.set(this, (underWay.get(this) ?? 1) - 1);
    if (answered instanceof Promise) answered.then(done, done);
    else done();
    return answered;
  });
  return {
    take() {
      const taken = ended;
      ended = [];
      return taken;
    },
  };
}

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement.trim();
  const text: unknown = typeof statement === 'object' && statement !== null ? Reflect.get(statement, 'text') : '';
  return typeof text === 'string' ? text.trim() : '';
}
