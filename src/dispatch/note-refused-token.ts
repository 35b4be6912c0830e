import { byPlatform } from '../doer.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Clock } from '../clock.ts';
import { findWorkspace } from '../store/find-workspace.ts';
import type { Store } from '../store/store.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { LifecyclePorts } from './handle-lifecycle.ts';
import type { Inbound } from '../chat/inbound.ts';
import { noteWorkspace } from '../feature/tell-administrators.ts';

/** While a token stays refused, a process that begins anew says so again after this long, in milliseconds. */
const saidFor = 24 * 3_600_000;

/**
 * A platform refuses our token, or takes it again: on record. Administrators are told of the first only, once whatever
 * number of messages fail and of processes that notice.
 */
export function createTokenNotes(
  ports: { readonly store: Store; readonly clock: Pick<Clock, 'now'> } & Omit<LifecyclePorts, 'clock'>,
): (where: Pick<Inbound, 'platform' | 'tenant'>, is: 'refused' | 'accepted') => Promise<void> {
  const { store, clock } = ports;
  return async ({ platform, tenant }, is) => {
    const found = await store.asWorker((db) => findWorkspace(db, platform, tenant));
    if (found === undefined) return;
    const { organisation, workspace } = found;
    await store.inOrganisation(organisation, async (tx) => {
      const now = clock.now();
      // Whoever was taken out of a workspace heard of that already.
      if (!(await lockInstalled(tx, workspace))) return;
      const refused = await isOnRecord(tx, workspace, new Date(now.getTime() - saidFor));
      if (is === 'accepted') {
        const accepted = { actor: byPlatform(platform), verb: 'workspace.token-accepted', subjectKind: 'workspace' };
        if (refused) await recordEvent(tx, { ...accepted, subjectId: workspace, at: now });
        return;
      }
      if (!refused)
        await noteWorkspace(tx, ports, { workspace, verb: 'workspace.token-refused', by: byPlatform(platform), now });
    });
  };
}

async function lockInstalled(tx: OrganisationTransaction, workspace: string): Promise<boolean> {
  const rows = await tx.db.$queryRaw<unknown[]>`
    select 1 from workspace
    where organisation_id = ${tx.organisation} and id = ${workspace} and removed_at is null for update`;
  return rows.length > 0;
}

/** True while the last that was heard of the workspace's token is that it was refused. */
async function isOnRecord(tx: OrganisationTransaction, workspace: string, after: Date): Promise<boolean> {
  const rows = await tx.db.$queryRaw<{ verb: string }[]>`
    select verb from audit_event
    where organisation_id = ${tx.organisation} and subject_kind = 'workspace' and subject_id = ${workspace}
      and at > ${after}::timestamptz and verb in ('workspace.token-refused', 'workspace.token-accepted',
                                                  'workspace.token-replaced', 'workspace.installed')
    order by at desc, sequence desc limit 1`;
  return rows[0]?.verb === 'workspace.token-refused';
}
