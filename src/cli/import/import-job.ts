import type { CaseloadImport } from '../../care/caseloads/import-records.ts';
import type { CaseloadSheet } from '../../care/caseloads/read-caseload.ts';
import type { CommandHouse } from '../command.ts';

/** One file on its way into one organisation. */
export interface ImportJob {
  readonly house: CommandHouse;
  readonly organisation: string;
  readonly sheet: CaseloadSheet;
  /** What the file is known by. */
  readonly file: Uint8Array;
  readonly team: string | undefined;
  /** Zone of each team, by id. */
  readonly zones: ReadonlyMap<string, string>;
  /** Where it was interrupted, if it was. */
  readonly interrupted: CaseloadImport | undefined;
  /** Throws when another import may be going on beside it. */
  readonly check: () => void;
}
