/** One row of bench/results.json. */
export interface Row {
  readonly name: string;
  readonly counterpart: string;
  readonly ratio: number | null;
  readonly goal: string | null;
  readonly goalMet: boolean | null;
  readonly missed?: string;
  readonly why?: string;
}
export interface BenchRecord {
  readonly results: readonly Row[];
}

/** docs/bench.md with what the record says between its two marks. */
export function withRecord(page: string, record: BenchRecord): Promise<string>;
export function readRecord(): Promise<BenchRecord>;
export function readPage(): Promise<string>;
