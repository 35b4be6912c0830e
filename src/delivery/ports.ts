import type { Card } from '../chat/card.ts';
import type { Sender } from '../feature/sender.ts';
import { platforms, type Platform } from '../platform.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';

/** Who will read what is drawn: its rights and its privacy follow from this. */
export type Reader =
  | {
      readonly kind: 'person';
      readonly person: string;
      readonly workspace: string;
      readonly platformUser: string;
      readonly platform: Platform;
    }
  | { readonly kind: 'place'; readonly team: string; readonly platform: Platform; readonly place: string };

/**
 * Draws a card from the database as its reader may see it. Throws Refusal when there is nothing to show any more:
 * the subject is gone, or not for this reader.
 */
export type DrawCard = (
  tx: OrganisationTransaction,
  kind: string,
  subject: string,
  reader: Reader,
  now: Date,
) => Promise<Card>;

/** The platforms that are configured. */
export type Senders = Readonly<Partial<Record<Platform, Sender>>>;

/** The same platforms with what `change` makes of each sender. */
export const eachSender = (senders: Senders, change: (platform: Platform, sender: Sender) => Sender): Senders =>
  Object.fromEntries(
    platforms.flatMap((platform) => {
      const sender = senders[platform];
      return sender === undefined ? [] : [[platform, change(platform, sender)]];
    }),
  );

/** The card that tells a supervisor what is parked; plugged in, because delivery knows no feature. */
export interface ParkedCard {
  readonly kind: string;
  readonly subject: string;
}
