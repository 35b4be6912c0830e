import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { ImportContext } from '../../src/care/caseloads/read-caseload.ts';
import { readCaseload, type ImportReading } from '../helpers/read-caseload.ts';
import { readCsv } from '../helpers/read-csv.ts';
import { writeCsv } from '../../src/exchange/csv/write-csv.ts';

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
const { people } = z
  .object({
    people: z.array(z.object({ id: z.string(), name: z.string(), team: z.string(), roles: z.array(z.string()) })),
  })
  .parse(parseYaml(fixture('org.yaml').toString('utf8')));
const context: ImportContext = {
  today: '2026-11-22',
  coordinators: people.filter(({ roles }) => roles.includes('coordinator')),
};

const importBytes = (bytes: Uint8Array, more: Partial<ImportContext> = {}): ImportReading => {
  const file = readCsv(bytes);
  if ('problem' in file) throw new Error(file.problem.code);
  const read = readCaseload(file.header, file.records, { ...context, ...more });
  if ('problem' in read) throw new Error(read.problem.code);
  return read;
};

type Sheet = Readonly<Record<string, string>>;
const ana: Sheet = { 'Pt Name': 'Ana Haddad', DOB: '1983-01-11', MRN: '1', 'Care Coordinator': 'Maya Torres' };
const importRows = (rows: readonly Sheet[], more: Partial<ImportContext> = {}): ImportReading => {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const text = writeCsv(
    header,
    rows.map((row) => header.map((column) => row[column] ?? '')),
  );
  return importBytes(new TextEncoder().encode(text), more);
};
const accepted = (row: Sheet, more: Partial<ImportContext> = {}): ImportReading['accepted'][number] => {
  const read = importRows([row], more);
  expect(read.refused).toEqual([]);
  return read.accepted[0]!;
};
const refused = (row: Sheet): { column: string; code: string } => {
  const { refused: refusals } = importRows([row]);
  expect(refusals).toHaveLength(1);
  const { column, code } = refusals[0]!;
  return { column, code };
};

describe("the clinic's own sheet", () => {
  const expected: unknown = JSON.parse(fixture('caseload.expected.json').toString('utf8'));
  const read = importBytes(fixture('caseload.csv'));

  test('is imported exactly as expected', () => {
    expect({ rows: read.rows, imported: read.accepted.length, refused: read.refused }).toEqual(expected);
  });

  const text = fixture('caseload.csv').toString('utf8').replace('\u{feff}', '');
  test.each([
    ['without its byte order mark', Buffer.from(text)],
    ['with LF line ends', Buffer.from(text.replaceAll('\r\n', '\n'))],
    ['without an end to its last line', Buffer.from(text.trimEnd())],
    ['as UTF-16', Buffer.from(`\u{feff}${text}`, 'utf16le')],
    ['under other column names', Buffer.from(text.replace('Pt Name,DOB', 'Client,Birth date'))],
  ])('says the same %s', (_name, bytes) => {
    const again = importBytes(bytes);
    expect({ rows: again.rows, accepted: again.accepted }).toEqual({ rows: read.rows, accepted: read.accepted });
    expect(again.refused.map(({ row, code }) => [row, code])).toEqual(read.refused.map(({ row, code }) => [row, code]));
  });

  test('gives the content of a row in one style', () => {
    expect(read.accepted[0]).toEqual({
      row: 2,
      fullName: 'Elena De la Cruz',
      givenName: 'Elena',
      familyName: 'De la Cruz',
      birthDate: '2004-08-17',
      mrn: '198695',
      phone: '(658) 555-4970',
      coordinator: 'jon',
      status: 'active',
      tier: 'medium',
      enrolledOn: '2025-12-17',
      lastContactOn: '2026-11-14',
      nextContactOn: '2026-12-14',
      phqFirst: 25,
      phqLast: 23,
      gadLast: 20,
      payer: 'Medicaid',
      authorizationExpiresOn: '2027-02-23',
      programme: 'School (IEP)',
      notes: 'wants Spanish',
      canonical: read.accepted[0]!.canonical,
    });
  });

  test('keeps what looks like a formula as plain text, and notes in their lines', () => {
    const notes = read.accepted.map((row) => row.notes);
    expect(notes).toContain('=HYPERLINK("http://evil.example","click")');
    expect(notes).toContain('prefers texts\nno calls before noon');
  });

  test('says nothing of any client in its refusals', () => {
    const said = JSON.stringify(read.refused);
    for (const word of ['Grace', 'Okafor', 'Denise', 'purple', 'Nobody', '1988', '2031', 'eviction', '811039']) {
      expect(said).not.toContain(word);
    }
  });
});

