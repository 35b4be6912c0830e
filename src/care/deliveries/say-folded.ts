import { requirePerson } from '../../access/actor.ts';
import type { Card, Node, Row } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { atLocalTime, localDate } from '../../calendar/zones.ts';
import { Refusal } from '../../chat/refusal.ts';
import { listFolded, waitsForDigest } from './folded-records.ts';
import { drawLines } from './view-bundle.ts';

export const foldedAction = 'deliveries.folded';

/** True when a digest has something to say to this person even where nothing is due. */
export const hasFolded = (work: Work, person: string): Promise<boolean> => waitsForDigest(work.tx, person);

/** What the reader was not pushed any more, and their digest of today speaks of instead. */
async function drawFolded(work: Work): Promise<readonly Row[]> {
  const { person, zone } = requirePerson(work.actor);
  const today = atLocalTime(localDate(work.now, zone), '00:00', zone);
  return drawLines(work, await listFolded(work.tx, person, today));
}

/** One line of a person's own digest: `Since your last digest: 3 more`, and the way to them. */
export async function sayFolded(work: Work): Promise<readonly Node[]> {
  if (work.audience !== 'person') return [];
  const count = (await drawFolded(work)).length;
  if (count === 0) return [];
  return [
    { kind: 'text', text: [{ subtle: `Since your last digest: ${count} more.` }] },
    { kind: 'buttons', buttons: [{ action: foldedAction, label: count === 1 ? 'Show it' : `Show ${count}` }] },
  ];
}

/** All of them, a sentence each, as they are now. */
export async function viewFolded(work: Work): Promise<Card> {
  const rows = await drawFolded(work);
  if (rows.length === 0) throw new Refusal('already-done', 'Nothing of this waits any more.');
  const summary = `Since your last digest: ${rows.length} more.`;
  return {
    kind: 'deliveries.folded',
    summary,
    nodes: [
      { kind: 'text', text: [{ bold: summary }] },
      { kind: 'rows', rows },
    ],
  };
}
