import type { CliCommand } from './command.ts';
import { UsageError } from './parse-arguments.ts';

/** The one command that brings an older schema up. */
export const migrate: CliCommand = {
  name: 'migrate',
  usage: 'migrate',
  summary: 'Bring the schema of the database up to this version, as the owner in DATABASE_URL',
  schema: 'migrates',
  async run({ store }, given) {
    if (given.words.length > 0) throw new UsageError('baton migrate takes no words');
    const problem = await store.problem();
    return {
      exit: problem === undefined ? 0 : 1,
      text: problem ?? 'The schema is current.',
      json: { problem: problem ?? null },
    };
  },
};
