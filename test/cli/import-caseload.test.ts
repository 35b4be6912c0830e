import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fixture, openCli, type Cli } from './open-cli.ts';

let cli: Cli;
const open = async (): Promise<void> => {
  cli = await openCli();
  await cli.run('apply', fixture('org.yaml'));
};
const close = (): Promise<void> => cli.close();

const sheet = fixture('caseload.csv');
const expectedSchema = z.object({ rows: z.number(), imported: z.number(), refused: z.array(z.unknown()) });
const expected = async (): Promise<z.infer<typeof expectedSchema>> =>
  expectedSchema.parse(JSON.parse(await readFile(fixture('caseload.expected.json'), 'utf8')));
const caseloadSchema = z.array(
  z.object({
    client: z.string(),
    coordinator: z.string().nullable(),
    team: z.string(),
    status: z.string(),
    tier: z.string(),
    nextDue: z.string().nullable(),
  }),
);
const caseload = async (): Promise<z.infer<typeof caseloadSchema>> =>
  caseloadSchema.parse((await cli.run('export', 'caseload', '--json')).json);

const header = 'Pt Name,DOB,Care Coordinator,Notes';

describe('baton import caseload', () => {
  beforeEach(open);
  afterEach(close);

  it('takes the good rows of a clinic’s sheet in and names every bad one', async () => {
    const { exit, json, text } = await cli.run('import', 'caseload', sheet, '--json');
    expect(exit).toBe(1);
    expect(json).toEqual({ ...(await expected()), unchanged: 0 });
    expect(text.split('\n')[0]).toBe('181 rows: 173 imported, 0 unchanged, 8 refused.');
    expect(await caseload()).toHaveLength(173);
  });

  it('changes nothing the second time', async () => {
    await cli.run('import', 'caseload', sheet);
    const before = [await caseload(), await cli.audit()];
    const again = await cli.run('import', 'caseload', sheet);
    expect(again.json).toEqual({ ...(await expected()), imported: 0, unchanged: 173 });
    expect([await caseload(), await cli.audit()]).toEqual(before);
  });

  it('changes nothing in a dry run, and says what would come of it', async () => {
    const before = await cli.audit();
    const dry = await cli.run('import', 'caseload', sheet, '--dry-run');
    expect(dry.json).toEqual({ ...(await expected()), unchanged: 0, dryRun: true });
    expect(dry.text).toContain('173 would be imported');
    expect(await caseload()).toEqual([]);
    expect(await cli.audit()).toEqual(before);
  });

  it('gives every served client its coordinator, that coordinator’s team and a next contact', async () => {
    await cli.run('import', 'caseload', sheet);
    const teams: Readonly<Record<string, string>> = {
      maya: 'east',
      jon: 'east',
      sara: 'east',
      keisha: 'west',
      li: 'west',
      tom: 'west',
    };
    for (const row of await caseload()) {
      expect(row.team).toBe(teams[row.coordinator ?? '']);
      expect(row.nextDue === null).toBe(!['active', 'relapse-prevention'].includes(row.status));
    }
  });

  it('puts everybody into the team that --team names', async () => {
    await cli.run('import', 'caseload', sheet, '--team', 'west');
    expect(new Set((await caseload()).map((row) => row.team))).toEqual(new Set(['west']));
  });

  it('says not a word of any client', async () => {
    const said = [
      await cli.run('import', 'caseload', sheet),
      await cli.run('export', 'caseload', '--format', 'csv'),
      await cli.run('export', 'audit', '--json'),
    ];
    const words = (await readFile(sheet, 'utf8'))
      .split('\r\n')
      .slice(1)
      .flatMap((line) => {
        const [name = '', birth = '', number = '', phone = ''] = line.split(',');
        return [name, birth, phone, ...(number.length >= 6 ? [number] : [])];
      })
      .filter((word) => word.trim().length > 5);
    expect(words.length).toBeGreaterThan(400);
    // Ids and hashes are random: six digits of a record number may stand in one by chance.
    const everything = JSON.stringify(said).replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{32,}/gi, '');
    for (const word of words) expect(everything).not.toContain(word);
  });

  it('reads UTF-16, mixed line ends and a cell that spreadsheets would run', async () => {
    const rows = [
      header,
      'Ana Haddad,1983-01-11,Maya Torres,"=HYPERLINK(""http://evil.example"")"\r',
      'Ben Holt,1984-02-12,Jon Reyes,fine',
    ];
    const bytes = Buffer.from(`\u{feff}${rows.join('\n')}\n`, 'utf16le');
    const { exit, json } = await cli.run('import', 'caseload', await cli.file('sheet.csv', bytes));
    expect([exit, json]).toEqual([0, { rows: 2, imported: 2, unchanged: 0, refused: [] }]);
    expect((await cli.run('export', 'caseload', '--format', 'csv')).text).not.toMatch(/(?:^|,)"?=/m);
  });

  it('refuses a birth date that has not come yet, and takes the other row in', async () => {
    const rows = [header, 'Ana Haddad,2027-01-11,Maya Torres,', 'Ben Holt,1984-02-12,Jon Reyes,', ''];
    const { exit, json } = await cli.run('import', 'caseload', await cli.file('sheet.csv', rows.join('\n')));
    expect(exit).toBe(1);
    expect(json).toMatchObject({ imported: 1, refused: [{ row: 2, column: 'DOB', code: 'birth-date-in-future' }] });
  });
});

describe('baton import caseload changes nothing', () => {
  beforeAll(open);
  afterAll(close);

  it('for a team that is not there', async () => {
    expect(await cli.run('import', 'caseload', sheet, '--team', 'north')).toMatchObject({
      exit: 1,
      text: 'There is no team of that id in the organisation.',
    });
    expect(await caseload()).toEqual([]);
  });

  it.each([
    ['an unclosed quotation mark', `${header}\nAna Haddad,1983-01-11,Maya Torres,"left open\n`, 'unclosed-quote'],
    ['a workbook under another name', Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), 'looks-like-xlsx'],
    [
      'an old workbook under another name',
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      'looks-like-xls',
    ],
    ['nothing', '', 'empty-file'],
    ['bytes that are no text', Buffer.from('a,b\n\0,c\n'), 'contains-nul'],
    ['Latin-1', Buffer.from(`${header}\nZo\xeb Haddad,1983-01-11,Maya Torres,\n`, 'latin1'), 'not-utf8'],
    ['a million columns', `${','.repeat(999_999)}\n`, 'too-many-columns'],
  ])('for a file that holds %s, and says so in words that hold nothing of it', async (_name, content, code) => {
    const { exit, json, text } = await cli.run('import', 'caseload', await cli.file('sheet.csv', content));
    expect(exit).toBe(1);
    expect(json).toMatchObject({ rows: 0, imported: 0, unchanged: 0, refused: [{ code }] });
    expect(text).not.toContain('Haddad');
    expect(text).toMatch(/\.$/);
    expect(await caseload()).toEqual([]);
  });

  it.each([[[]], [['caseload']], [['clients', 'x.csv']], [['caseload', 'x.csv', 'y.csv']]])(
    'when it is not given caseload and one file but %j',
    async (words) => {
      expect((await cli.run('import', ...words)).exit).toBe(2);
    },
  );

  it('when the file cannot be read', async () => {
    expect((await cli.run('import', 'caseload', `${sheet}.missing`)).exit).toBe(1);
  });
});
