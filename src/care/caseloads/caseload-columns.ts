/** The columns of a caseload sheet, in the order in which a row is judged, with the names clinics give them. */
interface ColumnNames {
  /** What the column is called when the sheet does not have it. */
  readonly label: string;
  readonly aliases: readonly string[];
  readonly required?: true;
}

const columns = {
  name: {
    label: 'Pt Name',
    aliases: ['Name', 'Client', 'Client Name', 'Patient', 'Patient Name', 'Full Name'],
    required: true,
  },
  birthDate: { label: 'DOB', aliases: ['Birth Date', 'Date of Birth', 'Birthday', 'D.O.B.'], required: true },
  mrn: {
    label: 'MRN',
    aliases: ['Medical Record Number', 'Medical Record #', 'Record #', 'Chart #', 'Client ID', 'Patient ID'],
  },
  phone: { label: 'Phone', aliases: ['Phone #', 'Telephone', 'Tel', 'Mobile', 'Cell', 'Cell Phone'] },
  address: { label: 'Address', aliases: ['Home Address', 'Street Address', 'Mailing Address', 'Residence'] },
  emergencyName: {
    label: 'Emergency Contact',
    aliases: ['Emergency Contact Name', 'Emergency Name', 'Next of Kin', 'ICE Contact'],
  },
  emergencyRelation: {
    label: 'Emergency Contact Relationship',
    aliases: ['Emergency Contact Relation', 'Emergency Relationship', 'Emergency Relation', 'Next of Kin Relationship'],
  },
  emergencyPhone: {
    label: 'Emergency Contact Phone',
    aliases: ['Emergency Phone', 'Emergency Contact #', 'Emergency Contact Number', 'Next of Kin Phone', 'ICE Phone'],
  },
  coordinator: { label: 'Care Coordinator', aliases: ['Coordinator', 'Care Manager', 'CC'], required: true },
  status: { label: 'Status', aliases: ['Caseload Status'] },
  tier: { label: 'Risk Tier', aliases: ['Tier', 'Risk', 'Risk Level', 'Acuity'] },
  enrolledOn: {
    label: 'Enroll Date',
    aliases: ['Enrol Date', 'Enrolled', 'Enrolled On', 'Enrollment Date', 'Enrolment Date', 'Date Enrolled'],
  },
  lastContactOn: { label: 'Last Contact', aliases: ['Last Contact Date', 'Date of Last Contact'] },
  nextContactOn: { label: 'Next Contact Due', aliases: ['Next Contact', 'Next Due', 'Next Contact Date', 'Due'] },
  phqFirst: { label: 'PHQ-9 first', aliases: ['First PHQ-9', 'PHQ-9 initial', 'Initial PHQ-9', 'PHQ-9 baseline'] },
  phqLast: { label: 'PHQ-9 last', aliases: ['Last PHQ-9', 'PHQ-9 current', 'Current PHQ-9', 'PHQ-9 latest'] },
  gadLast: { label: 'GAD-7 last', aliases: ['Last GAD-7', 'GAD-7', 'GAD-7 current', 'GAD-7 latest'] },
  payer: { label: 'Payer', aliases: ['Payor', 'Insurance', 'Insurer'] },
  authorizationNumber: {
    label: 'Auth #',
    aliases: ['Auth', 'Auth No', 'Auth Number', 'Authorization #', 'Authorization No', 'Authorization Number'],
  },
  authorizationExpiresOn: {
    label: 'Auth Exp',
    aliases: ['Auth Expires', 'Auth Expiration', 'Auth End', 'Authorization Expires', 'Authorization Expiration'],
  },
  authorizationUnits: {
    label: 'Auth Units Left',
    aliases: ['Units Left', 'Auth Units', 'Units Remaining', 'Authorization Units Left'],
  },
  programme: { label: 'Program', aliases: ['Programme', 'Program Name'] },
  notes: { label: 'Notes', aliases: ['Note', 'Comments', 'Comment', 'Remarks'] },
} as const satisfies Readonly<Record<string, ColumnNames>>;

export type CaseloadColumn = keyof typeof columns;
const named: Readonly<Record<CaseloadColumn, ColumnNames>> = columns;
/** Every column, in judging order. */
export const caseloadColumns = Object.keys(columns) as readonly CaseloadColumn[];

/** Where each known column stands in one file, and how that file's header writes it. */
export type ColumnPlaces = Readonly<
  Partial<Record<CaseloadColumn, { readonly index: number; readonly header: string }>>
>;

export interface HeaderProblem {
  readonly code: 'missing-columns' | 'repeated-columns';
  /** Baton's own names of the columns: what a headerless file has in its first row may be a client. */
  readonly columns: readonly string[];
  readonly sentence: string;
}

/** Case, spaces, accents and punctuation do not tell headers apart; `#` reads as “number”. */
const fold = (header: string): string =>
  header
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('#', 'number')
    .replace(/[^\p{L}\p{N}]/gu, '');

const byFolded: ReadonlyMap<string, CaseloadColumn> = new Map(
  caseloadColumns.flatMap((column) =>
    [named[column].label, ...named[column].aliases].map((name) => [fold(name), column] as const),
  ),
);

/** Finds the known columns of a header in any order; unknown ones are left alone. */
export function placeColumns(header: readonly string[]): { places: ColumnPlaces } | { problem: HeaderProblem } {
  const places: { [column in CaseloadColumn]?: { index: number; header: string } } = {};
  const repeated = new Set<CaseloadColumn>();
  header.forEach((cell, index) => {
    const column = byFolded.get(fold(cell));
    if (column === undefined) return;
    if (places[column] !== undefined) repeated.add(column);
    places[column] ??= { index, header: cell.replace(/\s+/g, ' ').trim() };
  });
  const missing = caseloadColumns.filter((column) => named[column].required === true && places[column] === undefined);
  if (missing.length > 0) return { problem: headerProblem('missing-columns', missing) };
  if (repeated.size > 0) return { problem: headerProblem('repeated-columns', [...repeated]) };
  return { places };
}

function headerProblem(code: HeaderProblem['code'], which: readonly CaseloadColumn[]): HeaderProblem {
  const labels = which.map((column) => named[column].label);
  const list = labels.join(', ');
  const sentence =
    code === 'missing-columns'
      ? `The first row must name the columns. Add: ${list}.`
      : `These columns are there more than once: ${list}. Keep one of each.`;
  return { code, columns: labels, sentence };
}
