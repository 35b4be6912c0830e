import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { collectedFeatures } from '../../src/app.ts';
import { apply } from '../../src/cli/apply.ts';
import type { CommandHouse } from '../../src/cli/command.ts';
import { doctor } from '../../src/cli/doctor.ts';
import { exportTable } from '../../src/cli/export.ts';
import { importFile } from '../../src/cli/import/import-file.ts';
import { migrate } from '../../src/cli/migrate.ts';
import { CommandRefused, parseArguments, UsageError } from '../../src/cli/parse-arguments.ts';
import { createPushableClock, type PushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase } from '../helpers/database.ts';

const commands = [doctor, apply, importFile, exportTable, migrate];

export interface Outcome {
  readonly exit: 0 | 1 | 2;
  /** What a person reads, on whichever stream. */
  readonly text: string;
  /** What a machine reads; undefined when the command only refused in words. */
  readonly json: unknown;
}

/** The command line's own commands in this process, on a database of their own. Exits as src/cli.ts does. */
export interface Cli {
  readonly store: Store;
  readonly clock: PushableClock;
  run(...words: string[]): Promise<Outcome>;
  /** The audit's rows, but for those of exports: looking at it adds one. */
  audit(): Promise<readonly unknown[]>;
  /** Writes a file of the test; returns its path. */
  file(name: string, content: string | Uint8Array): Promise<string>;
  close(): Promise<void>;
}

/** One command line, ended as src/cli.ts ends it. */
export async function runCommand(house: CommandHouse, words: readonly string[]): Promise<Outcome> {
  const [name, ...rest] = words;
  const command = commands.find((one) => one.name === name);
  if (command === undefined) throw new Error('the tests name a command that is not there');
  try {
    return await command.run(house, parseArguments(rest));
  } catch (error) {
    if (error instanceof UsageError) return { exit: 2, text: error.message, json: undefined };
    if (error instanceof CommandRefused) return { exit: 1, text: error.message, json: undefined };
    throw error;
  }
}

/** One command line on another view of the same database, and shown to whoever waits. */
export const runOn = (
  { clock, progress }: Pick<Cli, 'clock'> & Pick<CommandHouse, 'progress'>,
  store: Store,
  ...words: string[]
): Promise<Outcome> =>
  runCommand(
    {
      ...{ store, clock, database: { protection: 'local' }, features: collectedFeatures },
      ...(progress === undefined ? {} : { progress }),
    },
    words,
  );

export const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

const auditSchema = z.array(z.looseObject({ verb: z.string() }));

/** Opens it on the Monday morning the fixtures are about. */
export async function openCli(): Promise<Cli> {
  const database = await createDatabase();
  const clock = createPushableClock({ start: new Date('2026-11-23T14:00:00Z'), frozen: true });
  const store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(9), clock, ids: randomIds });
  const run: Cli['run'] = (...words) =>
    runCommand({ store, database: { protection: 'local' }, features: collectedFeatures, clock }, words);
  const folder = await mkdtemp(join(tmpdir(), `baton-cli-${process.pid}-`));
  await chmod(folder, 0o755);
  return {
    store,
    clock,
    run,
    async audit() {
      const rows = auditSchema.parse((await run('export', 'audit', '--json')).json);
      return rows.filter(({ verb }) => verb !== 'export.write');
    },
    async file(name, content) {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    async close() {
      await store.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
