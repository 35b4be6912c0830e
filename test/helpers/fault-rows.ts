/** `npm test` drives one row of each verdict end to end; the nightly run drives all of them, by `BATON_ALL_FAULTS`. */
const all = process.env['BATON_ALL_FAULTS'] === '1';

/**
 * The rows of a table of faults that this run drives: the first of each verdict. What each row *means* is held by the
 * pure table in test/delivery/decide-outcome.test.ts, every time.
 */
export function faultRows<Row>(rows: readonly Row[], verdictOf: (row: Row) => string = () => 'the same'): Row[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const verdict = verdictOf(row);
    const first = !seen.has(verdict);
    seen.add(verdict);
    return all || first;
  });
}
