import type { Work } from '../../feature/feature.ts';
import { currentOf } from './find-huddle.ts';
import type { Huddle } from './records.ts';
import { secondsBetween, type ItemState } from './rules.ts';
import { updateHuddle, updateItem, type HuddleChange } from './write-records.ts';

/**
 * Counts the time since the last act for what is spoken about, says how it stands, and goes on from this moment. The
 * clock counts between acts; what comes after the last one is nobody's.
 */
export async function countTime(
  work: Work,
  huddle: Huddle,
  more: { readonly state?: ItemState } & Pick<HuddleChange, 'position' | 'moves'> = {},
): Promise<void> {
  const { state, ...change } = more;
  const current = currentOf(huddle);
  if (current !== undefined) {
    const addSeconds = huddle.itemSince === undefined ? 0 : secondsBetween(huddle.itemSince, work.now);
    await updateItem(work.tx, current.id, { addSeconds, ...(state === undefined ? {} : { state }), at: work.now });
  }
  await updateHuddle(work.tx, huddle.id, { ...change, itemSince: work.now });
}
