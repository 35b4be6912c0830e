import type { Rung } from './ladder.ts';

/** Who stands on the rungs at a moment: only people who work here. */
export interface Cast {
  /** The client's coordinator. */
  readonly owner: string | undefined;
  readonly duty: string | undefined;
  /** Nobody of the rota has it: `duty` stands in. */
  readonly gap: boolean;
  /** Of the team, else all there are; likewise the directors. */
  readonly supervisors: readonly string[];
  readonly directors: readonly string[];
  /** The person the organisation named for when nobody else can be told. */
  readonly fallback: string | undefined;
  readonly everySupervisor: readonly string[];
  readonly admins: readonly string[];
  /** Everybody who works here. */
  readonly everybody: ReadonlySet<string>;
  /** Those of them who are away: passed over while there is anybody else. */
  readonly away?: ReadonlySet<string>;
  /** Who raised it: told only when there is nobody else at all. */
  readonly raiser: string | undefined;
}

export interface Told {
  readonly person: string;
  /** Coded: the rung that named them. */
  readonly reason: string;
}

type Named = Exclude<Rung, { person: string }>;
/** A rung with nobody on it falls through to the next, at the same moment. */
const nextRung: Readonly<Record<Exclude<Named, 'catch-all'>, Named>> = {
  owner: 'duty',
  duty: 'supervisor',
  supervisor: 'director',
  director: 'catch-all',
};

/**
 * Whom these rungs tell, in their order and each once; never nobody while somebody works here. Who raised it knows
 * already, and so do others of `besides`: they are passed over while there is anybody else. So is who is away; where
 * that leaves nobody, whoever is away is told rather than nobody.
 */
export function chooseTold(rungs: readonly Rung[], cast: Cast, besides: readonly string[] = []): readonly Told[] {
  const knowing = [...besides, ...(cast.raiser === undefined ? [] : [cast.raiser])];
  const chosen = chooseAmong(rungs, cast, new Set([...knowing, ...(cast.away ?? [])]));
  if (chosen.length > 0) return chosen;
  const anybody = chooseAmong(rungs, cast, new Set(knowing));
  if (anybody.length > 0) return anybody;
  const known = knowing.find((person) => cast.everybody.has(person));
  const last = known ?? cast.raiser;
  return last === undefined ? [] : [{ person: last, reason: 'nobody-else' }];
}

function chooseAmong(rungs: readonly Rung[], cast: Cast, passed: ReadonlySet<string>): readonly Told[] {
  const told = new Map<string, string>();
  for (const rung of rungs) {
    for (const { person, reason } of climb(rung, cast, passed)) {
      if (!told.has(person)) told.set(person, reason);
    }
  }
  return [...told].map(([person, reason]) => ({ person, reason }));
}

function climb(rung: Rung, cast: Cast, passed: ReadonlySet<string>): readonly Told[] {
  const standing = peopleOn(rung, cast).filter(({ person }) => cast.everybody.has(person) && !passed.has(person));
  if (standing.length > 0 || rung === 'catch-all') return standing;
  return climb(typeof rung === 'string' ? nextRung[rung] : 'supervisor', cast, passed);

  function peopleOn(on: Rung, { owner, duty, gap, supervisors, directors }: Cast): readonly Told[] {
    if (typeof on !== 'string') {
      return [{ person: on.person, reason: on.person === cast.fallback ? 'fallback' : 'named' }];
    }
    const as = (people: readonly (string | undefined)[], reason: string): readonly Told[] =>
      people.flatMap((person) => (person === undefined ? [] : [{ person, reason }]));
    switch (on) {
      case 'owner':
        return as([owner], 'owner');
      case 'duty':
        return as([duty], gap ? 'duty-gap' : 'duty');
      case 'supervisor':
        return as(supervisors, 'supervisor');
      case 'director':
        return as(directors, 'director');
      case 'catch-all':
        return firstSomebody([
          as([cast.fallback], 'fallback'),
          as(cast.everySupervisor, 'supervisor'),
          as(cast.admins, 'admin'),
        ]);
    }
  }

  function firstSomebody(choices: readonly (readonly Told[])[]): readonly Told[] {
    return (
      choices
        .map((people) => people.filter(({ person }) => cast.everybody.has(person) && !passed.has(person)))
        .find((people) => people.length > 0) ?? []
    );
  }
}