test('without evidence in the file a date follows the habit the administrator stated, or is asked back', () => {
  const row = { ...ana, DOB: '3/4/1983' };
  expect(refused(row)).toEqual({ column: 'DOB', code: 'ambiguous-date' });
  expect(accepted(row, { dateOrder: 'mdy' }).birthDate).toBe('1983-03-04');
  expect(accepted({ ...row, 'Last Contact': '25/3/2026' }, { dateOrder: 'mdy' }).birthDate).toBe('1983-04-03');
});

describe('columns', () => {
  test('are known by other names, whatever the case, spaces and punctuation', () => {
    const read = accepted({
      'CLIENT ': 'Ana Haddad',
      'date of\nbirth': '1983-01-11',
      coordinator: 'Maya Torres',
      'RISK  LEVEL': 'L',
      phq9last: '4',
      'Auth No.': 'A1',
    });
    expect(read).toMatchObject({ birthDate: '1983-01-11', tier: 'low', phqLast: 4, authorizationNumber: 'A1' });
  });

  test('a refusal names the column as the file does', () => {
    expect(refused({ ...ana, 'risk level': 'purple' })).toEqual({ column: 'risk level', code: 'unknown-tier' });
  });

  test('unknown ones are left alone', () => {
    expect(accepted({ ...ana, 'Favourite colour': 'purple' }).canonical).toBe(accepted(ana).canonical);
  });

  test('the needed ones that are missing are listed, without a word of the file', () => {
    const read = readCaseload(['Ana Haddad', 'DOB'], [{ row: 2, cells: ['x', 'y'] }], context);
    expect(read).toEqual({
      problem: {
        code: 'missing-columns',
        columns: ['Pt Name', 'Care Coordinator'],
        sentence: 'The first row must name the columns. Add: Pt Name, Care Coordinator.',
      },
    });
  });

  test('two columns for one thing are refused, since Baton cannot know which counts', () => {
    const read = readCaseload(['Name', 'Client', 'DOB', 'Coordinator'], [], context);
    expect(read).toMatchObject({ problem: { code: 'repeated-columns', columns: ['Pt Name'] } });
  });
});

