import type pg from 'pg';
import { gatherWrites } from './gather-writes.ts';
import type { Joined, ModelDoor, Models } from './join-models.ts';
import { columnReaders, toParameter } from './sql-values.ts';
import { readTemplate } from './tagged-statement.ts';

/** Statements as tagged templates: every value travels as a parameter, never as text. */
export interface TaggedSql {
  /** The rows, typed by the caller: `timestamptz` and `date` as Date, `bigint` as bigint, `bytea` as Uint8Array. */
  $queryRaw<T = unknown>(strings: TemplateStringsArray, ...values: unknown[]): Promise<T>;
  /** For names that cannot be parameters: the text is sent as it stands, so none of it may come from outside. */
  $queryRawUnsafe<T = unknown>(text: string): Promise<T>;
  /** How many rows were touched. */
  $executeRaw(strings: TemplateStringsArray, ...values: unknown[]): Promise<number>;
  /**
   * Sends a statement whose outcome nobody needs before the end: it is not waited for. When it fails, everything after
   * it fails too, and so does the transaction, with this failure.
   */
  $writeRaw(strings: TemplateStringsArray, ...values: unknown[]): void;
}

/** What a transaction offers: Prisma's tables, and tagged SQL. Only `records.ts` files touch it. */
export type Database = Models & TaggedSql;

/** The work lost its transaction: it went on after the end, or swallowed a failure of a statement. */
export class TransactionError extends Error {
  override readonly name = 'TransactionError';
}

/**
 * Runs `work` in one transaction. `opening` begins it (simple SQL, no values of anybody) and is sent together with the
 * first statement. Throws what `work` throws, or what went wrong with a statement, after everything was undone.
 */
export async function runTransaction<T>(
  ports: { readonly pool: { connect(): Promise<pg.PoolClient> }; readonly models: ModelDoor },
  opening: string,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const connection = await ports.pool.connect();
  const transaction = createTransactionOn(connection, ports.models);
  gatherWrites(connection);
  transaction.send(connection.query(opening));
  let result: T;
  try {
    result = await work(transaction.db);
    await transaction.commit();
  } catch (error) {
    const broken = await transaction.rollback();
    connection.release(broken);
    throw transaction.failure()?.error ?? error;
  }
  connection.release();
  return result;
}

function createTransactionOn(connection: pg.PoolClient, door: ModelDoor) {
  let open = true;
  let joining: Promise<Joined> | undefined;
  /** Answers come in the order of the statements: the first failure is why all after it fail. */
  let first: { readonly unheard: boolean; readonly error: unknown } | undefined;
  const note =
    (unheard: boolean) =>
    (error: unknown): never => {
      first ??= { unheard, error };
      throw error;
    };
  const send = (sent: Promise<unknown>): void => void sent.catch(note(true)).catch(() => undefined);
  const requireOpen = (): void => {
    if (!open) throw new TransactionError('the transaction is over');
  };
  const query = (statement: pg.QueryConfig): Promise<pg.QueryResult> => {
    requireOpen();
    gatherWrites(connection);
    return connection.query({ ...statement, types: columnReaders });
  };
  const ask = (strings: TemplateStringsArray, values: readonly unknown[]): Promise<pg.QueryResult> =>
    query({ ...readTemplate(strings), values: values.map(toParameter) });
  const sql: TaggedSql = {
    $queryRaw: async <R>(strings: TemplateStringsArray, ...values: unknown[]) =>
      // What the columns hold is what the caller's statement says.
      (await ask(strings, values).catch(note(false))).rows as R,
    $queryRawUnsafe: async <R>(text: string) => (await query({ text }).catch(note(false))).rows as R,
    $executeRaw: async (strings, ...values) => (await ask(strings, values).catch(note(false))).rowCount ?? 0,
    $writeRaw: (strings, ...values) => send(ask(strings, values)),
  };
  const useModel = async (model: string, method: string, given: readonly unknown[]): Promise<unknown> => {
    requireOpen();
    joining ??= door.join(connection);
    const { models } = await joining;
    const table: unknown = Reflect.get(models, model);
    const call: unknown = typeof table === 'object' && table !== null ? Reflect.get(table, method) : undefined;
    if (typeof call !== 'function') throw new TypeError(`Prisma has no ${model}.${method}`);
    return Reflect.apply(call, table, given);
  };
  const leave = async (): Promise<void> => {
    open = false;
    (await joining?.catch(() => undefined))?.leave();
  };
  return {
    db: offerModels(sql, useModel),
    send,
    /** What went wrong first, when it was with a statement nobody waited for. */
    failure: () => (first?.unheard === true ? first : undefined),
    async commit(): Promise<void> {
      await leave();
      gatherWrites(connection);
      const { command } = await connection.query('COMMIT');
      // The server answers so, and without an error, where a statement failed before.
      if (command !== 'COMMIT') throw new TransactionError('a statement of the transaction failed');
    },
    /** Resolves to true when the connection must not be used again. */
    async rollback(): Promise<boolean> {
      await leave();
      return connection.query('ROLLBACK').then(
        () => false,
        () => true,
      );
    },
  };
}

/** Tagged SQL at once, and Prisma's models under their names, which join when one is called. */
function offerModels(
  sql: TaggedSql,
  use: (model: string, method: string, given: readonly unknown[]) => Promise<unknown>,
): Database {
  const offered: unknown = new Proxy(sql, {
    get(target, model) {
      const own: unknown = Reflect.get(target, model);
      if (own !== undefined || typeof model !== 'string' || model === 'then') return own;
      return new Proxy(
        {},
        {
          get: (_, method) =>
            typeof method === 'string' ? (...given: unknown[]) => use(model, method, given) : undefined,
        },
      );
    },
  });
  // A proxy has no type of its own: its models are those of Prisma's client, called by the same names.
  return offered as Database;
}
