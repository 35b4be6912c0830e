import pg from 'pg';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { createStatementNames } from './name-statements.ts';

/** What a transaction of Prisma offers. */
type PrismaTransaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];
/** The tables as Prisma's models. */
export type Models = Omit<PrismaTransaction, Extract<keyof PrismaTransaction, `$${string}`>>;

/** More than the product has; a bound on what a connection keeps on the server. */
const namedStatements = 500;
const longestTransaction = 60_000;

export interface Joined {
  readonly models: Models;
  /** Prisma lets go of the connection; the transaction on it goes on. */
  leave(): void;
}

export interface ModelDoor {
  /** Opens Prisma's models on a connection whose transaction has begun. */
  join(connection: pg.PoolClient): Promise<Joined>;
}

/** Prisma begins and ends a transaction that has begun and ends elsewhere: both are left out. */
const framing = new Set(['BEGIN', 'COMMIT', 'ROLLBACK']);
const nothing = { rows: [], fields: [], rowCount: 0, command: '', oid: 0 };

/**
 * The way to Prisma's models inside a transaction of the driver (ADR 0010). Prisma is loaded, and a client made, when
 * a model is first asked for: a process or a command that needs none never pays for it. Prisma takes its connections
 * from a pool; this pool has one at a time, the one of the transaction that joins. The client keeps none of its own, so
 * one serves all stores of the process, and what it learned of a query it learned once.
 */
export const modelDoor = openModelDoor();

function openModelDoor(): ModelDoor {
  let lent: pg.PoolClient | undefined;
  let opened: Promise<PrismaClient> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const open = async (): Promise<PrismaClient> => {
    const [{ PrismaClient: Client }, { PrismaPg }] = await Promise.all([
      import('../generated/prisma/client.ts'),
      import('@prisma/adapter-pg'),
    ]);
    const pool = Object.assign(new pg.Pool(), { connect: () => Promise.resolve(lend(lent)) });
    const adapter = new PrismaPg(pool, { statementNameGenerator: createStatementNames(namedStatements) });
    // Prisma's own error texts can hold values; what is logged is decided by us, field by field.
    return new Client({ adapter, log: [], errorFormat: 'minimal' });
  };

  const joinNow = async (connection: pg.PoolClient): Promise<Joined> => {
    const client = await (opened ??= open());
    return new Promise((resolve, reject) => {
      lent = connection;
      client
        .$transaction((models) => new Promise<void>((leave) => resolve({ models, leave })), {
          timeout: longestTransaction,
          maxWait: longestTransaction,
        })
        .catch(reject);
    });
  };

  return {
    join(connection) {
      // One after the other: the pool lends what the joining one brought.
      const mine = turn.then(() => joinNow(connection));
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

function lend(connection: pg.PoolClient | undefined): object {
  if (connection === undefined) throw new Error('no transaction has joined');
  return {
    query: (statement: pg.QueryConfig) =>
      framing.has(statement.text) ? Promise.resolve(nothing) : connection.query(statement),
    on: () => undefined,
    removeListener: () => undefined,
    release: () => undefined,
  };
}
