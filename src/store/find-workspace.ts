import type { Database } from './transaction.ts';

/** Which organisation and workspace a platform tenant belongs to; found as the worker, before any organisation is known. */
export interface WorkspaceMatch {
  readonly organisation: string;
  readonly workspace: string;
}

export async function findWorkspace(
  db: Database,
  platform: 'slack' | 'teams',
  tenant: string,
): Promise<WorkspaceMatch | undefined> {
  const rows = await db.$queryRaw<{ organisation_id: string; id: string }[]>`
    select organisation_id, id from workspace where platform = ${platform} and external_id = ${tenant}`;
  const row = rows[0];
  return row === undefined ? undefined : { organisation: row.organisation_id, workspace: row.id };
}
