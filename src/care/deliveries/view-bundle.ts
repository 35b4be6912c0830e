import { personOf, requirePerson } from '../../access/actor.ts';
import type { Card, Row } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findAnnounced, listBundle, type BundleLine } from './bundle-records.ts';

export const bundleCardKind = 'deliveries.bundle';
/** Opens what a line, or a card without content, is about; its subject is the id of a delivery. */
export const openAction = 'deliveries.open';

/** What came to this person as one message: a sentence each, and the way to all of it. */
export async function viewBundle(work: Work, carrier: string): Promise<Card> {
  const person = personOf(work.actor);
  const rows = person === undefined ? [] : await drawLines(work, await listBundle(work.tx, carrier, person));
  if (rows.length === 0) throw new Refusal('already-done', 'Nothing of this waits any more.');
  const summary = rows.length === 1 ? '1 thing came in for you.' : `${rows.length} things came in for you.`;
  return {
    kind: bundleCardKind,
    subject: carrier,
    summary,
    nodes: [
      { kind: 'text', text: [{ bold: summary }] },
      { kind: 'rows', rows },
    ],
  };
}

/** Those that have something to show to this reader. */
export async function drawLines(work: Work, lines: readonly BundleLine[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const line of lines) {
    const row = await drawLine(work, line);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

/** The sentence its card has for notifications: drawn for this reader, and gone when there is nothing to show them. */
async function drawLine(work: Work, { id, kind, subject }: BundleLine): Promise<Row | undefined> {
  try {
    const { summary } = await work.draw(kind, subject);
    return { id, text: summary, buttons: [{ action: openAction, label: 'Open', subject: id }] };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The card that a delivery announced to this person, as it is now. */
export async function openAnnounced(work: Work, delivery: string): Promise<Card> {
  const announced = await findAnnounced(work.tx, delivery, requirePerson(work.actor).person);
  if (announced === undefined) {
    throw new Refusal('not-allowed', 'That message was not for you, so nothing was opened.', { denial: true });
  }
  try {
    return await work.draw(announced.kind, announced.subject);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'not-allowed') throw error;
    throw new Refusal(
      'not-allowed',
      'You may not see this one yourself. Please have a supervisor or a director open Baton now.',
      { denial: true },
    );
  }
}
