import type { Doer } from '../doer.ts';
import type { Role } from './roles.ts';

/** What is known of whoever acts, as the database has it at this moment. Never built from what a platform claims. */
export interface Standing {
  readonly organisation: string;
  /** None for everybody but a person. */
  readonly roles: readonly Role[];
  /** Whose calendar counts; empty where no team is concerned. */
  readonly team: string;
  /** IANA zone: the person's own, else their team's. */
  readonly zone: string;
}

/** A person who acts, with their rights. */
export type PersonActor = Standing & Extract<Doer, { kind: 'person' }> & { readonly name: string };

export type Actor = PersonActor | (Standing & Exclude<Doer, { kind: 'person' }>);

export const isPerson = (actor: Actor): actor is PersonActor => actor.kind === 'person';

/** The id of the person who acts; undefined where nobody does. */
export const personOf = (actor: Doer): string | undefined => (actor.kind === 'person' ? actor.person : undefined);

/** Whether it is this person who acts. Never where no person does, and never for no id. */
export const isSelf = (actor: Doer, person: string | undefined): boolean =>
  actor.kind === 'person' && actor.person === person;

/** The person who acts, for what only a person can do. Their right to it was asked before: nothing else has rights. */
export function requirePerson(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new Error(`only a person does this, and it was done by ${actor.kind}`);
  return actor;
}
