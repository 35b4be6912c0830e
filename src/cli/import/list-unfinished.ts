import { listOpenImports } from '../../care/caseloads/import-records.ts';
import { chooseOrganisation } from '../choose-organisation.ts';
import type { CommandHouse, CommandResult } from '../command.ts';
import type { CommandArguments } from '../parse-arguments.ts';
import { describeStart, describeUnfinished, unfinishedJson } from './describe-import.ts';
import { isImporting } from './only-one-import.ts';

/** Imports that did not come to their end, and whether one is going on now. Changes nothing. */
export async function listUnfinished(house: CommandHouse, given: CommandArguments): Promise<CommandResult> {
  const organisation = await chooseOrganisation(house, given);
  const unfinished = await house.store.inOrganisation(organisation, (tx) => listOpenImports(tx));
  const running = await isImporting(house, organisation);
  const lines = unfinished.map((one) => `Import of ${describeStart(one)}: ${describeUnfinished(one)}`);
  return {
    exit: 0,
    text: [
      ...(running ? ['An import is going on now.'] : []),
      ...(unfinished.length === 0 ? ['No import was interrupted.'] : lines),
    ].join('\n'),
    json: { running, unfinished: unfinished.map(unfinishedJson) },
  };
}
