import { byCommandLine } from '../../doer.ts';
import { recordEvent } from '../../audit/record-event.ts';
import { endImport, listOpenImports } from '../../care/caseloads/import-records.ts';
import { chooseOrganisation } from '../choose-organisation.ts';
import type { CommandHouse, CommandResult } from '../command.ts';
import { CommandRefused, type CommandArguments } from '../parse-arguments.ts';
import { finishImport } from './finish-import.ts';
import { asOnlyImport } from './only-one-import.ts';

/** Leaves an interrupted import where it stands: what is in stays in, and who has clients by it is told. */
export async function endUnfinished(house: CommandHouse, given: CommandArguments, id: string): Promise<CommandResult> {
  const organisation = await chooseOrganisation(house, given);
  return asOnlyImport(house, organisation, () =>
    house.store.inOrganisation(organisation, async (tx) => {
      const one = (await listOpenImports(tx)).find((open) => open.id === id);
      const now = house.clock.now();
      if (one === undefined || !(await endImport(tx, one.id, now))) {
        throw new CommandRefused('No interrupted import has that id. See which there are: baton import list');
      }
      await recordEvent(tx, {
        actor: byCommandLine,
        verb: 'import.end',
        subjectKind: 'import',
        subjectId: one.id,
        detail: { row: one.row, lastRow: one.lastRow, imported: one.imported },
        at: now,
      });
      await finishImport(tx, house, one.startedAt, now);
      const text = `The import was ended after row ${one.row}. Its ${one.imported} clients stay, and their coordinators are told.`;
      return { exit: 0, text, json: { id, imported: one.imported } };
    }),
  );
}
