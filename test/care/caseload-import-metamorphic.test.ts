import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCaseload, type ImportReading } from '../helpers/read-caseload.ts';
import { readCsv } from '../helpers/read-csv.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

/** The same sheet written by different programs and people must say the same. */
const context = {
  today: '2026-11-22',
  coordinators: [
    { id: 'maya', name: 'Maya Torres', team: 'east' },
    { id: 'jose', name: 'José Peña', team: 'west' },
  ],
};

/** Each column with other names of it; the first is how the sheet under test is written. */
const names: readonly (readonly string[])[] = [
  ['Pt Name', 'Client', 'name', 'PATIENT NAME'],
  ['DOB', 'Birth date', 'Date of Birth'],
  ['MRN', 'mrn', 'Medical Record #'],
  ['Care Coordinator', 'Coordinator', ' care  coordinator '],
  ['Status', 'STATUS'],
  ['Risk Tier', 'Tier', 'risk\ntier'],
  ['Last Contact', 'last contact date'],
  ['PHQ-9 last', 'PHQ9 Last', 'Last PHQ-9'],
  ['Auth Units Left', 'Units left'],
  ['Notes', 'notes', 'Comments'],
];

const sheet = fc.array(
  fc.tuple(
    fc.constantFrom('Ana Haddad', 'Omar Castañeda', 'Elena De la Cruz', '', "Pat O'Neill"),
    fc.constantFrom('1983-01-11', '4/9/64', '12/25/1990', '2/30/1988', '2031-05-05', '3/4/1980', '25/12/1990', ''),
    fc.constantFrom('', '100', '200', '300', '400'),
    fc.constantFrom('Maya Torres', 'jose pena', 'Nobody Known', ''),
    fc.constantFrom('Active ', 'RPP', 'inactive', 'gone', ''),
    fc.constantFrom('H', 'Med', 'low', 'purple', ''),
    fc.constantFrom('11/19/2026', '2026-11-05', 'soon', ''),
    fc.constantFrom('0', '27', '28', 'x', ''),
    fc.constantFrom('4', '-4', '0', ''),
    fc.constantFrom('left vm; call', 'two\nlines, "quoted"', '=1+1', 'tab\there', ''),
  ),
  { maxLength: 12 },
);

interface Style {
  readonly order: readonly number[];
  readonly alias: readonly number[];
  readonly delimiter: string;
  readonly lineEnd: readonly string[];
  readonly quoteAll: boolean;
  readonly extra: boolean;
  readonly encoding: 'utf8' | 'utf8-mark' | 'utf16le' | 'utf16be';
}
const style: fc.Arbitrary<Style> = fc.record({
  order: fc.shuffledSubarray([...names.keys()], { minLength: names.length }),
  alias: fc.array(fc.nat(3), { minLength: names.length, maxLength: names.length }),
  delimiter: fc.constantFrom(',', ';', '\t'),
  lineEnd: fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 1, maxLength: 3 }),
  quoteAll: fc.boolean(),
  extra: fc.boolean(),
  encoding: fc.constantFrom('utf8', 'utf8-mark', 'utf16le', 'utf16be'),
});
const plain: Style = {
  order: [...names.keys()],
  alias: names.map(() => 0),
  delimiter: ',',
  lineEnd: ['\n'],
  quoteAll: false,
  extra: false,
  encoding: 'utf8',
};

/** Written here by hand, so that the product's own writer is not its own witness. */
function write(rows: readonly (readonly string[])[], how: Style): Uint8Array {
  const header = names.map((aliases, column) => aliases[how.alias[column]! % aliases.length]!);
  const quote = (cell: string): string =>
    how.quoteAll || /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const text = [header, ...rows]
    .map((cells, row) => {
      const ordered = how.order.map((column) => cells[column]!);
      const all = how.extra ? ['', ...ordered, row === 0 ? 'Favourite colour' : 'purple'] : ordered;
      return all.map(quote).join(how.delimiter) + how.lineEnd[row % how.lineEnd.length]!;
    })
    .join('');
  if (how.encoding === 'utf16le') return Buffer.from(`\u{feff}${text}`, 'utf16le');
  if (how.encoding === 'utf16be') return Buffer.from(`\u{feff}${text}`, 'utf16le').swap16();
  return Buffer.from(how.encoding === 'utf8-mark' ? `\u{feff}${text}` : text);
}

