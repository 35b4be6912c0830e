import type { OrganisationTransaction } from '../store/transaction.ts';

export interface ExportRange {
  /** Local dates, inclusive, in UTC. */
  readonly from?: string;
  readonly to?: string;
}
export type ExportTable = readonly Readonly<Record<string, unknown>>[];

/** A table that can be written out: its columns are the same for every organisation, whatever stands in them. */
export interface Export {
  readonly columns: readonly string[];
  read(tx: OrganisationTransaction, range: ExportRange): Promise<ExportTable>;
}

/** Declares an export by its rows: the compiler holds the columns to them, none left out. */
export const exportOf = <Row extends object>(
  columns: { readonly [K in keyof Required<Row>]: true },
  read: (tx: OrganisationTransaction, range: ExportRange) => Promise<readonly Row[]>,
): Export => ({
  columns: Object.keys(columns),
  read: async (tx, range) => (await read(tx, range)).map((row) => Object.fromEntries(Object.entries(row))),
});
