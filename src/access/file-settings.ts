import type { z } from 'zod';

/** A place of a setting that names a person: `.steps[0].tell[1].person`, from the setting on. */
export interface NamedPerson {
  readonly path: string;
  readonly person: string;
}

/** One key of the organisation file that a noun reads. */
export interface FileSetting {
  /** How it is written; unknown keys within it are refused here, before anything is stored. */
  readonly schema: z.ZodType;
  /** Whom a value names: they must be of the file and work here. */
  readonly names: (value: unknown) => readonly NamedPerson[];
}

/** Declares a setting; `names` is asked of values that the schema has read. */
export const fileSetting = <S extends z.ZodType>(
  schema: S,
  names?: (value: z.output<S>) => readonly NamedPerson[],
): FileSetting => ({
  schema,
  names: (value) => (names === undefined ? [] : names(schema.parse(value))),
});

type Keyed = Readonly<Record<string, FileSetting>>;

/**
 * The keys of the organisation file that nouns read, by where they stand: beside the organisation's name (each in the
 * column of its name), in a team (together in `team.policies`), and under a team's `schedules`. A noun reads its own keys
 * and passes over all others: another version's may stand beside them.
 */
export interface FileSettings {
  readonly organisation: Keyed;
  readonly team: Keyed;
  readonly schedules: Keyed;
}
