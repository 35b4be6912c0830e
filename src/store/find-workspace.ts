import type { Platform } from '../platform.ts';
import type { Store } from './store.ts';
import type { Database } from './transaction.ts';

/** Which organisation and workspace a platform tenant belongs to; found as the worker, before any organisation is known. */
export interface WorkspaceMatch {
  readonly organisation: string;
  readonly workspace: string;
}

export async function findWorkspace(
  db: Database,
  platform: Platform,
  tenant: string,
): Promise<WorkspaceMatch | undefined> {
  const rows = await db.$queryRaw<{ organisation_id: string; id: string }[]>`
    select organisation_id, id from workspace where platform = ${platform} and external_id = ${tenant}`;
  const row = rows[0];
  return row === undefined ? undefined : { organisation: row.organisation_id, workspace: row.id };
}

/** A way that was found before: whoever takes it makes sure, inside the organisation, that it still leads there. */
export interface Way extends WorkspaceMatch {
  readonly remembered: boolean;
}

/**
 * Finds workspaces and remembers those it found, as many as there are in the database: the way of a tenant hardly ever
 * changes, and asking for it is a transaction before every command.
 */
export function createWays(store: Pick<Store, 'asWorker'>): {
  /** `anew` asks the database whatever is remembered. */
  find(platform: Platform, tenant: string, anew: boolean): Promise<Way | undefined>;
} {
  const known = new Map<string, WorkspaceMatch>();
  return {
    async find(platform, tenant, anew) {
      const key = `${platform} ${tenant}`;
      const before = anew ? undefined : known.get(key);
      if (before !== undefined) return { ...before, remembered: true };
      // Short, and everything else waits for it: an escalation too.
      const match = await store.asWorker((db) => findWorkspace(db, platform, tenant), 'urgent');
      if (match === undefined) known.delete(key);
      else known.set(key, match);
      return match === undefined ? undefined : { ...match, remembered: false };
    },
  };
}
