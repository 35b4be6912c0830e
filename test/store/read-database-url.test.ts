import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { describeDatabaseFailure } from '../../src/store/describe-failure.ts';
import { openPool } from '../../src/store/open-pool.ts';
import { readDatabaseUrl } from '../../src/store/read-database-url.ts';

describe('the way to the database', () => {
  it.each([
    ['postgresql://u:p@localhost/d', 'local', ''],
    ['postgresql://u:p@127.0.0.1:5432/d?sslmode=disable', 'local', ''],
    ['postgresql://u:p@[::1]/d', 'local', ''],
    ['postgresql://u@%2Fvar%2Frun%2Fpostgresql/d', 'local', ''],
    ['postgresql:///d?host=/var/run/postgresql', 'local', ''],
    ['postgresql://u:p@db.example/d', 'checked', '?sslmode=verify-full'],
    ['postgresql://u:p@10.0.0.7/d?application_name=x', 'checked', '&sslmode=verify-full'],
    ['postgresql://u:p@localhost.evil.example/d', 'checked', '?sslmode=verify-full'],
    ['postgresql://u:p@localhost/d?host=db.example', 'checked', '&sslmode=verify-full'],
    ['postgresql://u:p@db.example/d?sslmode=verify-full', 'checked', ''],
    ['postgresql://u:p@db.example/d?sslmode=require', 'checked', ''],
    ['postgresql://u:p@db.example/d?ssl=true', 'checked', '&sslmode=verify-full'],
    ['postgresql://u:p@db.example/d?sslmode=disable', 'unprotected', ''],
    ['postgresql://u:p@db.example/d?sslmode=no-verify', 'unprotected', ''],
    ['postgresql://u:p@db.example/d?ssl=false', 'unprotected', ''],
    ['postgresql://u:p@db.example/d?sslmode=require&uselibpqcompat=true', 'unprotected', ''],
  ])('%s is %s', (url, protection, added) => {
    expect(readDatabaseUrl(url)).toEqual({ url: `${url}${added}`, protection });
  });

  it('tells a server that offers no encryption neither user nor password', async () => {
    const heard: Buffer[] = [];
    const server = createServer((socket) => {
      socket.on('data', (part) => {
        heard.push(part);
        socket.write('N');
      });
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const pool = openPool(`postgresql://someone:secret@127.0.0.1:${port}/d?sslmode=verify-full`, 'baton_app', 1);
    const failure: unknown = await pool.query('select 1').catch((error: unknown) => error);
    expect(describeDatabaseFailure(failure)).toContain('The database offers no encryption');
    // The question whether there is TLS, and nothing after it.
    expect(Buffer.concat(heard)).toHaveLength(8);
    await pool.end();
    server.close();
  });
});
