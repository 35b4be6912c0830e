import { Socket } from 'node:net';
import pg from 'pg';
import { DATABASE } from './create-cluster.ts';
import { OWNER } from './logins.ts';

/** A connection string over the socket, the owner's unless said otherwise. Understood by pg and by Prisma's adapter for it. */
export function buildUrl(socketDir: string, password = '', user: string = OWNER): string {
  const login = password === '' ? user : `${user}:${password}`;
  return `postgresql://${login}@localhost/${DATABASE}?host=${encodeURIComponent(socketDir)}`;
}

/**
 * Connects to the maintenance database, so that the product's own can be dropped and restored meanwhile. The
 * connection never keeps the process alive. Rejects with the driver's error.
 */
export async function connectToSocket(socketDir: string, password = '', user: string = OWNER): Promise<pg.Client> {
  const socket = new Socket();
  const client = new pg.Client({
    stream: () => socket,
    host: socketDir,
    port: 5432,
    user,
    database: 'postgres',
    password,
    ssl: false,
    application_name: 'baton: in use',
    connectionTimeoutMillis: 10_000,
  });
  // Without a listener a connection that ends by itself would end the process.
  client.on('error', () => undefined);
  await client.connect();
  socket.unref();
  return client;
}
