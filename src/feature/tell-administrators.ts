import type { Recorded } from '../doer.ts';
import { listColleagues } from '../access/records.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import { createSystemWork } from './create-system-work.ts';

/** The card that tells an administrator of it; care/evidence draws it. */
export const workspaceCardKind = 'evidence.workspace';

export type WorkspaceVerb =
  'workspace.installed' | 'workspace.token-replaced' | 'workspace.token-refused' | 'workspace.removed';

/** Where Baton may write, and with whose token, changed: on record, and told to everybody who administers it. */
export async function noteWorkspace(
  tx: OrganisationTransaction,
  ports: Omit<Parameters<typeof createSystemWork>[1], 'now'>,
  change: { readonly workspace: string; readonly verb: WorkspaceVerb; readonly by: Recorded; readonly now: Date },
): Promise<void> {
  const { workspace, verb, by, now } = change;
  await recordEvent(tx, { actor: by, verb, subjectKind: 'workspace', subjectId: workspace, at: now });
  const work = await createSystemWork(tx, { ...ports, now });
  const subject = `${verb}/${now.toISOString()}/${workspace}`;
  for (const { id: person, roles } of await listColleagues(tx)) {
    if (!roles.includes('admin')) continue;
    const key = `workspace:${subject}:${person}`;
    await work.post({ key, to: { person }, kind: workspaceCardKind, subject, priority: 'answer' });
  }
}
