import { collectedFeatures, openHouse } from './app.ts';
import { apply } from './cli/apply.ts';
import type { CliCommand } from './cli/command.ts';
import { doctor } from './cli/doctor.ts';
import { exportTable } from './cli/export.ts';
import { importFile } from './cli/import/import-file.ts';
import { migrate } from './cli/migrate.ts';
import { CommandRefused, parseArguments, UsageError } from './cli/parse-arguments.ts';
import { progressOn } from './cli/show-progress.ts';
import { wallClock } from './clock.ts';
import { ConfigError, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { requireSchema } from './cli/require-schema.ts';
import { describeDatabaseFailure } from './store/describe-failure.ts';

/** The command line: one table of commands; exit 0 done, 1 refused in whole or part, 2 wrong usage. */
const commands: readonly CliCommand[] = [doctor, apply, importFile, exportTable, migrate];

/** A word that was typed is said again, as far as it can be a command. */
const longestShown = 40;

const usage = (): string =>
  [
    'Usage: baton COMMAND [--json] [--organisation ID]',
    ...commands.map((one) => `  ${one.usage}\n      ${one.summary}`),
    `Tables that export writes: ${[...collectedFeatures.exports.keys()].sort().join(', ')}`,
  ].join('\n');

async function run(): Promise<number> {
  const [name, ...rest] = process.argv.slice(2);
  const command = commands.find((one) => one.name === name);
  if (command === undefined) {
    const asked = name === undefined || name === 'help' || name === '--help';
    process.stderr.write(`${asked ? '' : `There is no command "${name.slice(0, longestShown)}".\n`}${usage()}\n`);
    return asked && name !== undefined ? 0 : 2;
  }
  const given = parseArguments(rest);
  const config = readConfig(process.env);
  const house = await openHouse(config, {
    clock: wallClock,
    log: createLog(config.logLevel === 'info' ? 'warn' : config.logLevel),
    looksOnly: command.schema === 'looks',
    beforeMigrating: (_store, database) => requireSchema(command, given, database),
  });
  try {
    const progress = given.json ? undefined : progressOn(process.stderr);
    const result = await command.run(
      { ...house, pager: config.pager, ...(progress === undefined ? {} : { progress }) },
      given,
    );
    process.stdout.write(`${given.json ? JSON.stringify(result.json) : result.text}\n`);
    return result.exit;
  } finally {
    await house.close();
  }
}

// Whoever reads the answer may have enough of it, as in a pipe to `head`: what was asked for is done all the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
try {
  process.exitCode = await run();
} catch (error) {
  const known = error instanceof UsageError || error instanceof CommandRefused || error instanceof ConfigError;
  // An unknown error may quote values: its name is all that is said.
  const sentence = known
    ? error.message
    : (describeDatabaseFailure(error) ??
      `Baton could not do that (${error instanceof Error ? error.name : 'unknown'}).`);
  process.stderr.write(`${sentence}\n`);
  if (error instanceof UsageError) process.stderr.write(`${usage()}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
