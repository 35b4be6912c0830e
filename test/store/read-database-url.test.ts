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
  /** A pooler's answer to the start of a connection, as PgBouncer sends it. */
  const refusal = (message: string): Buffer => {
    const fields = Buffer.from(`SFATAL\0VFATAL\0C08P01\0M${message}\0\0`);
    const length = Buffer.alloc(4);
    length.writeInt32BE(fields.length + 4);
    return Buffer.concat([Buffer.from('E'), length, fields]);
  };
  it.each([
    'unsupported startup parameter: options',
    'unsupported startup parameter in options: role',
    'unsupported startup parameter: statement_timeout',
  ])('through a pooler that says "%s" is called that', async (message) => {
    const server = createServer((socket) => {
      socket.once('data', () => socket.end(refusal(message)));
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const pool = openPool(`postgresql://someone:secret@127.0.0.1:${port}/d`, 'baton_app', 1);
    const failure: unknown = await pool.query('select 1').catch((error: unknown) => error);
    expect(describeDatabaseFailure(failure)).toContain('A pooler (PgBouncer) stands before the database');
    await pool.end();
    server.close();
  });

  it.each([
    Object.assign(new Error('prepared statement "baton_0" does not exist'), { code: '26000' }),
    Object.assign(new Error('Raw query failed'), {
      code: 'P2010',
      meta: { driverAdapterError: { cause: { originalMessage: 'prepared statement "baton_3" already exists' } } },
    }),
  ])('whose prepared statements are gone is called a pooler’s: %s', (failure) => {
    expect(describeDatabaseFailure(failure)).toContain('lead to PostgreSQL itself');
  });

  it('is called no pooler’s for anything else', () => {
    expect(describeDatabaseFailure(new Error('relation "client" does not exist'))).toBeUndefined();
  });
});
