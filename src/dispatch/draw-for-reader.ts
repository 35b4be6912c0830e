import { bySystem } from '../doer.ts';
import { findUser, type OrganisationPrivacy } from '../access/records.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { Card } from '../chat/card.ts';
import type { CollectedFeatures } from '../feature/collect-features.ts';
import { createWork, type Outbox } from '../feature/create-work.ts';
import { createReading } from '../feature/create-reading.ts';
import type { Work } from '../feature/feature.ts';
import { localDate } from '../calendar/zones.ts';
import { findOwnerCalendar } from '../feature/owner-calendar.ts';
import { Refusal } from '../chat/refusal.ts';
import type { Platform } from '../platform.ts';

/** Who will read a card that nobody asked for at this moment. */
export type CardReader =
  | { readonly kind: 'person'; readonly workspace: string; readonly platformUser: string; readonly platform: Platform }
  | { readonly kind: 'place'; readonly team: string; readonly place: string; readonly platform: Platform };

/** Drawing tells nobody: a card that did would tell again at every change of its subject. */
const mute: Outbox = {
  post: () => Promise.reject(new Error('a card posts nothing while it is drawn')),
  refresh: () => Promise.reject(new Error('a card refreshes nothing while it is drawn')),
  wake: () => Promise.reject(new Error('a card sets no timer while it is drawn')),
};

/**
 * Draws registered cards for whoever will read them: a person with their rights and privacy as the database knows
 * them now, or a place with nobody's rights. Throws Refusal when there is nothing to show to that reader.
 */
export function createDrawer(ports: {
  readonly features: CollectedFeatures;
  /** The installation's own privacy mode: the stricter of it and the organisation's wins. */
  readonly privacy: 'minimal' | 'full';
}): (tx: OrganisationTransaction, kind: string, subject: string, reader: CardReader, now: Date) => Promise<Card> {
  const { features } = ports;
  const limit = (own: OrganisationPrivacy): OrganisationPrivacy =>
    ports.privacy === 'minimal' ? { ...own, privacy: 'minimal' } : own;

  return async (tx, kind, subject, reader, now) => {
    const seen = reader.kind === 'person' ? await personReads(tx, reader, now) : await placeReads(tx, reader, now);
    const work = createWork({ features, tx, now, outbox: mute, ...seen, privacy: limit(seen.privacy) });
    return work.draw(kind, subject);
  };
}

type Seen = Pick<Work, 'actor' | 'reading' | 'privacy' | 'platform' | 'place' | 'audience'>;

async function personReads(
  tx: OrganisationTransaction,
  reader: Extract<CardReader, { kind: 'person' }>,
  now: Date,
): Promise<Seen> {
  const user = await findUser(tx, reader.workspace, reader.platformUser);
  if (user === undefined || !user.active) throw new Refusal('leaver', 'This person no longer works here.');
  return {
    actor: user.actor,
    reading: createReading(user, localDate(now, user.actor.zone)),
    privacy: user.privacy,
    platform: reader.platform,
    place: { id: reader.platformUser, kind: 'direct' },
    audience: 'person',
  };
}

async function placeReads(
  tx: OrganisationTransaction,
  reader: Extract<CardReader, { kind: 'place' }>,
  now: Date,
): Promise<Seen> {
  const team = await findOwnerCalendar(tx, { kind: 'team', id: reader.team });
  if (team === undefined) throw new Refusal('stranger', 'This team is not known here.');
  const { zone, privacy, ...calendar } = team;
  return {
    // Nobody in particular reads: Baton draws it, with nobody's rights.
    actor: { ...bySystem, organisation: tx.organisation, roles: [], team: reader.team, zone },
    reading: createReading(calendar, localDate(now, zone)),
    privacy: { ...privacy, label: 'nothing', namesInForms: false },
    platform: reader.platform,
    place: { id: reader.place, kind: 'channel' },
    audience: 'place',
  };
}
