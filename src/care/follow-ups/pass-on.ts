import { recordEvents } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
import { giveFollowUps, moveFollowUpDays, type StandingFollowUp } from './pass-on-records.ts';

export { listStandings, type StandingFollowUp } from './pass-on-records.ts';

/** Somebody else answers for these for a time, or their owner does again; their days do not move. */
export async function passFollowUps(
  ask: Ask,
  list: readonly StandingFollowUp[],
  to: string,
  verb: 'follow-up.cover' | 'follow-up.return',
): Promise<void> {
  if (list.length === 0) return;
  await giveFollowUps(
    ask.tx,
    list.map(({ id }) => id),
    to,
  );
  await tell(ask, verb, list, (one) => ({ from: one.owner, to }), [to]);
}

/** Moves these to other days, whose owner stays: because they are away, or are back earlier. */
export async function moveFollowUps(
  ask: Ask,
  list: readonly (StandingFollowUp & { readonly to: string })[],
  reason: 'owner-away' | 'owner-back',
): Promise<void> {
  if (list.length === 0) return;
  await moveFollowUpDays(
    ask.tx,
    list.map(({ id, to }) => ({ id, dueOn: to })),
    reason,
  );
  await tell(ask, 'follow-up.move', list, (one) => ({ from: one.dueOn, to: one.to, reason }), []);
}

/** On record one by one; whatever shows what is due follows. */
async function tell<T extends StandingFollowUp>(
  ask: Ask,
  verb: string,
  list: readonly T[],
  detail: (one: T) => Readonly<Record<string, string>>,
  others: readonly string[],
): Promise<void> {
  await recordEvents(
    ask.tx,
    list.map((one) => ({
      actor: ask.actor.person,
      verb,
      subjectKind: 'follow-up',
      subjectId: one.id,
      detail: { client: one.code, ...detail(one) },
      at: ask.now,
    })),
  );
  for (const team of new Set(list.map((one) => one.team))) {
    const people = list.filter((one) => one.team === team).map(({ owner }) => owner);
    await ask.publish('due.changed', { team, people: [...new Set([...people, ...others])] });
  }
}
