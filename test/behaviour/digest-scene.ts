import { textOf, type Hand } from '../helpers/screen.ts';
import type { World } from '../helpers/world.ts';

/** Time passes, what becomes due by then is made, and everything that follows has arrived. */
export async function pass(world: World, milliseconds: number): Promise<void> {
  world.clock.advance(milliseconds);
  await world.service.tick();
  await world.settled();
  await world.delivered();
}

/** The same up to a moment. */
export const passTo = (world: World, moment: string): Promise<void> =>
  pass(world, Date.parse(moment) - world.clock.now().getTime());

/**
 * The digests among somebody's own messages, as they stand now. On Slack a hand sees the channel too; on Teams home is a
 * message that says much the same.
 */
export function digestsOf(hand: Hand): readonly string[] {
  const shared = new Set(hand.channel().map(({ id }) => id));
  return hand
    .sees()
    .filter(({ id }) => !shared.has(id))
    .map(textOf)
    .filter((text) => !text.includes('[Log a contact]'))
    .filter((text) => /^(?:\d+ needs? you today|Nothing is (?:waiting on you|due today))/.test(text));
}

/** Local dates of the digests that were made for a person or a team; of one that was asked for, the moment. */
export async function datesOf(world: World, owner: string): Promise<readonly string[]> {
  const made = await world.store.inOrganisation('riverside', (tx) =>
    tx.db.post.findMany({ where: { key: { startsWith: `digest:${owner}:` } }, orderBy: { createdAt: 'asc' } }),
  );
  return made.map((post) => post.key.slice(`digest:${owner}:`.length));
}

/** Codes of the clients whose rows stand in a text, in their order. */
export const codesIn = (text: string | undefined): readonly string[] =>
  [...(text ?? '').matchAll(/^([0-9A-Z]{4}-[0-9A-Z]) ·/gm)].map((match) => match[1] ?? '');
