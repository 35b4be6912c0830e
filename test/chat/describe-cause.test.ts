import pg from 'pg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeCause } from '../../src/describe-cause.ts';
import { createLog } from '../../src/log.ts';
import { readOrganisationFile } from '../../src/access/organisation-file.ts';
import { MigrationError } from '../../src/store/migration-error.ts';
import { follow } from '../../src/trail.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

/** A database's error as the driver makes it. */
function fromDatabase(fields: Partial<pg.DatabaseError>): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError('duplicate key: Maria Dee', 0, 'error'), { severity: 'ERROR', ...fields });
}

describe('why something failed, as it stands in a log', () => {
  it('of a database: its class, SQLSTATE and names of the schema', () => {
    const error = fromDatabase({
      code: '23505',
      constraint: 'client_code_key',
      table: 'client',
      detail: '(Maria Dee)',
    });
    expect(describeCause(error)).toEqual({
      error: 'DatabaseError',
      sqlState: '23505',
      constraint: 'client_code_key',
      table: 'client',
    });
  });

  it('of a network: the code, found in what caused it', () => {
    const error = new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) });
    expect(describeCause(error)).toMatchObject({ error: 'TypeError', code: 'ECONNREFUSED' });
  });

  it('of ours: the sentence too, where its class never quotes anybody', () => {
    expect(describeCause(new MigrationError('Restore the backup.'))).toMatchObject({
      error: 'MigrationError',
      reason: 'Restore the backup.',
    });
    expect(describeCause(new Error('Connection terminated unexpectedly'))).toHaveProperty('reason');
    expect(describeCause(new Error('Connection terminated by Maria'))).not.toHaveProperty('reason');
  });

  it('with the first place of our own code', () => {
    let thrown: unknown;
    try {
      readOrganisationFile(
        new Proxy(
          {},
          {
            ownKeys() {
              throw new RangeError('Maria Dee');
            },
            get() {
              throw new RangeError('Maria Dee');
            },
          },
        ),
        { organisation: {}, team: {}, schedules: {} },
      );
    } catch (error) {
      thrown = error;
    }
    expect(describeCause(thrown)).toEqual({
      error: 'RangeError',
      at: expect.stringMatching(/^access\/organisation-file\.ts:\d+$/),
    });
  });

  it('never with what its message quotes, however it is written', () => {
    const root = new URL('../../src/', import.meta.url).pathname;
    const secret = fc.stringMatching(/^[A-Za-z]{12,20}$/);
    fc.assert(
      fc.property(secret, fc.constantFrom('', '\n', `\n    at ${root}`, ' at '), (name, before) => {
        for (const error of [
          new Error(`${before}${name}:1:1`),
          new SyntaxError(`Unexpected token, "${name}" is not JSON${before}${name}:1:1`),
          fromDatabase({ code: '22P02', where: name, message: `${before}${name}` }),
          Object.assign(new Error(name), { code: `${name} ${name}` }),
          new Error('outer', { cause: new Error(name) }),
          name,
        ]) {
          expect(JSON.stringify(describeCause(error))).not.toContain(name);
        }
      }),
      { numRuns: propertyRuns.usual },
    );
  });
});

describe('a line of the log', () => {
  it('says its level in words, and the word of the work it belongs to', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => void lines.push(line) });
    log.info('one');
    follow({ correlation: '0123456789ab' }, () => log.warn('two', { count: 2 }));
    log.error('three', { correlation: 'given', note: 'Maria Dee' });
    expect(lines.map((line) => ({ ...(JSON.parse(line) as object), time: 0 }))).toEqual([
      { level: 'info', time: 0, msg: 'one' },
      { level: 'warn', time: 0, msg: 'two', correlation: '0123456789ab', count: 2 },
      { level: 'error', time: 0, msg: 'three', correlation: 'given' },
    ]);
  });
});
