import type { CollectedFeatures } from '../chat/collect-features.ts';
import type { Clock } from '../clock.ts';
import type { OpenDatabase } from '../store/open-database.ts';
import type { Store } from '../store/store.ts';
import type { CommandArguments } from './parse-arguments.ts';

/** What a command of the command line may use. */
export interface CommandHouse {
  readonly store: Store;
  /** How it is reached. */
  readonly database: Pick<OpenDatabase, 'protection'>;
  readonly features: CollectedFeatures;
  readonly clock: Clock;
}

/** What a command says: text for people, a value for machines, and how it ended. */
export interface CommandResult {
  /** 0 = done, 1 = refused in whole or part. */
  readonly exit: 0 | 1;
  readonly text: string;
  readonly json: unknown;
}

export interface CliCommand {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  /** It changes nothing: the database is opened as it stands, and its connections refuse every write. */
  readonly looksOnly?: true;
  run(house: CommandHouse, given: CommandArguments): Promise<CommandResult>;
}
