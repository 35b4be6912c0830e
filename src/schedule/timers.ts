import type { Database, OrganisationTransaction } from '../store/transaction.ts';

/** A moment that has come. */
export interface DueTimer {
  readonly organisation: string;
  readonly kind: string;
  readonly subject: string;
  readonly dueAt: Date;
}

/** Sets or moves a timer; without a moment it is taken away. Part of the caller's transaction. */
export async function setTimer(
  tx: OrganisationTransaction,
  kind: string,
  subject: string,
  at: Date | undefined,
): Promise<void> {
  if (at === undefined) {
    await tx.db.$executeRaw`
      delete from timer where organisation_id = ${tx.organisation} and kind = ${kind} and subject = ${subject}`;
    return;
  }
  await tx.db.$executeRaw`
    insert into timer (organisation_id, kind, subject, due_at)
    values (${tx.organisation}, ${kind}, ${subject}, ${at})
    on conflict (organisation_id, kind, subject) do update set due_at = excluded.due_at`;
}

/** Moments that have come, in all organisations, the longest waiting first; not those another replica works on. */
export async function findDueTimers(
  db: Database,
  now: Date,
  kinds: readonly string[],
  limit: number,
): Promise<readonly DueTimer[]> {
  return db.$queryRaw<DueTimer[]>`
    select organisation_id as organisation, kind, subject, due_at as "dueAt" from timer
    where due_at <= ${now} and kind = any(${[...kinds]}::text[])
    order by due_at, organisation_id, kind, subject limit ${limit} for update skip locked`;
}

/** Takes the timer away when it still stands as it was found: true for exactly one of all who try. */
export async function takeTimer(tx: OrganisationTransaction, timer: DueTimer): Promise<boolean> {
  const taken = await tx.db.$executeRaw`
    delete from timer
    where organisation_id = ${tx.organisation} and kind = ${timer.kind} and subject = ${timer.subject}
      and due_at = ${timer.dueAt}`;
  return taken === 1;
}
