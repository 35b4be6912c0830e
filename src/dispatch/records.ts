import type { Platform } from '../platform.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import { answerPlace } from './answer-records.ts';
import type { Reply } from '../chat/reply.ts';

/** What the dispatcher itself stores: deliveries with their first answers, and which posted card was acted on. */

export interface Claim {
  readonly workspace: string;
  readonly delivery: string;
  /** The platform's user; undefined where nobody acted. */
  readonly user: string | undefined;
  /** As one of the commands they may type at a stroke: it counts; it was too much and is refused; it has no part in it. */
  readonly act: 'counted' | 'held-up' | 'free';
  readonly now: Date;
  readonly wallNow: Date;
  /** When the platform should have taken the answer, where there will be one; it counts only for a known person. */
  readonly answerBy?: Date;
}

/** What is known of a delivery that came before. */
export interface Repeated {
  readonly is: 'repeated';
  /** Who acted then; undefined where that was nobody Baton knew. The answer is theirs alone. */
  readonly person: string | undefined;
  /** True when it was done, not refused. */
  readonly done: boolean;
  /** The answer it got; undefined when it is not kept any more. Opened only when asked for. */
  answer(): Reply | undefined;
}

/**
 * Claims a delivery for this transaction. A repetition waits here until the first one committed; it never runs twice.
 *
 * Commands that count come one after the other, each person's by themselves: whoever counts them in a later statement of
 * this transaction sees all of them. The lock is taken before any row is, so that nobody waits for anybody in a circle.
 */
export async function claimDelivery(
  tx: OrganisationTransaction,
  { workspace, delivery, user, act, now, wallNow, answerBy }: Claim,
): Promise<{ is: 'first' } | Repeated> {
  const claimed = await tx.db.$executeRaw`
    with who as (
      select i.person_id, turn.held
      from identity i
      left join lateral (
        select pg_advisory_xact_lock(hashtextextended('acts/' || i.organisation_id || '/' || i.person_id, 0)) as held
        where ${act !== 'free'}::boolean
      ) turn on true
      where i.organisation_id = ${tx.organisation} and i.workspace_id = ${workspace}
        and i.platform_user = ${user ?? null}::text
    )
    insert into inbound_delivery (organisation_id, workspace_id, delivery, received_at, heard_at, person_id, counted,
                                  answer_due_at)
    values (${tx.organisation}, ${workspace}, ${delivery}, ${now}, ${wallNow}, (select person_id from who),
            ${act === 'counted'}::boolean,
            case when exists (select from who) then ${answerBy ?? null}::timestamptz end)
    on conflict do nothing`;
  if (claimed === 1) return { is: 'first' };
  const rows = await tx.db.$queryRaw<{ person: string | null; kind: string | null; answer: Uint8Array | null }[]>`
    select person_id as person, kind, answer from inbound_delivery
    where organisation_id = ${tx.organisation} and workspace_id = ${workspace} and delivery = ${delivery}`;
  const row = rows[0];
  const sealed = row?.answer ?? null;
  return {
    is: 'repeated',
    person: row?.person ?? undefined,
    done: row !== undefined && row.kind !== null && row.kind !== heldUpKind,
    answer() {
      if (sealed === null) return undefined;
      // We wrote this JSON ourselves from a Reply, and it opens under its own key and place only.
      const answer = tx.openAs(answerPlace(workspace, delivery), sealed, (text) => JSON.parse(text) as Reply);
      return answer.readable ? answer.value : undefined;
    },
  };
}

/**
 * Keeps the first answer, sealed, for repetitions of the same delivery, and what was done with it. `answerBy`: when the
 * platform should have taken it. As long as that stays what the claim said, no index is touched.
 */
export function keepAnswer(
  tx: OrganisationTransaction,
  { workspace, delivery }: { readonly workspace: string; readonly delivery: string },
  answer: Reply,
  { kind, answerBy }: { readonly kind?: string | undefined; readonly answerBy: Date | undefined },
): void {
  const sealed = tx.seal(answerPlace(workspace, delivery), JSON.stringify(answer));
  void tx.db.$writeRaw`
    update inbound_delivery
    set answer = ${sealed}, kind = ${kind ?? null}::text,
        answer_due_at = case when person_id is not null then ${answerBy ?? null}::timestamptz end
    where organisation_id = ${tx.organisation} and workspace_id = ${workspace} and delivery = ${delivery}`;
}

export const heldUpKind = 'too-fast';

/** True when something else of the same person was held up within the window around this delivery. */
export async function wasHeldUp(
  tx: OrganisationTransaction,
  { workspace, delivery }: Pick<Claim, 'workspace' | 'delivery'>,
  window: { readonly after: Date; readonly upTo: Date },
): Promise<boolean> {
  const rows = await tx.db.$queryRaw<unknown[]>`
    select 1 as found
    from inbound_delivery mine
    join inbound_delivery d on d.organisation_id = mine.organisation_id and d.person_id = mine.person_id
      and not d.counted and d.kind = ${heldUpKind} and d.received_at > ${window.after}::timestamptz
      and d.received_at <= ${window.upTo}::timestamptz
      and (d.workspace_id, d.delivery) <> (mine.workspace_id, mine.delivery)
    where mine.organisation_id = ${tx.organisation} and mine.workspace_id = ${workspace} and mine.delivery = ${delivery}
    limit 1`;
  return rows.length > 0;
}

/** The card that stands as a message of ours in a place, and what it shows; undefined for every other message. */
export async function findPostedCard(
  tx: OrganisationTransaction,
  at: { platform: Platform; place: string; message: string },
): Promise<{ readonly kind: string; readonly subject: string } | undefined> {
  const rows = await tx.db.$queryRaw<{ kind: string; subject: string }[]>`
    select p.kind, p.subject
    from delivery d join post p on p.organisation_id = d.organisation_id and p.id = d.post_id
    where d.organisation_id = ${tx.organisation} and d.message_id = ${at.message} and d.platform = ${at.platform}
      and d.place = ${at.place} limit 1`;
  return rows[0];
}

/** A button of this message was pressed: the first time counts. Not waited for. */
export function noteActed(
  tx: OrganisationTransaction,
  at: { readonly platform: Platform; readonly place: string; readonly message: string; readonly now: Date },
): void {
  void tx.db.$writeRaw`
    update delivery set acted_at = ${at.now}::timestamptz
    where organisation_id = ${tx.organisation} and message_id = ${at.message} and platform = ${at.platform}
      and place = ${at.place} and acted_at is null`;
}
