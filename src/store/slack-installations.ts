import { byAccount, type Account } from '../doer.ts';
import type { Clock } from '../clock.ts';
import { findWorkspace } from './find-workspace.ts';
import type { Store } from './store.ts';
import type { OrganisationTransaction } from './transaction.ts';

/** What an installation of the Slack app gave, as the Slack adapter hands it over. */
export interface StoredInstallation {
  readonly tenant: string;
  readonly botToken: string;
  readonly installedAt: Date;
  readonly installedBy: string;
  /** What is kept of the way to Slack and back: it counts once. */
  readonly state: string;
}

/** No organisation names the workspace: it is to be in the file, and the file applied, before it can install. */
export class UnknownWorkspace extends Error {
  override readonly name = 'UnknownWorkspace';
  readonly code = 'unknown_workspace';
  readonly tenant: string;
  constructor(tenant: string) {
    super('this workspace is not in the organisation file: add it, apply, install again');
    this.tenant = tenant;
  }
}

/** What became of a workspace's token, told in the transaction that changed it. */
export type NoteToken = (
  tx: OrganisationTransaction,
  change: {
    readonly workspace: string;
    readonly verb: 'workspace.installed' | 'workspace.token-replaced';
    /** Who installed it, as the platform names them. */
    readonly by: Account;
    readonly now: Date;
  },
) => Promise<void>;

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
  note: NoteToken = () => Promise.resolve(),
): {
  botToken(tenant: string): Promise<string | undefined>;
  save(installation: StoredInstallation): Promise<void>;
  remove(tenant: string, at: Date): Promise<void>;
} {
  const match = (tenant: string): ReturnType<typeof findWorkspace> =>
    store.asWorker((db) => findWorkspace(db, 'slack', tenant), 'urgent');
  return {
    async botToken(tenant) {
      const found = await match(tenant);
      if (found === undefined) return undefined;
      const read = async (tx: OrganisationTransaction): Promise<string | undefined> => {
        const rows = await tx.db.$queryRaw<{ credentials: Uint8Array | null }[]>`
          select credentials from workspace
          where organisation_id = ${found.organisation} and id = ${found.workspace} and removed_at is null`;
        const sealed = rows[0]?.credentials ?? null;
        if (sealed === null) return undefined;
        const token = tx.open(place(found.workspace), sealed);
        // Damaged is as good as none: nothing goes out there until it is installed again, and elsewhere all does.
        return token.readable ? token.value : undefined;
      };
      // Short, and whatever is said waits for it: of an escalation too.
      return store.inOrganisation(found.organisation, read, 'urgent');
    },
    async save({ tenant, botToken, installedBy, state }) {
      const found = await match(tenant);
      if (found === undefined) throw new UnknownWorkspace(tenant);
      const { organisation, workspace } = found;
      await store.inOrganisation(organisation, async (tx) => {
        const now = clock.now();
        const first = await tx.db.$executeRaw`
          insert into inbound_delivery (organisation_id, workspace_id, delivery, received_at, heard_at, counted)
          values (${organisation}, ${workspace}, ${`install-state:${state}`}, ${now}, ${clock.wallNow()}, false)
          on conflict do nothing`;
        if (first === 0) throw new Error('this installation was finished before: start it again');
        const rows = await tx.db.$queryRaw<{ had: boolean }[]>`
          select credentials is not null and removed_at is null as had from workspace
          where organisation_id = ${organisation} and id = ${workspace} for update`;
        await tx.db.$executeRaw`
          update workspace set credentials = ${tx.seal(place(workspace), botToken)}, removed_at = null,
                 installed_at = ${now}
          where organisation_id = ${organisation} and id = ${workspace}`;
        const verb = rows[0]?.had === true ? 'workspace.token-replaced' : 'workspace.installed';
        await note(tx, { workspace, verb, by: byAccount('slack', installedBy), now });
      });
    },
    // That it was removed is noted by the dispatcher, on record, in the transaction in which it is told.
    async remove(tenant, at) {
      const found = await match(tenant);
      if (found === undefined) return;
      await store.inOrganisation(
        found.organisation,
        (tx) => tx.db.$executeRaw`
        update workspace set credentials = null
        where organisation_id = ${found.organisation} and id = ${found.workspace}
          and (installed_at is null or installed_at <= ${at})`,
      );
    },
  };
}
