import { parseArgs } from 'node:util';

/** Wrong usage: exit 2, with a sentence. */
export class UsageError extends Error {}
/** Refused with a reason: exit 1. */
export class CommandRefused extends Error {}

export interface CommandArguments {
  readonly words: readonly string[];
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly organisation: string | undefined;
  readonly team: string | undefined;
  readonly format: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Reads the words and options of one command line; unknown options are wrong usage. */
export function parseArguments(given: readonly string[]): CommandArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        organisation: { type: 'string' },
        team: { type: 'string' },
        format: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
      },
    });
    return {
      words: positionals,
      json: values.json,
      dryRun: values['dry-run'],
      organisation: values.organisation,
      team: values.team,
      format: values.format,
      from: values.from,
      to: values.to,
    };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The options were not understood.');
  }
}
