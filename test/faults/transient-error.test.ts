import { describe, expect, it } from 'vitest';
import { isTransient } from '../../src/store/transient-error.ts';

const withCode = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });
/** As Prisma wraps what its adapter says. */
const adapted = (cause: object): Error =>
  Object.assign(new Error('Invalid `prisma.$queryRaw()` invocation'), {
    code: 'P2010',
    meta: { driverAdapterError: Object.assign(new Error('adapter'), { cause }) },
  });

describe('a lost database is told from a mistake', () => {
  it.each([
    ['the server says it is going', withCode('57P01')],
    ['the socket refuses', withCode('ECONNREFUSED')],
    ['the socket breaks under a write', withCode('EPIPE')],
    ['two transactions met in a deadlock', withCode('40P01')],
    ['Prisma cannot reach it', withCode('P1001')],
    ['a raw query loses its connection', adapted({ kind: 'ConnectionClosed' })],
    ['a raw query hears the server going', adapted({ kind: 'postgres', code: '57P01', originalCode: '57P01' })],
    [
      'the adapter itself fails outside a query',
      Object.assign(new Error('ConnectionClosed'), { cause: { kind: 'ConnectionClosed' } }),
    ],
    [
      'the adapter repeats the server outside a query',
      Object.assign(new Error('x'), { cause: { kind: 'postgres', originalCode: '57P01' } }),
    ],
    [
      'a connection of the pool turns out dead',
      new Error('Client has encountered a connection error and is not queryable'),
    ],
    ['the driver sees the stream end', new Error('Connection terminated unexpectedly')],
    ['no connection of the pool is free', new Error('timeout exceeded when trying to connect')],
    ['a failure is wrapped by another', new Error('outer', { cause: withCode('ECONNRESET') })],
  ])('when %s, trying again is right', (_name, error) => {
    expect(isTransient(error)).toBe(true);
  });

  it.each([
    ['a value that breaks a rule', withCode('23505')],
    ['a wrong password', withCode('28P01')],
    ['a raw query with a mistake in it', adapted({ kind: 'postgres', code: '42601', originalCode: '42601' })],
    [
      'a message that only quotes such words',
      new Error('value "57P01 ConnectionClosed Connection terminated" is too long'),
    ],
    ['a bug', new TypeError('x is not a function')],
    ['something that is no error', 'ECONNRESET'],
    ['nothing', undefined],
  ])('not after %s', (_name, error) => {
    expect(isTransient(error)).toBe(false);
  });

  it('looks at an error that is its own cause only so far', () => {
    const round = new Error('round');
    round.cause = round;
    expect(isTransient(round)).toBe(false);
  });
});
