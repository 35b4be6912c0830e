import { describe, expect, it } from 'vitest';
import { compareMigrations } from '../../src/store/migration-status.ts';
import { oldestServed, oldestServedComment, readOldestServed, servable } from '../../src/store/oldest-served.ts';
import { readMigrations } from '../../src/store/read-migrations.ts';

const migration = (name: string): { name: string; sql: string; checksum: string } => ({ name, sql: '', checksum: '' });
const applied = (...names: string[]): { name: string; checksum: string; finished: boolean }[] =>
  names.map((name) => ({ name, checksum: '', finished: true }));
const known = ['1_first', '2_second'];
const stands = (rows: readonly string[], oldest: string | undefined): string =>
  servable(compareMigrations(known.map(migration), applied(...rows)), known, oldest);

describe('a process that runs while another version brings the schema up', () => {
  it('serves on beside a newer schema that keeps what the process has', () => {
    expect(stands([...known, '3_third'], '2_second')).toBe('served-beside');
    expect(stands([...known, '3_third', '4_fourth'], '1_first')).toBe('served-beside');
  });

  it('serves no more once something it needs may be gone, or when nothing says that it is there', () => {
    expect(stands([...known, '3_third'], '3_third')).toBe('ahead');
    expect(stands([...known, '3_third'], undefined)).toBe('ahead');
    // It lacks what it wants itself.
    expect(stands(['1_first', '3_third'], '1_first')).toBe('ahead');
  });

  it('is told nothing new of its own schema, or an older one', () => {
    expect(stands(known, '9_later')).toBe('current');
    expect(stands(['1_first'], '1_first')).toBe('behind');
  });

  it('reads what another version wrote, and nothing else', () => {
    expect(readOldestServed(oldestServedComment('2_second'))).toBe('2_second');
    expect(readOldestServed(null)).toBeUndefined();
    expect(readOldestServed('somebody’s own words')).toBeUndefined();
  });

  it('is named by a migration that there is', async () => {
    expect((await readMigrations()).map(({ name }) => name)).toContain(oldestServed);
  });
});
