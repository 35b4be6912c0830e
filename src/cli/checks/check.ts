import type { CommandHouse } from '../command.ts';

/** What `doctor` found about one thing. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly check: string;
  /** False when it needs a look: `doctor` then ends with 1. */
  readonly ok: boolean;
  /** One calm sentence, without client data and without a value of any setting. */
  readonly says: string;
  /** Well as it is, and worth knowing. */
  readonly note?: true;
}

/**
 * One thing that `doctor` looks at: a file in this folder, a line in `doctor.ts`. It only reads: its connections refuse
 * every write, and the schema is whatever is there. What it throws becomes a finding of its own.
 */
export type Check = (house: CommandHouse) => Promise<readonly Finding[]>;
