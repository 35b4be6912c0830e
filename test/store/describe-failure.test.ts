import { describe, expect, it } from 'vitest';
import { describeDatabaseFailure, isConnectionLost } from '../../src/store/describe-failure.ts';

const failure = (code: string): Error => Object.assign(new Error('value "Jane Doe" of Key (name)'), { code });

describe('why the database did not do something', () => {
  it.each(['57014', '25P03', '55P03', '40001', '40P01', '53100', '53200', '53300', '57P01', '57P02', '57P03'])(
    'is what the server gave as its reason (%s), and not its address',
    (code) => {
      const says = describeDatabaseFailure(failure(code));
      expect(says).toMatch(/^[A-Z].*\.$/);
      expect(says).not.toMatch(/DATABASE_URL|cannot be reached|Jane/);
    },
  );

  it.each(['ECONNREFUSED', 'ETIMEDOUT', 'ENOENT'])('is its address where nobody answers there (%s)', (code) => {
    expect(describeDatabaseFailure(failure(code))).toContain('cannot be reached. Check DATABASE_URL');
  });

  it('is the connection where one that stood was lost', () => {
    for (const lost of [failure('ECONNRESET'), new Error('Connection terminated unexpectedly')]) {
      expect(describeDatabaseFailure(lost)).toBe('The connection to the database was lost.');
      expect(isConnectionLost(lost)).toBe(true);
    }
    expect(isConnectionLost(failure('57014'))).toBe(false);
  });

  it('is nothing where nobody knows', () => {
    expect(describeDatabaseFailure(failure('22P02'))).toBeUndefined();
  });
});