describe('rows', () => {
  test('empty records are no rows, yet count in the numbering', () => {
    const read = importRows([{ ...ana, MRN: '1' }, { 'Pt Name': ' \t' }, {}, { ...ana, MRN: '' }]);
    expect(read).toMatchObject({ rows: 2, refused: [{ row: 5, of: 2, code: 'duplicate-of-row' }] });
  });

  test('a row with something past the header is refused as a whole', () => {
    const header = ['Name', 'DOB', 'Coordinator'];
    const cells = ['Haddad', ' Ana', '1983-01-11', 'Maya Torres'];
    const read = readCaseload(header, [{ row: 2, cells }], context);
    expect(read).toMatchObject({ refused: [{ row: 2, column: '', code: 'too-many-cells' }] });
  });

  test('a shorter row has empty cells at its end', () => {
    const read = readCaseload(
      ['Name', 'DOB', 'Coordinator', 'Notes'],
      [{ row: 2, cells: ['Ana Haddad', '1983-01-11', 'Maya Torres'] }],
      context,
    );
    expect(read).toMatchObject({ accepted: [{ fullName: 'Ana Haddad' }], refused: [] });
  });

  test('of several faults the first in column order is told', () => {
    expect(refused({ Notes: 'x'.repeat(10_001), 'Risk Tier': 'purple', ...ana, DOB: '2/30/1988' })).toEqual({
      column: 'DOB',
      code: 'invalid-date',
    });
  });

  test.each<[string, Sheet, string, string]>([
    ['no name', { 'Pt Name': ' ' }, 'Pt Name', 'missing-name'],
    ['a dash for a name', { 'Pt Name': '-' }, 'Pt Name', 'missing-name'],
    ['a name without a letter', { 'Pt Name': '?? 12' }, 'Pt Name', 'missing-name'],
    ['an endless name', { 'Pt Name': 'x'.repeat(201) }, 'Pt Name', 'too-long'],
    ['no birth date', { DOB: '' }, 'DOB', 'missing-birth-date'],
    ['born tomorrow', { DOB: '2026-11-23' }, 'DOB', 'birth-date-in-future'],
    ['no coordinator', { 'Care Coordinator': '' }, 'Care Coordinator', 'missing-coordinator'],
    ['a stranger as coordinator', { 'Care Coordinator': 'Maya Tores' }, 'Care Coordinator', 'unknown-coordinator'],
    ['a person who is no coordinator', { 'Care Coordinator': 'Bea Novak' }, 'Care Coordinator', 'unknown-coordinator'],
    ['an unknown status', { Status: 'deceased' }, 'Status', 'unknown-status'],
    ['a PHQ-9 of 28', { 'PHQ-9 first': '28' }, 'PHQ-9 first', 'score-out-of-range'],
    ['a PHQ-9 below 0', { 'PHQ-9 last': '-1' }, 'PHQ-9 last', 'score-out-of-range'],
    ['a GAD-7 of 22', { 'GAD-7 last': '22' }, 'GAD-7 last', 'score-out-of-range'],
    ['half a score', { 'GAD-7 last': '12.5' }, 'GAD-7 last', 'invalid-number'],
    ['a score in words', { 'PHQ-9 last': 'twelve' }, 'PHQ-9 last', 'invalid-number'],
    ['a score like 1e1', { 'PHQ-9 last': '1e1' }, 'PHQ-9 last', 'invalid-number'],
    ['units below 0', { 'Auth Units Left': '-1' }, 'Auth Units Left', 'negative-units'],
    ['units below 0 with a typographic minus', { 'Auth Units Left': '\u22124' }, 'Auth Units Left', 'negative-units'],
    ['an impossible expiry', { 'Auth Exp': '2027-02-29' }, 'Auth Exp', 'invalid-date'],
    ['an endless note', { Notes: 'x'.repeat(10_001) }, 'Notes', 'too-long'],
  ])('refuses %s', (_name, cells, column, code) => {
    expect(refused({ ...ana, ...cells })).toEqual({ column, code });
  });

  test.each<[string, Sheet, object]>([
    ['born today', { DOB: '2026-11-22' }, { birthDate: '2026-11-22' }],
    ['a PHQ-9 of 27 and of 0', { 'PHQ-9 first': '27', 'PHQ-9 last': '0' }, { phqFirst: 27, phqLast: 0 }],
    ['a GAD-7 of 21 as 21.0', { 'GAD-7 last': '21.0' }, { gadLast: 21 }],
    ['no units left', { 'Auth Units Left': '0' }, { authorizationUnits: 0 }],
    ['an empty status as active', { Status: '' }, { status: 'active' }],
    ['relapse prevention', { Status: 'Relapse-Prevention' }, { status: 'relapse-prevention' }],
    ['maintenance', { 'Risk Tier': 'MAINTENANCE' }, { tier: 'maintenance' }],
    ['an odd phone as text', { Phone: "+1 555, sister's" }, { phone: "+1 555, sister's" }],
    ['leading zeros of a number', { MRN: '007' }, { mrn: '007' }],
    ['a coordinator in capitals', { 'Care Coordinator': ' MAYA   TORRES ' }, { coordinator: 'maya' }],
    ['a coordinator family name first', { 'Care Coordinator': 'Lindqvist, Sara' }, { coordinator: 'sara' }],
    ['a name with invisible marks', { 'Pt Name': '\u202eAna\u200b\u00a0 Haddad' }, { fullName: 'Ana Haddad' }],
  ])('accepts %s', (_name, cells, content) => {
    expect(accepted({ ...ana, ...cells })).toMatchObject(content);
  });

  test('“n/a” and dashes are nothing, and two of them are no shared record number', () => {
    const empty = { MRN: 'N/A', 'Auth Exp': '-', 'Risk Tier': '—', 'PHQ-9 last': 'n/a' };
    const read = importRows([
      { ...ana, ...empty },
      { ...ana, ...empty, 'Pt Name': 'Omar Kim' },
    ]);
    expect(read.refused).toEqual([]);
    for (const field of ['mrn', 'authorizationExpiresOn', 'tier', 'phqLast']) {
      expect(read.accepted[0]).not.toHaveProperty(field);
    }
  });
});

