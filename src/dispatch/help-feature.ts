import { everyRole } from '../access/roles.ts';
import { command, type Feature } from '../feature/feature.ts';
import { nothing } from '../chat/reply.ts';

/** Help stands in the command table like every other command; the dispatcher draws it, since it needs the whole table. */
export const help: Feature = {
  noun: 'help',
  commands: [
    command({
      name: 'help',
      aliases: ['?'],
      summary: 'What Baton can do, or one command in full',
      arguments: {},
      examples: ['help', 'help log'],
      roles: everyRole,
      prominence: 'first',
      aboutClient: false,
      run: () => Promise.resolve(nothing),
    }),
  ],
};
