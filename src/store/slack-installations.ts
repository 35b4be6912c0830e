import type { Clock } from '../clock.ts';
import { findWorkspace } from './find-workspace.ts';
import type { Store } from './store.ts';

/** What an installation of the Slack app gave, as the Slack adapter hands it over. */
export interface StoredInstallation {
  readonly tenant: string;
  readonly botToken: string;
  readonly installedAt: Date;
}

const place = (workspace: string): { table: string; column: string; row: string } => ({
  table: 'workspace',
  column: 'credentials',
  row: workspace,
});

/**
 * Bot tokens of many workspaces, sealed. Only workspaces that the organisation file names can install: a token of an
 * unknown workspace is refused, so nobody outside joins by pressing a button.
 */
export function createSlackInstallations(
  store: Store,
  clock: Clock,
): {
  botToken(tenant: string): Promise<string | undefined>;
  save(installation: StoredInstallation): Promise<void>;
  remove(tenant: string, at: Date): Promise<void>;
} {
  const match = (tenant: string): ReturnType<typeof findWorkspace> =>
    store.asWorker((db) => findWorkspace(db, 'slack', tenant));
  return {
    async botToken(tenant) {
      const found = await match(tenant);
      if (found === undefined) return undefined;
      return store.inOrganisation(found.organisation, async (tx) => {
        const rows = await tx.db.$queryRaw<{ credentials: Uint8Array | null }[]>`
          select credentials from workspace
          where organisation_id = ${found.organisation} and id = ${found.workspace} and removed_at is null`;
        const sealed = rows[0]?.credentials ?? null;
        if (sealed === null) return undefined;
        const token = tx.open(place(found.workspace), sealed);
        // Damaged is as good as none: nothing goes out there until it is installed again, and elsewhere all does.
        return token.readable ? token.value : undefined;
      });
    },
    async save({ tenant, botToken }) {
      const found = await match(tenant);
      if (found === undefined)
        throw new Error('this workspace is not in the organisation file: add it, apply, install again');
      await store.inOrganisation(
        found.organisation,
        (tx) => tx.db.$executeRaw`
        update workspace set credentials = ${tx.seal(place(found.workspace), botToken)}, removed_at = null,
               installed_at = ${clock.now()}
        where organisation_id = ${found.organisation} and id = ${found.workspace}`,
      );
    },
    async remove(tenant, at) {
      const found = await match(tenant);
      if (found === undefined) return;
      await store.inOrganisation(
        found.organisation,
        (tx) => tx.db.$executeRaw`
        update workspace set credentials = null, removed_at = ${at}
        where organisation_id = ${found.organisation} and id = ${found.workspace}
          and (installed_at is null or installed_at <= ${at})`,
      );
    },
  };
}
