import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { listColleagues, listTeams, type Colleague } from '../../access/records.ts';
import { fileToken, listOpenImports } from '../../care/caseloads/import-records.ts';
import { openCaseload } from '../../care/caseloads/read-caseload.ts';
import { localDate } from '../../calendar/zones.ts';
import { CsvUnreadable } from '../../exchange/csv/csv-limits.ts';
import { openCsv, type CsvSheet } from '../../exchange/csv/open-csv.ts';
import { chooseOrganisation } from '../choose-organisation.ts';
import type { CommandHouse, CommandResult } from '../command.ts';
import { CommandRefused, type CommandArguments } from '../parse-arguments.ts';
import { describeImport } from './describe-import.ts';
import { judgeSheet } from './judge-sheet.ts';
import { asOnlyImport } from './only-one-import.ts';
import type { ImportJob } from './import-job.ts';
import { takeSheetIn } from './take-sheet-in.ts';
import { canHaveCaseload } from './who-coordinates.ts';

/**
 * Takes a sheet in: every row is read and judged before the first one is written; then they come in batch by batch, each
 * with its place in the file, so that an import that was cut off goes on there. Who is concerned is told at the end.
 */
export async function importCaseload(
  house: CommandHouse,
  given: CommandArguments,
  path: string,
): Promise<CommandResult> {
  const bytes = await readFile(path).catch(() => {
    throw new CommandRefused('That file cannot be read. Check its name and its permissions.');
  });
  const csv = openCsv(bytes);
  if ('problem' in csv) return refuseFile(csv.problem);
  const organisation = await chooseOrganisation(house, given);
  const digest = createHash('sha256').update(bytes).digest('hex');
  const work = (check: () => void): Promise<CommandResult> =>
    importSheet(house, given, { organisation, csv, digest, check });
  return given.dryRun ? work(() => undefined) : asOnlyImport(house, organisation, work);
}

async function importSheet(
  house: CommandHouse,
  given: CommandArguments,
  file: { organisation: string; csv: CsvSheet; digest: string; check: () => void },
): Promise<CommandResult> {
  const { organisation, csv, check } = file;
  const around = await lookAround(house, organisation, given.team, file.digest);
  const opened = openSheet(csv, around);
  if ('problem' in opened) return refuseFile(opened.problem);
  const interrupted = around.open.find((one) => one.sameFile);
  const { zones, token } = around;
  const job: ImportJob = {
    house,
    organisation,
    sheet: opened,
    file: token,
    team: given.team,
    zones,
    interrupted,
    check,
  };
  const judged = await judgeSheet(job);
  const taken = given.dryRun ? { imported: judged.fresh.size, refused: [] } : await takeSheetIn(job, judged);
  return describeImport({
    rows: opened.count,
    imported: taken.imported,
    // What came in before the interruption is part of this import; a dry run only says what would come to it.
    unchanged: judged.unchanged + (given.dryRun ? judged.mine : 0),
    refused: [...judged.refused, ...taken.refused].sort((a, b) => a.row - b.row),
    dryRun: given.dryRun,
    resumed: interrupted,
    unfinished: around.open.filter((one) => !one.sameFile),
  });
}

interface Around {
  readonly coordinators: readonly Colleague[];
  readonly zones: ReadonlyMap<string, string>;
  readonly today: string;
  readonly token: Uint8Array;
  readonly open: Awaited<ReturnType<typeof listOpenImports>>;
}

/** What the organisation has that a sheet is read by. */
async function lookAround(
  { store, clock }: CommandHouse,
  organisation: string,
  team: string | undefined,
  digest: string,
): Promise<Around> {
  const now = clock.now();
  return store.inOrganisation(organisation, async (tx) => {
    const teams = await listTeams(tx);
    if (team !== undefined && !teams.some((one) => one.id === team)) {
      throw new CommandRefused('There is no team of that id in the organisation.');
    }
    const token = fileToken(tx, digest, team);
    return {
      coordinators: (await listColleagues(tx)).filter(canHaveCaseload),
      zones: new Map(teams.map((one) => [one.id, one.zone])),
      // The latest of the teams' dates: a birth today somewhere is in the future nowhere.
      today:
        teams
          .map((one) => localDate(now, one.zone))
          .sort()
          .at(-1) ?? localDate(now, 'UTC'),
      token,
      open: await listOpenImports(tx, token),
    };
  });
}

function openSheet(csv: CsvSheet, { today, coordinators }: Around): ReturnType<typeof openCaseload> | ProblemOfFile {
  try {
    return openCaseload(csv.header, () => csv.records(), { today, coordinators });
  } catch (error) {
    if (error instanceof CsvUnreadable) return { problem: error.problem };
    throw error;
  }
}

interface ProblemOfFile {
  readonly problem: { readonly code: string; readonly sentence: string; readonly row?: number };
}

/** The file as a whole: no row was taken in. */
function refuseFile(problem: ProblemOfFile['problem']): CommandResult {
  return {
    exit: 1,
    text: problem.sentence,
    json: { rows: 0, imported: 0, unchanged: 0, refused: [{ row: problem.row ?? 0, column: '', code: problem.code }] },
  };
}
