import { readFile } from 'node:fs/promises';
import { listColleagues, listTeams } from '../access/records.ts';
import { importCaseload } from '../care/caseloads/import-caseload.ts';
import { describeImportRefusal } from '../care/caseloads/import-refusal.ts';
import { readCaseload } from '../care/caseloads/read-caseload.ts';
import { importedTables } from '../care/caseloads/records.ts';
import { localDate } from '../chat/local-date.ts';
import { readCsv } from '../exchange/csv/read-csv.ts';
import { chooseOrganisation } from './choose-organisation.ts';
import type { CliCommand, CommandHouse, CommandResult } from './command.ts';
import { CommandRefused, UsageError, type CommandArguments } from './parse-arguments.ts';
import { finishImport } from './tell-of-import.ts';

/** From so many rows on the tables are others than the server knows. */
const manyRows = 500;

/** Roles of people who can have a caseload. */
const caseloadRoles = ['coordinator', 'peer-specialist', 'clinician', 'supervisor'];

export const importFile: CliCommand = {
  name: 'import',
  usage: 'import caseload FILE [--team ID] [--dry-run]',
  summary: 'Take a clinic’s spreadsheet in; bad rows are named by row and column, good ones are in',
  schema: 'begins',
  async run(house, given) {
    const [what, path, ...rest] = given.words;
    if (what !== 'caseload' || path === undefined || rest.length > 0)
      throw new UsageError('Usage: baton import caseload FILE');
    return importSheet(house, given, path);
  },
};

async function importSheet(house: CommandHouse, given: CommandArguments, path: string): Promise<CommandResult> {
  const bytes = await readFile(path).catch(() => {
    throw new CommandRefused('That file cannot be read. Check its name and its permissions.');
  });
  const sheet = readCsv(bytes);
  if ('problem' in sheet) return refuseFile(sheet.problem);
  const organisation = await chooseOrganisation(house, given);
  const now = house.clock.now();
  let imported = 0;
  const said = await house.store.inOrganisation(organisation, async (tx): Promise<CommandResult> => {
    const teams = await listTeams(tx);
    if (given.team !== undefined && !teams.some((team) => team.id === given.team)) {
      throw new CommandRefused('There is no team of that id in the organisation.');
    }
    const coordinators = (await listColleagues(tx)).filter((person) =>
      person.roles.some((role) => caseloadRoles.includes(role)),
    );
    // The latest of the teams' dates: a birth today somewhere is in the future nowhere.
    const today =
      teams
        .map((team) => localDate(now, team.zone))
        .sort()
        .at(-1) ?? localDate(now, 'UTC');
    const reading = readCaseload(sheet.header, sheet.records, { today, coordinators });
    if ('problem' in reading) return refuseFile(reading.problem);
    const result = await importCaseload(tx, reading, {
      actor: 'cli',
      now,
      coordinators,
      zones: new Map(teams.map((team) => [team.id, team.zone])),
      ...(given.team === undefined ? {} : { team: given.team }),
      dryRun: given.dryRun,
    });
    if (!given.dryRun && result.imported > 0) await finishImport(tx, house, now);
    imported = given.dryRun ? 0 : result.imported;
    const summary = `${result.rows} rows: ${result.imported} ${given.dryRun ? 'would be imported' : 'imported'}, ${result.unchanged} unchanged, ${result.refused.length} refused.`;
    const lines = result.refused.map(({ row, column, code, of }) => {
      const where = `  row ${row}${column === '' ? '' : `, ${column}`}${of === undefined ? '' : ` (see row ${of})`}`;
      return `${where}: ${describeImportRefusal(code)}`;
    });
    return {
      exit: result.refused.length > 0 ? 1 : 0,
      text: [summary, ...lines].join('\n'),
      json: given.dryRun ? { ...result, dryRun: true } : result,
    };
  });
  if (imported > manyRows) await house.store.refreshStatistics(importedTables);
  return said;
}

/** The file as a whole: no row was taken in. */
function refuseFile(problem: {
  readonly code: string;
  readonly sentence: string;
  readonly row?: number;
}): CommandResult {
  return {
    exit: 1,
    text: problem.sentence,
    json: { rows: 0, imported: 0, unchanged: 0, refused: [{ row: problem.row ?? 0, column: '', code: problem.code }] },
  };
}
