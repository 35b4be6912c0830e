/**
 * How often properties are tried. `BATON_PROPERTY_RUNS` says it for all of them; the nightly run raises it. Those that
 * need a database for each run keep a small number of their own.
 */
const usual = Number(process.env['BATON_PROPERTY_RUNS'] ?? 200);

export const propertyRuns = {
  usual,
  /** State machines, money and consent. */
  grave: 5 * usual,
  /** Where each run fills a database and reads it back: a fifth by day. */
  dataSets: Math.ceil(usual / 5),
} as const;