function read(bytes: Uint8Array): ImportReading {
  const file = readCsv(bytes);
  if ('problem' in file) throw new Error(file.problem.code);
  const result = readCaseload(file.header, file.records, context);
  if ('problem' in result) throw new Error(result.problem.code);
  return result;
}

/** Refusals name the column as the file does; compared by which column it is. */
const named = ({ refused, ...rest }: ImportReading): unknown => ({
  ...rest,
  refused: refused.map((refusal) => ({
    ...refusal,
    column: names.findIndex((aliases) => aliases.some((alias) => alias.replace(/\s+/g, ' ').trim() === refusal.column)),
  })),
});

describe('a caseload sheet', () => {
  test('says the same in any order of columns, other names, delimiters, line ends, quoting and encoding', () => {
    fc.assert(
      fc.property(sheet, style, (rows, how) => {
        expect(named(read(write(rows, how)))).toEqual(named(read(write(rows, plain))));
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  test('accepts or refuses every row that holds anything, once', () => {
    fc.assert(
      fc.property(sheet, (rows) => {
        const result = read(write(rows, plain));
        const told = [...result.accepted, ...result.refused].map(({ row }) => row).sort((a, b) => a - b);
        const filled = rows.flatMap((cells, index) => (cells.some((cell) => cell !== '') ? [index + 2] : []));
        expect(told).toEqual(filled);
        expect(result.rows).toBe(filled.length);
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  test('empty records between its rows only move the numbers', () => {
    fc.assert(
      fc.property(sheet, (rows) => {
        const spread = read(
          write(
            rows.flatMap((row) => [names.map(() => ' '), row]),
            plain,
          ),
        );
        const dense = read(write(rows, plain));
        const moved = (row: number): number => (row - 1) * 2 + 1;
        expect(spread).toEqual({
          rows: dense.rows,
          accepted: dense.accepted.map((each) => ({ ...each, row: moved(each.row) })),
          refused: dense.refused.map((each) => ({
            ...each,
            row: moved(each.row),
            ...(each.of !== undefined && { of: moved(each.of) }),
          })),
        });
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  test('never repeats what a cell holds in a refusal', () => {
    const canary = fc.constantFrom('Quxley', '"Quxley', 'Quxley/1', '=Quxley()', '-Quxley', 'Quxley,Quxley');
    const cells = fc.array(fc.array(canary, { minLength: names.length, maxLength: names.length }), { minLength: 1 });
    fc.assert(
      fc.property(cells, (rows) => {
        const { refused } = read(write(rows, plain));
        expect(refused.length).toBe(rows.length);
        expect(JSON.stringify(refused)).not.toContain('Quxley');
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  test('has the same canonical content in two styles of dates, tiers and spaces, and another when a value differs', () => {
    const row = (cells: readonly string[]): string => {
      const padded = names.map((_, column) => cells[column] ?? '');
      return read(write([padded], plain)).accepted[0]!.canonical;
    };
    const one = row(['José  Peña', '1990-12-25', '7', 'Maya Torres', 'Active ', 'H', '2026-11-19', '5']);
    const two = row(['Jose\u0301 Peña', '12/25/90', ' 7', 'maya torres', 'active', 'high', '11/19/26', '5.0']);
    expect(two).toBe(one);
    expect(row(['José Peña', '1990-12-25', '7', 'Maya Torres', 'Active', 'H', '2026-11-19', '6'])).not.toBe(one);
    expect(JSON.parse(one)).not.toHaveProperty('row');
  });
});
