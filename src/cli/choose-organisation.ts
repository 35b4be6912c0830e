import type { CommandHouse } from './command.ts';
import { CommandRefused, UsageError, type CommandArguments } from './parse-arguments.ts';

/** The organisation a command is about: the one named, or the only one there is. */
export async function chooseOrganisation(house: CommandHouse, given: CommandArguments): Promise<string> {
  const all = await house.store.organisations();
  if (given.organisation !== undefined) {
    if (all.includes(given.organisation)) return given.organisation;
    throw new CommandRefused('There is no organisation of that id here.');
  }
  const [only, ...others] = all;
  if (only === undefined)
    throw new CommandRefused('There is no organisation yet. Make one first: baton apply ORG.yaml');
  if (others.length > 0) throw new UsageError('There are several organisations. Name one: --organisation ID');
  return only;
}
