import type { CollectedFeatures } from '../chat/collect-features.ts';
import { createAsk, type Outbox } from '../chat/create-ask.ts';
import { createReading } from '../chat/create-reading.ts';
import type { Ask } from '../chat/feature.ts';
import { findOwnerCalendar } from '../chat/records.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { Schedule } from './records.ts';
import { ownerKindOf } from './sync-schedules.ts';

/**
 * What a scheduled turn may know: its owner's calendar and nobody's rights. Undefined when the owner is gone.
 * The local date of the reading is the turn's own, which a late turn has left behind.
 */
export async function createTurnAsk(
  tx: OrganisationTransaction,
  context: {
    readonly features: CollectedFeatures;
    readonly outbox: Outbox;
    readonly privacy: 'minimal' | 'full';
    readonly schedule: Schedule;
    readonly localDate: string;
    readonly now: Date;
  },
): Promise<Ask | undefined> {
  const { schedule, now } = context;
  const owner = ownerKindOf(schedule.id);
  const calendar = await findOwnerCalendar(tx, { kind: owner, id: schedule.owner });
  if (calendar === undefined) return undefined;
  const { privacy } = calendar;
  return createAsk({
    features: context.features,
    tx,
    actor: {
      organisation: tx.organisation,
      person: '',
      name: 'Baton',
      roles: [],
      team: calendar.team,
      zone: schedule.rule.zone,
    },
    now,
    reading: createReading(calendar, context.localDate),
    privacy: context.privacy === 'full' ? privacy : { ...privacy, privacy: 'minimal' },
    // Nothing of a turn came from a platform or goes back to one; posts find their own way.
    platform: 'slack',
    place: { id: '', kind: 'group' },
    audience: owner === 'team' ? 'place' : 'person',
    outbox: context.outbox,
  });
}
