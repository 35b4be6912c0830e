import type { OrganisationTransaction } from '../store/transaction.ts';

/** Taken at once: short enough that nobody waits for it. */
const batch = 500;

/** How far it got; undefined when nothing is left. */
export type Swept = Date | undefined;

/** The moment from which on answers may still be kept: they go in the order in which they came. */
export async function findFirstAnswer(tx: OrganisationTransaction, before: Date): Promise<Date> {
  const rows = await tx.db.$queryRaw<{ at: Date }[]>`
    select received_at as at from inbound_delivery
    where organisation_id = ${tx.organisation} and received_at < ${before}::timestamptz and answer is null
    order by received_at desc limit 1`;
  return rows[0]?.at ?? new Date(0);
}

/** Takes away the oldest answers, not the memory that the request came. */
export async function forgetAnswers(tx: OrganisationTransaction, from: Date, before: Date): Promise<Swept> {
  const rows = await tx.db.$queryRaw<{ at: Date }[]>`
    update inbound_delivery d set answer = null
    from (select workspace_id, delivery from inbound_delivery
          where organisation_id = ${tx.organisation} and received_at >= ${from}::timestamptz
            and received_at < ${before}::timestamptz and answer is not null
          order by received_at limit ${batch}::int) old
    where d.organisation_id = ${tx.organisation} and d.workspace_id = old.workspace_id and d.delivery = old.delivery
    returning d.received_at as at`;
  if (rows.length < batch) return undefined;
  return new Date(Math.max(...rows.map(({ at }) => at.getTime())));
}

/** True when there may be more. */
export async function forgetDeliveries(
  tx: OrganisationTransaction,
  { before, heardBefore }: { readonly before: Date; readonly heardBefore: Date },
): Promise<boolean> {
  const gone = await tx.db.$executeRaw`
    delete from inbound_delivery d
    using (select workspace_id, delivery from inbound_delivery
           where organisation_id = ${tx.organisation} and received_at < ${before}::timestamptz
             and heard_at < ${heardBefore}::timestamptz
           order by received_at limit ${batch}::int) old
    where d.organisation_id = ${tx.organisation} and d.workspace_id = old.workspace_id and d.delivery = old.delivery`;
  return gone === batch;
}

/** True when there may be more. */
export async function forgetForms(
  tx: OrganisationTransaction,
  { openedBefore, sentBefore }: { readonly openedBefore: Date; readonly sentBefore: Date },
): Promise<boolean> {
  const gone = await tx.db.$executeRaw`
    delete from form_session f
    using (select id from form_session
           where organisation_id = ${tx.organisation} and opened_at < ${sentBefore}::timestamptz
             and (submitted_at < ${sentBefore}::timestamptz or opened_at < ${openedBefore}::timestamptz)
           order by opened_at limit ${batch}::int) old
    where f.organisation_id = ${tx.organisation} and f.id = old.id`;
  return gone === batch;
}

/** Sets aside what is kept of chats with people whom nobody of the organisation is (any more), and takes back who is. */
export async function setStrangersAside(tx: OrganisationTransaction, now: Date): Promise<void> {
  await tx.db.$executeRaw`
    update conversation_reference r
    set aside_since = case when r.aside_since is null then ${now}::timestamptz end
    where r.organisation_id = ${tx.organisation}
      and (r.aside_since is null) = not exists (
        select 1 from identity i where i.organisation_id = r.organisation_id and i.workspace_id = r.workspace_id
          and i.platform_user = r.platform_user)`;
}

/** Takes away what was set aside before a moment, and the days on which strangers knocked before it. */
export async function forgetStrangers(tx: OrganisationTransaction, before: Date): Promise<void> {
  await tx.db.$executeRaw`
    delete from conversation_reference
    where organisation_id = ${tx.organisation} and aside_since < ${before}::timestamptz`;
  await tx.db.$executeRaw`
    delete from stranger_day
    where organisation_id = ${tx.organisation} and day < ${before.toISOString().slice(0, 10)}::date`;
}
