import { foldName } from './clean-cell.ts';

export interface ImportCoordinator {
  /** The person's id in the organisation file. */
  readonly id: string;
  readonly name: string;
  readonly team: string;
}

export type CoordinatorMatch =
  { readonly id: string } | { readonly code: 'unknown-coordinator' | 'ambiguous-coordinator' };

/** Finds people by name: whole names only, whatever the case, accents and spaces; never by likeness. */
export function coordinatorFinder(coordinators: readonly ImportCoordinator[]): (name: string) => CoordinatorMatch {
  const byName = new Map<string, Set<string>>();
  for (const { id, name } of coordinators) {
    const key = foldName(name);
    byName.set(key, (byName.get(key) ?? new Set()).add(id));
  }
  return (name) => {
    const [id, ...others] = byName.get(foldName(name)) ?? [];
    if (id === undefined) return { code: 'unknown-coordinator' };
    return others.length > 0 ? { code: 'ambiguous-coordinator' } : { id };
  };
}
