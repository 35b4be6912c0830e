import { sayServable } from '../store/oldest-served.ts';
import type { DatabaseAsItIs } from '../store/open-database.ts';
import type { CliCommand } from './command.ts';
import { CommandRefused, type CommandArguments } from './parse-arguments.ts';

/**
 * Before anything of the database is changed: a command that was typed for something else migrates nothing that is in
 * use. A look at what a file would change makes no schema either. Throws CommandRefused with what to do.
 */
export async function requireSchema(
  { schema }: Pick<CliCommand, 'schema'>,
  { dryRun }: Pick<CommandArguments, 'dryRun'>,
  database: Pick<DatabaseAsItIs, 'schema'>,
): Promise<void> {
  if (schema === 'looks' || schema === 'migrates') return;
  const { state, begun } = await database.schema();
  if (state === 'current' || (schema === 'begins' && !dryRun && !begun)) return;
  throw new CommandRefused(`Nothing was changed: ${sayServable(state) ?? state}.`);
}
