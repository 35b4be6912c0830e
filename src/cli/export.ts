import { byCommandLine } from '../doer.ts';
import { noteExport } from '../care/evidence/note-export.ts';
import { createSystemWork } from '../feature/create-system-work.ts';
import { isIsoDate } from '../calendar/local-dates.ts';
import type { ExportRange } from '../feature/exports.ts';
import { writeCsv } from '../exchange/csv/write-csv.ts';
import { outboxOfTables } from '../schedule/outbox-of-tables.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import { chooseOrganisation } from './choose-organisation.ts';
import type { CliCommand, CommandHouse } from './command.ts';
import { UsageError, type CommandArguments } from './parse-arguments.ts';

export const exportTable: CliCommand = {
  name: 'export',
  usage: 'export TABLE --format csv|json [--from YYYY-MM-DD] [--to YYYY-MM-DD]',
  summary: 'Write one table to standard output: clients by code, people by id, times in UTC',
  schema: 'needs',
  async run(house, given) {
    const [what, ...rest] = given.words;
    const exporter = what === undefined ? undefined : house.features.exports.get(what);
    if (exporter === undefined || rest.length > 0) {
      throw new UsageError(`Name one of: ${[...house.features.exports.keys()].sort().join(', ')}`);
    }
    const format = given.format ?? (given.json ? 'json' : 'csv');
    if (format !== 'csv' && format !== 'json') throw new UsageError('The format is csv or json.');
    const organisation = await chooseOrganisation(house, given);
    const range = readRange(given);
    const table = await house.store.inOrganisation(organisation, async (tx) => {
      const rows = await exporter.read(tx, range);
      await putOnRecord(tx, house, { table: what ?? '', rows: rows.length, range });
      return rows;
    });
    const json = [...table];
    if (format === 'json') return { exit: 0, text: JSON.stringify(json, null, 1), json };
    const cells = table.map((row) => exporter.columns.map((column) => cellOf(row[column])));
    return { exit: 0, text: writeCsv(exporter.columns, cells).replace(/\r\n$/, ''), json };
  },
};

/** In the transaction that reads: what was handed out is on record, or was not handed out. */
async function putOnRecord(
  tx: OrganisationTransaction,
  { features, clock }: CommandHouse,
  written: { readonly table: string; readonly rows: number; readonly range: ExportRange },
): Promise<void> {
  // What is said of it is drawn when it is sent, by the service: its own privacy mode counts then.
  const context = {
    features,
    outbox: outboxOfTables,
    privacy: 'minimal',
    now: clock.now(),
    by: byCommandLine,
  } as const;
  await noteExport(await createSystemWork(tx, context), { by: byCommandLine, ...written });
}

function cellOf(value: unknown): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}

function readRange(given: CommandArguments): ExportRange {
  for (const day of [given.from, given.to]) {
    if (day !== undefined && !isIsoDate(day)) throw new UsageError('Dates are written 2026-11-26.');
  }
  return {
    ...(given.from === undefined ? {} : { from: given.from }),
    ...(given.to === undefined ? {} : { to: given.to }),
  };
}
