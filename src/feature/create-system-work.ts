import { bySystem, type Doer } from '../doer.ts';
import { findOrganisationPrivacy } from '../access/records.ts';
import type { CollectedFeatures } from './collect-features.ts';
import { createWork, type Outbox } from './create-work.ts';
import { createReading } from './create-reading.ts';
import type { Work } from './feature.ts';
import { localDate } from '../calendar/zones.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';

/**
 * What a use case may know when no person asked: no rights, no platform, no place, the organisation's privacy. Who is
 * concerned, and their calendar, follow from the subject.
 */
export async function createSystemWork(
  tx: OrganisationTransaction,
  context: {
    readonly features: CollectedFeatures;
    readonly outbox: Outbox;
    /** The installation's own privacy mode. */
    readonly privacy: 'minimal' | 'full';
    readonly now: Date;
    /** Default: Baton, by itself. */
    readonly by?: Exclude<Doer, { kind: 'person' }>;
  },
): Promise<Work> {
  const { features, outbox, now, by = bySystem } = context;
  const privacy = await findOrganisationPrivacy(tx);
  const everyDay = {
    dateOrder: undefined,
    workingDays: new Set<string>(),
    closures: new Set<string>(),
  };
  return createWork({
    features,
    tx,
    actor: { ...by, organisation: tx.organisation, roles: [], team: '', zone: 'UTC' },
    now,
    reading: createReading(everyDay, localDate(now, 'UTC')),
    privacy: context.privacy === 'minimal' ? { ...privacy, privacy: 'minimal' } : privacy,
    // Nothing of it came from a platform or goes back to one; posts find their own way.
    platform: undefined,
    place: { id: '', kind: 'group' },
    outbox,
  });
}
