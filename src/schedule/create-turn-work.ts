import { bySchedule } from '../doer.ts';
import type { CollectedFeatures } from '../feature/collect-features.ts';
import { createWork, type Outbox } from '../feature/create-work.ts';
import { createReading } from '../feature/create-reading.ts';
import type { Work } from '../feature/feature.ts';
import { findOwnerCalendar } from '../feature/owner-calendar.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { Schedule } from './records.ts';

/**
 * What a scheduled turn may know: its owner's calendar and nobody's rights. Undefined when the owner is gone.
 * The local date of the reading is the turn's own, which a late turn has left behind.
 */
export async function createTurnWork(
  tx: OrganisationTransaction,
  context: {
    readonly features: CollectedFeatures;
    readonly outbox: Outbox;
    readonly privacy: 'minimal' | 'full';
    readonly schedule: Schedule;
    readonly localDate: string;
    readonly now: Date;
  },
): Promise<Work | undefined> {
  const { schedule, now } = context;
  const owner = context.features.schedules.get(schedule.kind)?.of ?? 'team';
  const calendar = await findOwnerCalendar(tx, { kind: owner, id: schedule.owner });
  if (calendar === undefined) return undefined;
  const { privacy } = calendar;
  return createWork({
    features: context.features,
    tx,
    actor: {
      ...bySchedule(schedule.id),
      organisation: tx.organisation,
      roles: [],
      team: calendar.team,
      zone: schedule.rule.zone,
    },
    now,
    reading: createReading(calendar, context.localDate),
    privacy: context.privacy === 'full' ? privacy : { ...privacy, privacy: 'minimal' },
    // Nothing of a turn came from a platform or goes back to one; posts find their own way.
    platform: undefined,
    place: { id: '', kind: 'group' },
    audience: owner === 'team' ? 'place' : 'person',
    outbox: context.outbox,
  });
}
