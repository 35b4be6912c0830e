import type { Client } from 'pg';
import { connectToSocket } from './connect-to-socket.ts';

/**
 * This process's part in a server. As long as it is held, no other process stops the server; it ends by itself when
 * the process or the server dies, because it is a lock of the session.
 */
export interface Share {
  /** Resolves when the connection is gone, whoever ended it. */
  ended: Promise<void>;
  /** Rejects when the server no longer answers. */
  ping(): Promise<void>;
  /** True when nobody else holds a share; nobody can take one while the caller also holds the start lock. */
  isAlone(): Promise<boolean>;
  /** After `isAlone`: lets others in again. */
  stayOpen(): Promise<void>;
  /** Gives the share back. */
  release(): Promise<void>;
}

/** A number of our own among advisory locks; the maintenance database it lies in has no other user. */
const IN_USE = '4703146211548590';

/** Takes a share of the server behind `socketDir`. Rejects with the driver's error while it cannot be reached. */
export async function holdShare(socketDir: string, password = ''): Promise<Share> {
  const client = await connectToSocket(socketDir, password);
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  await client.query(`SELECT pg_advisory_lock_shared(${IN_USE})`);
  let pinging: Promise<void> | undefined;
  return {
    ended,
    ping: () => {
      // One question at a time: whoever asks meanwhile gets the same answer.
      pinging ??= client
        .query('SELECT 1')
        .then(() => undefined)
        .finally(() => (pinging = undefined));
      return pinging;
    },
    isAlone: async () => {
      const { rows } = await client.query<{ alone: boolean }>(`SELECT pg_try_advisory_lock(${IN_USE}) AS alone`);
      return rows[0]?.alone === true;
    },
    stayOpen: async () => {
      await client.query(`SELECT pg_advisory_unlock(${IN_USE})`);
    },
    release: () => releaseShare(client),
  };
}

async function releaseShare(client: Client): Promise<void> {
  // Given back by name first: closing alone would leave the lock to the backend for a moment longer.
  await client.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
  await client.end().catch(() => undefined);
}
