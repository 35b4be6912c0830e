import type { CaseloadColumn } from './caseload-columns.ts';
import { statusWords, tierWords, type CaseloadStatus, type CaseloadTier } from './caseload-words.ts';
import type { ImportRefusalCode } from './import-refusal.ts';
import type { CoordinatorMatch } from './match-coordinator.ts';
import { CellFault, cellReaders, type CellReaders } from './read-cells.ts';
import type { FileDateOrder } from './read-import-date.ts';
import { splitName } from './split-name.ts';

/** What one row says about one client. Dates are ISO local dates. */
export interface CaseloadContent {
  /** As written, in one line. */
  readonly fullName: string;
  /** Only where the name splits without doubt. */
  readonly givenName?: string;
  readonly familyName?: string;
  readonly birthDate: string;
  readonly mrn?: string;
  readonly phone?: string;
  readonly address?: string;
  /** As the sheet has them: read-emergency-contact.ts says whom to call. */
  readonly emergencyName?: string;
  readonly emergencyRelation?: string;
  readonly emergencyPhone?: string;
  /** The person's id. */
  readonly coordinator: string;
  /** An empty cell means active: the client is on somebody's caseload. */
  readonly status: CaseloadStatus;
  /** Absent when the cell is empty: a tier is a decision, and nobody has made it. */
  readonly tier?: CaseloadTier;
  readonly enrolledOn?: string;
  readonly lastContactOn?: string;
  readonly nextContactOn?: string;
  readonly phqFirst?: number;
  readonly phqLast?: number;
  readonly gadLast?: number;
  readonly payer?: string;
  readonly authorizationNumber?: string;
  readonly authorizationExpiresOn?: string;
  readonly authorizationUnits?: number;
  readonly programme?: string;
  /** Plain text, with its line breaks. What looks like a formula is text too. */
  readonly notes?: string;
}

export interface RowReading {
  /** Local date, `YYYY-MM-DD`. */
  readonly today: string;
  readonly dates: FileDateOrder;
  readonly findCoordinator: (name: string) => CoordinatorMatch;
}

export interface RowFault {
  readonly column: CaseloadColumn;
  readonly code: ImportRefusalCode;
}

/** Reads one row. Of several faults the first in column order counts. */
export function readCaseloadRow(
  cellOf: (column: CaseloadColumn) => string,
  reading: RowReading,
): { readonly content: CaseloadContent } | { readonly fault: RowFault } {
  try {
    return { content: readContent(cellReaders(cellOf, reading), reading) };
  } catch (error) {
    if (error instanceof CellFault) return { fault: { column: error.column, code: error.code } };
    throw error;
  }
}

/** The order of the statements is the order in which faults are told: that of the columns. */
function readContent(cells: CellReaders, reading: RowReading): CaseloadContent {
  const fullName = cells.name('name');
  const birthDate = readBirthDate(cells, reading.today);
  const identity = present({
    mrn: cells.text('mrn'),
    phone: cells.text('phone'),
    address: cells.text('address'),
    emergencyName: cells.text('emergencyName'),
    emergencyRelation: cells.text('emergencyRelation'),
    emergencyPhone: cells.text('emergencyPhone'),
  });
  return {
    fullName,
    ...splitName(fullName),
    birthDate,
    ...identity,
    coordinator: readCoordinator(cells, reading),
    status: cells.word('status', statusWords, 'unknown-status') ?? 'active',
    ...present({
      tier: cells.word('tier', tierWords, 'unknown-tier'),
      enrolledOn: cells.date('enrolledOn'),
      lastContactOn: cells.date('lastContactOn'),
      nextContactOn: cells.date('nextContactOn'),
      phqFirst: cells.score('phqFirst', 27),
      phqLast: cells.score('phqLast', 27),
      gadLast: cells.score('gadLast', 21),
      payer: cells.text('payer'),
      authorizationNumber: cells.text('authorizationNumber'),
      authorizationExpiresOn: cells.date('authorizationExpiresOn'),
      authorizationUnits: readUnits(cells),
      programme: cells.text('programme'),
      notes: cells.notes('notes'),
    }),
  };
}

function readBirthDate(cells: CellReaders, today: string): string {
  const day = cells.date('birthDate', 'birth');
  if (day === undefined) throw new CellFault('birthDate', 'missing-birth-date');
  if (day > today) throw new CellFault('birthDate', 'birth-date-in-future');
  return day;
}

function readCoordinator(cells: CellReaders, reading: RowReading): string {
  const name = cells.text('coordinator');
  if (name === '') throw new CellFault('coordinator', 'missing-coordinator');
  const match = reading.findCoordinator(name);
  if ('code' in match) throw new CellFault('coordinator', match.code);
  return match.id;
}

function readUnits(cells: CellReaders): number | undefined {
  const units = cells.whole('authorizationUnits');
  if (units !== undefined && units < 0) throw new CellFault('authorizationUnits', 'negative-units');
  return units;
}

/** Leaves out what is empty, so that an absent value and an empty cell are the same. */
function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: T[K] } = {};
  for (const key in values) if (values[key] !== undefined && values[key] !== '') kept[key] = values[key];
  return kept as { [K in keyof T]?: Exclude<T[K], undefined> };
}
