import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wallClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore } from '../../src/store/store.ts';

/** A message of PostgreSQL's protocol: its letter, its length, its content. */
function message(letter: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(letter), length, body]);
}
const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const fatal = (code: string): Buffer =>
  message('E', Buffer.from(`SFATAL\0VFATAL\0C${code}\0Mterminating connection due to unexpected postmaster exit\0\0`));

/** Lets everybody in and dies in the same breath: welcome and farewell arrive together. */
const dying = Buffer.concat([message('R', number(0)), message('Z', Buffer.from('I')), fatal('57P01')]);

let server: Server;
beforeEach(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(dying));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.close();
  await once(server, 'close');
});

describe('a database that dies in the moment a connection to it is taken', () => {
  it('is a failure of that work, never the end of the service', async () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const store = openStore({
      url: `postgresql://baton@127.0.0.1:${port}/baton`,
      masterKey: new Uint8Array(32),
      clock: wallClock,
      ids: randomIds,
    });
    const uncaught: unknown[] = [];
    const note = (error: unknown): void => void uncaught.push(error);
    process.prependListener('uncaughtException', note);
    try {
      await expect(store.asWorker((db) => db.$queryRaw`select 1`)).rejects.toThrow();
      expect(await store.problem()).toBe('the database does not answer');
    } finally {
      process.off('uncaughtException', note);
      await store.close();
    }
    expect(uncaught).toEqual([]);
  });
});
