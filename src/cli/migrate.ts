import type { CliCommand } from './command.ts';
import { UsageError } from './parse-arguments.ts';

/** Every command but `doctor` brings the schema up first: this one does nothing else. */
export const migrate: CliCommand = {
  name: 'migrate',
  usage: 'migrate',
  summary: 'Bring the schema of the database up to this version, as the owner in DATABASE_URL',
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
