import { recordEvents } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { giveFollowUps, moveFollowUpDays, type StandingFollowUp } from './pass-on-records.ts';

export { listStandings, type StandingFollowUp } from './pass-on-records.ts';

/** Somebody else answers for these for a time, or their owner does again; their days do not move. */
export async function passFollowUps(
  work: Work,
  list: readonly StandingFollowUp[],
  to: string,
  verb: 'follow-up.cover' | 'follow-up.return',
): Promise<void> {
  if (list.length === 0) return;
  await giveFollowUps(
    work.tx,
    list.map(({ id }) => id),
    to,
  );
  await tell(work, verb, list, (one) => ({ from: one.owner, to }), [to]);
}

/** Moves these to other days, whose owner stays: because they are away, or are back earlier. */
export async function moveFollowUps(
  work: Work,
  list: readonly (StandingFollowUp & { readonly to: string })[],
  reason: 'owner-away' | 'owner-back',
): Promise<void> {
  if (list.length === 0) return;
  await moveFollowUpDays(
    work.tx,
    list.map(({ id, to }) => ({ id, dueOn: to })),
    reason,
  );
  await tell(work, 'follow-up.move', list, (one) => ({ from: one.dueOn, to: one.to, reason }), []);
}

/** On record one by one; whatever shows what is due follows. */
async function tell<T extends StandingFollowUp>(
  work: Work,
  verb: string,
  list: readonly T[],
  detail: (one: T) => Readonly<Record<string, string>>,
  others: readonly string[],
): Promise<void> {
  await recordEvents(
    work.tx,
    list.map((one) => ({
      actor: work.actor,
      verb,
      subjectKind: 'follow-up',
      subjectId: one.id,
      detail: { client: one.code, ...detail(one) },
      at: work.now,
    })),
  );
  for (const team of new Set(list.map((one) => one.team))) {
    const people = list.filter((one) => one.team === team).map(({ owner }) => owner);
    await work.publish('due.changed', { team, people: [...new Set([...people, ...others])] });
  }
}
