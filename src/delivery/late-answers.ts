import type { Platform } from '../platform.ts';
import { Counter, type Registry } from 'prom-client';
import { lateAnswerKind, lateAnswerSubject } from '../feature/late-answer-kind.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { Database, OrganisationTransaction } from '../store/transaction.ts';
import type { Claimed } from './claim.ts';
import { priorities } from './states.ts';

/** It is the person's own: it goes to their conversations with Baton, and to nobody in their stead. */
export const isLateAnswer = ({ kind }: Pick<Claimed, 'kind'>): boolean => kind === lateAnswerKind;

/** Handed over at once. */
const batch = 200;

interface Late {
  readonly organisation: string;
  readonly workspace: string;
  readonly delivery: string;
  readonly platform: Platform;
}

export interface LateAnswers {
  /** Hands over what no platform has confirmed by now, in all organisations. Any number of processes may. */
  readonly sweep: (signal?: AbortSignal) => Promise<void>;
  /** Counts how those that were handed over ended. */
  readonly onResult: (claimed: Pick<Claimed, 'kind' | 'platform'>, result: string) => void;
}

/** What the engine says of a delivery that is at rest. Waiting and trying again are no ends. */
const ends: Readonly<Record<string, string>> = {
  sent: 'sent',
  ended: 'cancelled',
  reroute: 'cancelled',
  park: 'parked',
};

/**
 * Answers that were not confirmed become messages of the delivery engine, which owns every try from then on. The row
 * itself is the fence: whoever takes its mark away, in the same transaction, writes the one message.
 */
export function createLateAnswers(ports: {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly registry: Registry;
  /** Writes what this process knows of, first. */
  readonly flush: () => Promise<void>;
}): LateAnswers {
  const { store, clock } = ports;
  const late = new Counter({
    name: 'baton_answers_sent_late_total',
    help: 'Answers no platform had confirmed within ten seconds, by how sending them later ended',
    labelNames: ['platform', 'result'],
    registers: [ports.registry],
  });
  return {
    async sweep(signal) {
      await ports.flush();
      const now = clock.now();
      for (let more = true; more && signal?.aborted !== true;) {
        const found = await store.asWorker((db) => findLate(db, now));
        for (const one of found) {
          const handed = await store.inOrganisation(one.organisation, (tx) => handOver(tx, one, now));
          if (handed === 'forgotten') late.inc({ platform: one.platform, result: 'forgotten' });
        }
        more = found.length === batch;
      }
    },
    onResult(claimed, result) {
      const end = ends[result];
      if (!isLateAnswer(claimed) || end === undefined) return;
      late.inc({ platform: claimed.platform ?? 'none', result: end });
    },
  };
}

function findLate(db: Database, now: Date): Promise<Late[]> {
  return db.$queryRaw<Late[]>`
    select d.organisation_id as organisation, d.workspace_id as workspace, d.delivery, w.platform
    from inbound_delivery d join workspace w on w.organisation_id = d.organisation_id and w.id = d.workspace_id
    where d.answer_due_at <= ${now}::timestamptz order by d.answer_due_at limit ${batch}::int`;
}

/** `forgotten`: the answer is not kept any more. `taken`: another process was first, or it was confirmed meanwhile. */
async function handOver(
  tx: OrganisationTransaction,
  { workspace, delivery, platform }: Late,
  now: Date,
): Promise<'handed' | 'forgotten' | 'taken'> {
  const rows = await tx.db.$queryRaw<{ person: string; kept: boolean; correlation: string | null }[]>`
    update inbound_delivery set answer_due_at = null
    where organisation_id = ${tx.organisation} and workspace_id = ${workspace} and delivery = ${delivery}
      and answer_due_at <= ${now}::timestamptz
    returning person_id as person, answer is not null as kept, correlation`;
  const row = rows[0];
  if (row === undefined) return 'taken';
  if (!row.kept) return 'forgotten';
  const subject = lateAnswerSubject(workspace, delivery);
  // Where they asked: the engine takes another of their conversations only when that one refuses.
  await tx.db.$executeRaw`
    with made as (
      insert into post (organisation_id, id, key, audience, destination, kind, subject, priority, at_once, created_at,
                        correlation)
      values (${tx.organisation}, ${tx.ids.uuid()}::uuid, ${`late-answer:${subject}`}, 'person', ${row.person},
              ${lateAnswerKind}, ${subject}, ${priorities.answer}::int, true, ${now}::timestamptz,
              ${row.correlation}::text)
      on conflict do nothing
      returning organisation_id, id, priority, created_at
    )
    insert into delivery (organisation_id, id, post_id, workspace_id, platform, line, priority, next_at, created_at)
    select m.organisation_id, ${tx.ids.uuid()}::uuid, m.id, ${workspace}, ${platform},
           ${`person:${row.person}/${subject}`}, m.priority, ${now}::timestamptz, m.created_at
    from made m`;
  return 'handed';
}
