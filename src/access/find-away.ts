import type { OrganisationTransaction } from '../store/transaction.ts';

/** Somebody who works here is away from one moment to another, end excluded. Why is nobody's business here. */
export interface Away {
  readonly person: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** When these people are away in a time; planned absences count as far as they lie in it. */
export async function listAway(
  tx: OrganisationTransaction,
  people: readonly string[],
  from: Date,
  to: Date,
): Promise<readonly Away[]> {
  if (people.length === 0) return [];
  return tx.db.$queryRaw<Away[]>`
    select person_id as person, starts_at as "startsAt", ends_at as "endsAt" from absence
    where organisation_id = ${tx.organisation} and person_id = any(${[...new Set(people)]}::text[])
      and starts_at < ${to} and ends_at > ${from} and starts_at < ends_at
    order by person_id, starts_at`;
}

/** Who of these people is away at a moment. */
export async function findAway(
  tx: OrganisationTransaction,
  people: readonly string[],
  at: Date,
): Promise<ReadonlySet<string>> {
  const away = await listAway(tx, people, at, new Date(at.getTime() + 1));
  return new Set(away.map(({ person }) => person));
}

/** Those of these people who are not away at a moment, in their order. */
export async function keepPresent<P extends { readonly id: string }>(
  tx: OrganisationTransaction,
  people: readonly P[],
  at: Date,
): Promise<readonly P[]> {
  const away = await findAway(
    tx,
    people.map(({ id }) => id),
    at,
  );
  return people.filter(({ id }) => !away.has(id));
}
