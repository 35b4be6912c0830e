import { textOf, type Hand, type Screen } from '../helpers/screen.ts';
import { handOf, type World } from '../helpers/world.ts';

/** Facts stand on one line or on two, with a colon or without, as the platform likes. */
export const flat = (text: string): string => text.replaceAll('\n', ' ').replaceAll(': ', ' ');

export interface Copy {
  readonly text: string;
  readonly buttons: readonly string[];
}

/** The one live copy of a client's referral among a person's own messages, once everything on its way has arrived. */
export async function copyOf(world: World, hand: Hand, code: string): Promise<Copy> {
  await world.settled();
  await world.service.delivered();
  const shared = new Set(hand.channel().map((message) => message.id));
  const copies = hand
    .sees()
    .filter((message) => !shared.has(message.id) && textOf(message).startsWith(`Referral: ${code}`));
  const [copy, second] = copies.slice(-2).reverse();
  if (copy === undefined) throw new Error(`${hand.person} has no copy of the referral of ${code}`);
  if (second !== undefined) throw new Error(`${hand.person} has more than one copy of the referral of ${code}`);
  return {
    text: flat(textOf(copy)),
    buttons: copy.pieces.flatMap((piece) => (piece.kind === 'button' ? [piece.label] : [])),
  };
}

/** The same for the team's channel. */
export async function channelCopyOf(world: World, hand: Hand, code: string): Promise<Copy> {
  await world.settled();
  await world.service.delivered();
  const copy = hand.channel().findLast((message) => textOf(message).startsWith(`Referral: ${code}`));
  if (copy === undefined) throw new Error(`the channel has no copy of the referral of ${code}`);
  return {
    text: flat(textOf(copy)),
    buttons: copy.pieces.flatMap((piece) => (piece.kind === 'button' ? [piece.label] : [])),
  };
}

/** One act, and everything that follows from it has arrived. */
export async function follow(world: World, act: Promise<Screen>): Promise<Screen> {
  const screen = await act;
  await world.settled();
  await world.service.delivered();
  return screen;
}

/** A person who is on one platform only, so that what is posted to them arrives there. */
export async function onlyOn(world: World, platform: 'slack' | 'teams', person: string): Promise<Hand> {
  const other = platform === 'slack' ? 'rs-teams' : 'rs-slack';
  await world.store.inOrganisation(
    'riverside',
    (tx) =>
      tx.db.$executeRaw`update identity set active = false where person_id = ${person} and workspace_id = ${other}`,
  );
  return handOf(world, platform, person);
}
