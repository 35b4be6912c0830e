import { isUuid } from '../../ids.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { followUpStates, type FollowUpState } from './rules.ts';

/** How a follow-up of another noun stands: who has it now, and by when. */
export interface Task {
  readonly id: string;
  readonly owner: string;
  readonly ownerName: string;
  /** Local date. */
  readonly dueOn: string;
  readonly state: FollowUpState;
}

export async function insertTask(
  tx: OrganisationTransaction,
  given: {
    readonly kind: string;
    readonly task: string;
    readonly client: string;
    readonly owner: string;
    readonly dueOn: string;
    readonly zone: string;
  },
  now: Date,
): Promise<string> {
  const id = tx.ids.uuid();
  await tx.db.$executeRaw`
    insert into follow_up (organisation_id, id, client_id, owner_id, kind, task, due_on, zone, created_at)
    values (${tx.organisation}, ${id}::uuid, ${given.client}::uuid, ${given.owner}, ${given.kind}, ${given.task},
            ${given.dueOn}::date, ${given.zone}, ${now})`;
  return id;
}

/** Follow-ups by id, whatever became of them. */
export async function readTasks(
  tx: OrganisationTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Task>> {
  if (ids.length === 0 || !ids.every(isUuid)) return new Map();
  const rows = await tx.db.$queryRaw<(Omit<Task, 'state'> & { state: string })[]>`
    select f.id::text as id, f.owner_id as owner, p.name as "ownerName", f.due_on::text as "dueOn", f.state
    from follow_up f join person p on p.organisation_id = f.organisation_id and p.id = f.owner_id
    where f.organisation_id = ${tx.organisation} and f.id = any(${[...ids]}::uuid[])`;
  return new Map(
    rows.map((row) => [row.id, { ...row, state: followUpStates.find((state) => state === row.state) ?? 'cancelled' }]),
  );
}
