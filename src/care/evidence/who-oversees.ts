import type { Colleague } from '../../access/records.ts';
import type { Role } from '../../access/roles.ts';
import type { Work, Post } from '../../feature/feature.ts';

/**
 * Who is told: supervisors, those of the person's own team first; where there is none, directors; then administrators.
 * Never the person it is about; undefined = it is about nobody who works here.
 */
export function whoOversees(people: readonly Colleague[], person?: Pick<Colleague, 'id' | 'team'>): readonly string[] {
  const others = people.filter(({ id }) => id !== person?.id);
  const holding = (role: Role): readonly Colleague[] => others.filter(({ roles }) => roles.includes(role));
  const supervisors = holding('supervisor');
  const ladder = [
    supervisors.filter(({ team }) => team === person?.team),
    supervisors,
    holding('director'),
    holding('admin'),
  ];
  return (ladder.find((found) => found.length > 0) ?? []).map(({ id }) => id);
}

/** One card to each of them, once a subject. */
export async function tellOverseers(
  work: Work,
  overseers: readonly string[],
  card: Pick<Post, 'key' | 'kind' | 'subject'>,
): Promise<void> {
  for (const person of overseers) {
    await work.post({ ...card, key: `${card.key}:${person}`, to: { person }, priority: 'answer' });
  }
}
