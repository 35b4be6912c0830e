import type { Platform } from './platform.ts';

/**
 * Who does something: a person, or one of the ways in which things happen without one. Where a request came from (the
 * platform) is told beside it, never by it: only people act on a platform.
 */
export type Doer =
  /** `person`: their id in the organisation file. */
  | { readonly kind: 'person'; readonly person: string }
  /** A time somebody set has come; `schedule`: its id, e.g. `huddle-weekly/team/east`. */
  | { readonly kind: 'schedule'; readonly schedule: string }
  /** Rows of a file were taken in, at the command line or to make the demonstration. */
  | { readonly kind: 'import'; readonly of: 'file' | 'demo' }
  /** Whoever holds the command line: it asks for no name. */
  | { readonly kind: 'command-line' }
  /** Baton by itself; `told`: because this platform said so, e.g. that an account was closed. */
  | { readonly kind: 'system'; readonly told?: Platform };

/** Somebody's account on a platform, as it was turned away: known here or not. On record only. */
export interface Account {
  readonly kind: 'account';
  readonly platform: Platform;
  readonly user: string;
}

/** Whoever can stand on record. */
export type Recorded = Doer | Account;

type Of<K extends Doer['kind']> = Extract<Doer, { kind: K }>;

export const byPerson = (person: string): Of<'person'> => ({ kind: 'person', person });
export const bySchedule = (schedule: string): Of<'schedule'> => ({ kind: 'schedule', schedule });
export const byImport = (of: 'file' | 'demo' = 'file'): Of<'import'> => ({ kind: 'import', of });
export const byCommandLine: Of<'command-line'> = { kind: 'command-line' };
export const bySystem: Of<'system'> = { kind: 'system' };
/** Baton, because a platform said so. */
export const byPlatform = (told: Platform): Of<'system'> => ({ kind: 'system', told });
export const byAccount = (platform: Platform, user: string): Account => ({ kind: 'account', platform, user });
