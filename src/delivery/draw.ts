import { createHash } from 'node:crypto';
import type { Card } from '../chat/card.ts';
import { Refusal } from '../chat/refusal.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { DrawCard, Reader } from './ports.ts';

export type Drawn =
  | { readonly is: 'card'; readonly card: Card; readonly shown: Uint8Array<ArrayBuffer> }
  /** There is nothing to tell any more; `reason` is the refusal's code. */
  | { readonly is: 'nothing'; readonly reason: string };

/** A card and the hash by which an unchanged one is recognised. Everything but a Refusal is a mistake and thrown. */
export async function drawFor(
  draw: DrawCard,
  tx: OrganisationTransaction,
  wanted: { readonly kind: string; readonly subject: string; readonly reader: Reader; readonly now: Date },
): Promise<Drawn> {
  try {
    const card = await draw(tx, wanted.kind, wanted.subject, wanted.reader, wanted.now);
    return { is: 'card', card, shown: hashCard(card) };
  } catch (error) {
    if (error instanceof Refusal) return { is: 'nothing', reason: error.code };
    throw error;
  }
}

export function hashCard(card: Card): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(JSON.stringify(card)).digest());
}
