import { findOrganisationPrivacy } from '../access/records.ts';
import type { CollectedFeatures } from './collect-features.ts';
import { createWork, type Outbox } from './create-work.ts';
import { createReading } from './create-reading.ts';
import type { Work } from './feature.ts';
import { localDate } from '../calendar/zones.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';

/** What the product does by itself is on record under this name. */
export const systemActor = 'baton';

/**
 * What a use case may know when nobody asked: no rights, no place, the organisation's privacy. Who is concerned, and
 * their calendar, follow from the subject.
 */
export async function createSystemWork(
  tx: OrganisationTransaction,
  context: {
    readonly features: CollectedFeatures;
    readonly outbox: Outbox;
    /** The installation's own privacy mode. */
    readonly privacy: 'minimal' | 'full';
    readonly now: Date;
  },
): Promise<Work> {
  const { features, outbox, now } = context;
  const privacy = await findOrganisationPrivacy(tx);
  const everyDay = {
    dateOrder: undefined,
    workingDays: new Set<string>(),
    closures: new Set<string>(),
  };
  return createWork({
    features,
    tx,
    actor: { organisation: tx.organisation, person: systemActor, name: 'Baton', roles: [], team: '', zone: 'UTC' },
    now,
    reading: createReading(everyDay, localDate(now, 'UTC')),
    privacy: context.privacy === 'minimal' ? { ...privacy, privacy: 'minimal' } : privacy,
    // Nothing of it came from a platform or goes back to one; posts find their own way.
    platform: 'slack',
    place: { id: '', kind: 'group' },
    outbox,
  });
}
