/** How often properties are tried. `BATON_PROPERTY_RUNS` says it for all of them; the nightly run raises it tenfold. */
const usual = Number(process.env['BATON_PROPERTY_RUNS'] ?? 200);

export const propertyRuns = {
  usual,
  /** State machines, money and consent. */
  grave: 5 * usual,
  /** Where each run fills a database and reads it back: a fifth by day. */
  dataSets: Math.ceil(usual / 5),
  /** Where each run draws a picture, or a card of many pages: half by day. */
  drawings: Math.ceil(usual / 2),
  /** Where each run drives a whole service, with its hands, its clock and its database: an eighth by day. */
  wholeWorlds: Math.ceil(usual / 8),
  /** The same, where a run goes through hours of ticks with everybody's messages: a thirtieth by day. */
  longNights: Math.ceil(usual / 30),
} as const;
