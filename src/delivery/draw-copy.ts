import type { OrganisationTransaction } from '../store/transaction.ts';
import type { CourtesyPort } from './be-courteous.ts';
import type { Claimed } from './claim.ts';
import { drawFor, hashCard, type Drawn } from './draw.ts';
import { goesWithoutContent, nudgeCard } from './nudge-card.ts';
import type { DrawCard, Reader } from './ports.ts';

/** What drawing a copy of a post depends on. */
export interface DrawPorts {
  readonly draw: DrawCard;
  readonly now: Date;
  readonly courtesy: CourtesyPort | undefined;
  /** What the button of a card without content does; undefined = there is no such card. */
  readonly openAction: string | undefined;
}

/**
 * A copy of a post for its reader: its own card, the list of all that go out as one message, or, where an escalation or
 * its stand-in may not be shown to this reader, a card that only says that there is something.
 */
export async function drawCopy(
  tx: OrganisationTransaction,
  claimed: Claimed,
  reader: Reader,
  ports: DrawPorts,
): Promise<Drawn> {
  const { draw, now, courtesy, openAction } = ports;
  const { kind, subject, bundle } = claimed;
  const what =
    bundle === null || courtesy === undefined ? { kind, subject } : { kind: courtesy.bundleKind, subject: bundle };
  const drawn = await drawFor(draw, tx, { ...what, reader, now });
  if (drawn.is === 'card' || reader.kind === 'place' || openAction === undefined) return drawn;
  if (!goesWithoutContent(claimed, drawn.reason)) return drawn;
  const card = nudgeCard(claimed.id, openAction);
  return { is: 'card', card, shown: hashCard(card) };
}
