import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { apply } from '../../src/cli/apply.ts';
import type { CliCommand, CommandResult } from '../../src/cli/command.ts';
import { importFile } from '../../src/cli/import/import-file.ts';
import { CommandRefused, parseArguments } from '../../src/cli/parse-arguments.ts';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { applyFile, readSample } from '../helpers/organisation.ts';

const clock = createPushableClock({ start: new Date('2026-11-23T14:00:00Z'), frozen: true });
const header = 'Pt Name,DOB,MRN,Care Coordinator';
const canaries = /Ana|Haddad|1983|Zoe|Quill/;

describe('files an administrator brings', () => {
  let database: TestDatabase;
  let store: Store;
  let folder = '';
  beforeAll(async () => {
    database = await createDatabase();
    store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(5), clock, ids: randomIds });
    await applyFile(store, await readSample(), clock);
    folder = await mkdtemp(join(tmpdir(), 'bad-files-'));
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const count = (): Promise<Record<string, number>> =>
    store.inOrganisation('riverside', async (tx) => ({
      clients: await tx.db.client.count(),
      people: await tx.db.person.count(),
      audit: await tx.db.auditEvent.count(),
    }));
  async function run(
    command: CliCommand,
    content: string | Uint8Array,
    words: readonly string[],
  ): Promise<CommandResult> {
    const path = join(folder, 'file');
    await writeFile(path, content);
    const house = { store, database: { protection: 'local' } as const, features: collectedFeatures, clock };
    return command.run(house, parseArguments([...words, path]));
  }
  const sheet = (...rows: string[]): string => [header, ...rows].join('\r\n');

  it.each<[string, string | Uint8Array, string]>([
    ['B67 an empty file', '', 'The file is empty. Export the sheet again and keep its header row.'],
    [
      'B68 a workbook under another name',
      Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0, 0, 0, 0]),
      'This is an Excel workbook under another name. Open it and save the sheet as “CSV UTF-8”.',
    ],
    [
      'B67 letters of another age',
      Buffer.from(sheet('Zo\u00eb Quill,1983-01-11,1,Maya Torres'), 'latin1'),
      'The file is not saved as UTF-8. Save the sheet again as “CSV UTF-8”.',
    ],
    [
      'B67 damaged UTF-16',
      Uint8Array.from([0xff, 0xfe, 0x41]),
      'The file begins like UTF-16 text but is damaged. Save the sheet again as “CSV UTF-8”.',
    ],
    [
      'B67 bytes that are no text',
      sheet('Ana\u0000 Haddad,1983-01-11,1,Maya Torres'),
      'The file holds bytes that are not text. Save the sheet again as “CSV UTF-8”.',
    ],
  ])('%s: refused as a whole', async (_what, content, says) => {
    const before = await count();
    expect(await run(importFile, content, ['caseload'])).toMatchObject({ exit: 1, text: says });
    expect(await count()).toEqual(before);
  });

  it('B67 a quote that never ends, and a million columns: refused, naming no word of the file', async () => {
    const before = await count();
    for (const content of [sheet('"Ana Haddad,1983-01-11,1,Maya Torres'), 'Zoe,'.repeat(1_000_000)]) {
      const { exit, text, json } = await run(importFile, content, ['caseload']);
      expect(exit).toBe(1);
      expect(text).toMatch(/^(A quotation mark|There are too many columns)/);
      expect(`${text}${JSON.stringify(json)}`).not.toMatch(canaries);
    }
    expect(await count()).toEqual(before);
  });

  it('B67 bad rows are named by row and column, without a word of theirs, and none is in', async () => {
    const before = await count();
    const { exit, text } = await run(
      importFile,
      sheet(
        'Ana Haddad,2030-01-01,1,Maya Torres',
        'Ana Haddad,1983-02-30,2,Maya Torres',
        'Ana Haddad,1983-01-11,3,Zoe Quill',
        ',1983-01-11,4,Maya Torres',
      ),
      ['caseload'],
    );
    expect(exit).toBe(1);
    expect(text).toBe(
      [
        '4 rows: 0 imported, 0 unchanged, 4 refused.',
        '  row 2, DOB: The birth date is after today. Correct it and import the file again.',
        '  row 3, DOB: This is not a date Baton can read. Write it as YYYY-MM-DD.',
        '  row 4, Care Coordinator: No active coordinator has exactly this name. Correct it, or add the person first.',
        '  row 5, Pt Name: The name is empty. Fill it in and import the file again.',
      ].join('\n'),
    );
    expect((await count())['clients']).toBe(before['clients']);
  });

  it('B67 a formula in a name and B69 the same file twice: taken once, as the text it is', async () => {
    const content = `\u{feff}${sheet('"=cmd|\' /C calc\'!A0",1983-01-11,7,Maya Torres')}\n`;
    expect(await run(importFile, content, ['caseload'])).toMatchObject({
      exit: 0,
      text: '1 rows: 1 imported, 0 unchanged, 0 refused.',
    });
    const before = await count();
    expect(await run(importFile, content, ['caseload'])).toMatchObject({
      exit: 0,
      text: '1 rows: 0 imported, 1 unchanged, 0 refused.',
    });
    expect((await count())['clients']).toBe(before['clients']);
  });

  it('B71 an organisation file with a misspelt zone and hour: both are named, nothing changes', async () => {
    const before = await count();
    const sample = await readFile(new URL('../fixtures/org.yaml', import.meta.url), 'utf8');
    const misspelt = sample
      .replace('zone: America/New_York', 'zone: America/New_Yrok')
      .replace('at: "08:30"', 'at: "8:30"');
    expect(await run(apply, misspelt, [])).toMatchObject({
      exit: 1,
      text: [
        'The file was refused as a whole; nothing was changed.',
        '  teams[0].zone: not an IANA time zone, for example America/New_York',
        '  teams[0].schedules.dailyDigest.at: a time is written 08:30',
      ].join('\n'),
    });
    expect(await count()).toEqual(before);
  });

  it.each([
    ['that is no YAML', 'organisation: [', 'The file is not valid YAML (line 1). Nothing was changed.'],
    ['with one key twice', 'teams: []\nteams: []\n', 'The file is not valid YAML (line 2). Nothing was changed.'],
  ])('B71 an organisation file %s changes nothing', async (_what, text, says) => {
    const before = await count();
    await expect(run(apply, text, [])).rejects.toThrow(new CommandRefused(says));
    expect(await count()).toEqual(before);
  });

  it('B71 an organisation file that grows without end is refused in words', async () => {
    const lines = [...'bcdefghi'].map(
      (name, index) => `${name}: &${name} [${`*${'abcdefgh'.charAt(index)},`.repeat(9)}]`,
    );
    const bomb = ['a: &a [x]', ...lines].join('\n');
    const before = await count();
    await expect(run(apply, bomb, [])).rejects.toBeInstanceOf(CommandRefused);
    expect(await count()).toEqual(before);
  });
});
