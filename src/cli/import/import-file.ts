import type { CliCommand } from '../command.ts';
import { UsageError } from '../parse-arguments.ts';
import { endUnfinished } from './end-unfinished.ts';
import { importCaseload } from './import-caseload.ts';
import { listUnfinished } from './list-unfinished.ts';

export const importFile: CliCommand = {
  name: 'import',
  usage: 'import caseload FILE [--team ID] [--dry-run] | import list | import end ID',
  summary:
    'Take a clinic’s spreadsheet in; bad rows are named by row and column, good ones are in. One that was interrupted is taken up again by the same command; list says which, end leaves it where it stands',
  schema: 'begins',
  async run(house, given) {
    const [what, which, ...rest] = given.words;
    if (rest.length === 0 && what === 'caseload' && which !== undefined) return importCaseload(house, given, which);
    if (rest.length === 0 && what === 'list' && which === undefined) return listUnfinished(house, given);
    if (rest.length === 0 && what === 'end' && which !== undefined) return endUnfinished(house, given, which);
    throw new UsageError('Usage: baton import caseload FILE, baton import list, or baton import end ID');
  },
};
