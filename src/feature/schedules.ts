import type { Weekday } from '../calendar/local-dates.ts';
import type { Work } from './feature.ts';

/** A team as schedules see it: what its file says, and what was chosen in chat since. */
export interface ScheduledTeam {
  readonly id: string;
  /** An IANA zone. */
  readonly zone: string;
  /** Its parts of the organisation file; each noun reads its own. */
  readonly schedules: unknown;
  readonly policies: unknown;
  /** The digest's time as a supervisor chose it in chat, `08:30`. */
  readonly digestAt: string | null;
}

/** An active person as schedules see them. */
export interface ScheduledPerson {
  readonly id: string;
  readonly team: string;
  /** Where they live: an IANA zone. */
  readonly zone: string;
  readonly roles: readonly string[];
  /** Their own time for the digest, `08:30`. */
  readonly digestAt: string | null;
  /** Their own hours by weekday, where they have some. */
  readonly works: unknown;
}

/** A wall time in the owner's zone: every day, or on one weekday. */
export interface WallTime {
  /** `08:30`, 24 hours. */
  readonly at: string;
  readonly weekday?: Weekday;
}

type Run = (work: Work, turn: { readonly owner: string; readonly localDate: string }) => Promise<void>;

/**
 * What of a noun happens at local times. `when` reads the settings and says at which; undefined = never, and the
 * schedule goes. `run` makes one turn, named by its local date in the owner's zone; each is made once.
 */
export type ScheduleKind =
  | { readonly of: 'team'; readonly when: (team: ScheduledTeam) => WallTime | undefined; readonly run: Run }
  | {
      readonly of: 'person';
      readonly when: (person: ScheduledPerson, team: ScheduledTeam) => WallTime | undefined;
      readonly run: Run;
    };

export type ScheduleKinds = ReadonlyMap<string, ScheduleKind>;
