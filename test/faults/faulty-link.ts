import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import pg from 'pg';

/** The way between the service and its database, which can break at a chosen moment. */
export interface FaultyLink {
  /** The database of `url` by way of this link. */
  through(url: string): Promise<string>;
  /** The next COMMIT is carried out, and the connection breaks before its answer. */
  breakAfterCommit(): void;
  /** The next COMMIT never arrives: the connection breaks before it. */
  breakBeforeCommit(): void;
  /** From now on nothing gets through, and nothing breaks; `thaw` lets all of it through. */
  freeze(): void;
  thaw(): void;
  /** How often it broke. */
  broken(): number;
  close(): Promise<void>;
}

const asked = /\bcommit\b/i;
/** The server's word that it is done. */
const done = 'COMMIT\0';

export function openFaultyLink(): FaultyLink {
  let plan: 'after' | 'before' | undefined;
  let count = 0;
  let target = { host: '', port: 0 };
  let frozen = false;
  const sockets = new Set<Socket>();

  const server = createServer((service) => {
    const { host, port } = target;
    const database = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    let waits = false;
    const end = (): void => {
      service.destroy();
      database.destroy();
    };
    const cut = (): void => {
      plan = undefined;
      count += 1;
      end();
    };
    for (const socket of [service, database]) {
      sockets.add(socket);
      socket.on('error', end);
      socket.on('close', end);
    }
    service.on('data', (bytes) => {
      if (plan !== undefined && asked.test(bytes.toString('latin1'))) {
        if (plan === 'before') return cut();
        waits = true;
      }
      database.write(bytes);
    });
    database.on('data', (bytes) => {
      if (waits && bytes.toString('latin1').includes(done)) return cut();
      service.write(bytes);
    });
    if (frozen) service.pause();
  });

  return {
    async through(url) {
      const { host, port } = new pg.Client({ connectionString: url });
      target = { host, port };
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const linked = new URL(url);
      linked.searchParams.delete('host');
      linked.hostname = '127.0.0.1';
      linked.port = String(typeof address === 'object' && address !== null ? address.port : 0);
      return linked.href;
    },
    breakAfterCommit: () => void (plan = 'after'),
    breakBeforeCommit: () => void (plan = 'before'),
    freeze() {
      frozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw() {
      frozen = false;
      for (const socket of sockets) socket.resume();
    },
    broken: () => count,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
