import type { Doer } from '../doer.ts';
import { recordEvents } from '../audit/record-event.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { OrganisationFile } from './organisation-file.ts';
import { readParts, type OrganisationChange, type Row } from './organisation-parts.ts';

export type { OrganisationChange } from './organisation-parts.ts';

/**
 * Makes the organisation what the file says, in the caller's transaction. People and teams that the file no longer
 * names stay (a person leaves by `active: false`, so that nobody's clients are orphaned by a deleted line); places
 * and identities that it no longer names are removed.
 */
export async function applyOrganisation(
  tx: OrganisationTransaction,
  file: OrganisationFile,
  context: { actor: Doer; now: Date },
): Promise<readonly OrganisationChange[]> {
  const changes: OrganisationChange[] = [];
  for (const part of await readParts(tx, file, context.now)) {
    for (const [id, row] of part.wanted) {
      const before = part.present.get(id);
      if (before !== undefined && canonical(before) === canonical(row)) continue;
      await part.write(row);
      changes.push({ kind: part.kind, id, what: before === undefined ? 'created' : 'updated' });
    }
    if (part.remove === undefined) continue;
    for (const [id, row] of part.present) {
      if (part.wanted.has(id)) continue;
      await part.remove(row);
      changes.push({ kind: part.kind, id, what: 'removed' });
    }
  }
  await recordEvents(
    tx,
    changes.map((change) => ({
      actor: context.actor,
      verb: `organisation.${change.what}`,
      subjectKind: change.kind,
      subjectId: change.id,
      at: context.now,
    })),
  );
  return changes;
}

const canonical = (row: Row): string =>
  JSON.stringify(
    Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)),
    (_key, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
  );
