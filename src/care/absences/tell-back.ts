import { compareAttention } from '../../feature/attention-order.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { listHappenings } from './happening-records.ts';
import { describeItem, describeStay } from './cards.ts';
import { listItems, type Item } from './item-records.ts';
import type { Absence } from './records.ts';

/** How many codes one line names before it counts. */
const mostCodes = 6;

/** `K7T2-9, M4XR-1 and 3 more` */
function list(words: readonly string[]): string {
  const unique = [...new Set(words)];
  if (unique.length <= mostCodes) return unique.join(' · ');
  return `${unique.slice(0, mostCodes).join(' · ')} and ${unique.length - mostCodes} more`;
}

/** What happened while somebody was away, the things to know first on top: one line a kind of thing and colleague. */
export async function tellBack(work: Work, absence: Absence): Promise<readonly string[]> {
  const items = await listItems(work.tx, absence.id);
  const happened = await listHappenings(work.tx, absence, absence.endedAt ?? work.now);
  const again = items.filter(({ act, state }) => act === 'covered' && state === 'returned');
  const moved = items.filter(({ act, state }) => act === 'moved' && state === 'returned');
  const stays = items.filter(
    ({ act, state, reason }) =>
      act === 'covered' && state === 'stays' && reason !== 'done' && reason !== 'back-already',
  );
  return [
    ...(await listOpen(work, absence.person)),
    ...(again.length === 0 ? [] : [`Yours again: ${list(again.map(describeItem))}.`]),
    ...byCover(stays).map(([name, theirs]) => `Stays with ${name}: ${list(theirs.map(describeStaying))}.`),
    ...happened.map(({ who, what, codes }) => `${who} ${what}: ${list(codes)}.`),
    ...(moved.length === 0 ? [] : [`Waited for you: ${list(moved.map(({ code = '' }) => code))}.`]),
  ];
}

/** What is open now and concerns them comes before what was: an escalation from before they left among it. */
async function listOpen(work: Work, person: string): Promise<readonly string[]> {
  const { items: due } = await work.due({ people: [person], until: localDate(work.now, work.actor.zone) });
  return [...due]
    .sort(compareAttention)
    .flatMap(({ code, open }) => (open === undefined ? [] : [`Open now: ${code} · ${open}.`]));
}

const describeStaying = (item: Item): string => `${describeItem(item)} (${describeStay(item)})`;

function byCover(items: readonly Item[]): readonly (readonly [string, readonly Item[]])[] {
  const names = new Map<string, Item[]>();
  for (const item of items) {
    const name = item.coverName ?? 'a colleague';
    names.set(name, [...(names.get(name) ?? []), item]);
  }
  return [...names];
}
