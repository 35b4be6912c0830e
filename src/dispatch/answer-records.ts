import type { OrganisationTransaction } from '../store/transaction.ts';
import type { AnswerPart, Reply } from '../chat/reply.ts';

/** What is stored of answers on their way: confirmed in batches, beside the commands they answer. */

/** One inbound delivery. */
export interface AnswerRef {
  readonly workspace: string;
  readonly delivery: string;
}

export const answerPlace = (workspace: string, delivery: string): { table: string; column: string; row: string } => ({
  table: 'inbound_delivery',
  column: 'answer',
  row: `${workspace}/${delivery}`,
});

/** These answers have arrived; of those with `left` all but that part, which is still waited for. */
export async function confirmAnswers(
  tx: OrganisationTransaction,
  told: readonly (AnswerRef & { readonly left: AnswerPart | undefined })[],
): Promise<void> {
  await tx.db.$executeRaw`
    update inbound_delivery d
    set answer_left = told.unsaid, answer_due_at = case when told.unsaid is not null then d.answer_due_at end
    from unnest(${told.map(({ workspace }) => workspace)}::text[], ${told.map(({ delivery }) => delivery)}::text[],
                ${told.map(({ left }) => left ?? null)}::text[]) as told (workspace, delivery, unsaid)
    where d.organisation_id = ${tx.organisation} and d.workspace_id = told.workspace and d.delivery = told.delivery
      and d.answer_due_at is not null`;
}

/** An answer as it was kept, for the person it was made for. */
export interface KeptAnswer {
  readonly receivedAt: Date;
  readonly reply: Reply;
  readonly left: AnswerPart | undefined;
}

/** Undefined where it is not kept any more, was another person's, or this account of theirs may not be answered now. */
export async function findKeptAnswer(
  tx: OrganisationTransaction,
  { workspace, delivery }: AnswerRef,
  reader: { readonly person: string; readonly platform: string; readonly user: string },
): Promise<KeptAnswer | undefined> {
  const rows = await tx.db.$queryRaw<{ receivedAt: Date; answer: Uint8Array; left: AnswerPart | null }[]>`
    select d.received_at as "receivedAt", d.answer, d.answer_left as left
    from inbound_delivery d
    where d.organisation_id = ${tx.organisation} and d.workspace_id = ${workspace} and d.delivery = ${delivery}
      and d.person_id = ${reader.person} and d.answer is not null
      and exists (
        select 1 from identity i
        join workspace w on w.organisation_id = i.organisation_id and w.id = i.workspace_id
        where i.organisation_id = d.organisation_id and i.person_id = d.person_id and i.platform_user = ${reader.user}
          and w.platform = ${reader.platform} and i.active and (not i.guest or i.guest_until is not null))`;
  const row = rows[0];
  if (row === undefined) return undefined;
  // We wrote this JSON ourselves from a Reply, and it opens under its own key and place only.
  const reply = tx.openAs(answerPlace(workspace, delivery), row.answer, (text) => JSON.parse(text) as Reply);
  if (!reply.readable) return undefined;
  return { receivedAt: row.receivedAt, reply: reply.value, left: row.left ?? undefined };
}
