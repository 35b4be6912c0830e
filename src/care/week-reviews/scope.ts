/** Whose figures: a team's clients and people, or what one coordinator of it answers for. */
export interface Scope {
  readonly team: string;
  readonly person: string | undefined;
}
