import type { Role } from './roles.ts';

/** The person who acts, as the database knows them at this moment. Never built from what a platform claims. */
export interface Actor {
  readonly organisation: string;
  /** The person's id in the organisation file. */
  readonly person: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly team: string;
  /** IANA zone the person lives in (their own, else their team's). */
  readonly zone: string;
}