describe('coordinators', () => {
  const accents = { id: 'zoe', name: 'Zoë O’Neill', team: 'east' };

  test('are found without their accents and with another apostrophe', () => {
    const row = { ...ana, 'Care Coordinator': "zoe o'neill" };
    expect(accepted(row, { coordinators: [accents] }).coordinator).toBe('zoe');
  });

  test('two of one name are never chosen between', () => {
    const coordinators = [accents, { id: 'zoe-2', name: 'Zoe O’Neill', team: 'west' }];
    const { refused: refusals } = importRows([{ ...ana, 'Care Coordinator': 'Zoe O’Neill' }], { coordinators });
    expect(refusals).toEqual([{ row: 2, column: 'Care Coordinator', code: 'ambiguous-coordinator' }]);
  });
});

describe('the same client twice', () => {
  const duplicate = (second: Sheet): unknown => importRows([ana, second]).refused[0];

  test('by record number, written differently', () => {
    expect(duplicate({ ...ana, MRN: ' 1 ', 'Pt Name': 'HADDAD, Ana', DOB: 'Jan 11, 1983', Notes: 'new' })).toEqual({
      row: 3,
      column: '',
      code: 'duplicate-of-row',
      of: 2,
    });
  });

  test('one record number for two names points at the number', () => {
    expect(duplicate({ ...ana, 'Pt Name': 'Omar Kim' })).toEqual({
      row: 3,
      column: 'MRN',
      code: 'duplicate-of-row',
      of: 2,
    });
  });

  test('by name and birth date where one has no record number', () => {
    expect(duplicate({ ...ana, MRN: '' })).toMatchObject({ column: '', code: 'duplicate-of-row', of: 2 });
    expect(importRows([{ ...ana, MRN: '' }, ana]).refused).toMatchObject([{ row: 3, of: 2 }]);
  });

  test('two record numbers are two people, even of one name and birth date', () => {
    expect(importRows([ana, { ...ana, MRN: '2' }]).refused).toEqual([]);
  });

  test('a refused row is nobody’s original', () => {
    const read = importRows([{ ...ana, 'Risk Tier': 'purple' }, ana, ana]);
    expect(read.refused.map(({ row, code, of }) => [row, code, of])).toEqual([
      [2, 'unknown-tier', undefined],
      [4, 'duplicate-of-row', 3],
    ]);
  });
});

describe('names', () => {
  test.each([
    ['Ana Haddad', 'Ana', 'Haddad'],
    ['Elena De la Cruz', 'Elena', 'De la Cruz'],
    ["Omar O'Neill", 'Omar', "O'Neill"],
    ['Priya Smith-Lee', 'Priya', 'Smith-Lee'],
    ['De la Cruz, Elena Maria', 'Elena Maria', 'De la Cruz'],
    ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
    ['Maria Luisa Garcia', undefined, undefined],
    ['Cher', undefined, undefined],
    ['De Niro', 'De', 'Niro'],
    ['La Toya de Vries', 'La Toya', 'de Vries'],
    ['Sam Johnson, Jr.', undefined, undefined],
  ])('%s', (fullName, givenName, familyName) => {
    const row = accepted({ ...ana, 'Pt Name': fullName });
    expect([row.fullName, row.givenName, row.familyName]).toEqual([fullName, givenName, familyName]);
  });
});
