import type { CollectedFeatures } from '../feature/collect-features.ts';
import type { Clock } from '../clock.ts';
import type { OpenDatabase } from '../store/open-database.ts';
import type { Store } from '../store/store.ts';
import type { PagerSettings } from '../pager-settings.ts';
import type { CommandArguments } from './parse-arguments.ts';
import type { ShowProgress } from './show-progress.ts';

/** What a command of the command line may use. */
export interface CommandHouse {
  readonly store: Store;
  /** How it is reached. */
  readonly database: Pick<OpenDatabase, 'protection'>;
  readonly features: CollectedFeatures;
  readonly clock: Clock;
  /** The organisation's own gateway, where one is set. */
  readonly pager?: PagerSettings | undefined;
  /** Shows whoever waits how far something is; absent where nobody looks. */
  readonly progress?: ShowProgress;
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
  /**
   * What it does about a schema of another version. `looks`: it changes nothing, and its connections refuse every write.
   * `needs`: one of this version must be there. `begins`: so, or none at all yet, and then it makes it. `migrates`: it
   * brings it up. None but the last changes an older one by surprise.
   */
  readonly schema: 'looks' | 'needs' | 'begins' | 'migrates';
  run(house: CommandHouse, given: CommandArguments): Promise<CommandResult>;
}
