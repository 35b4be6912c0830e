import { collectedFeatures } from '../../src/app.ts';
import type { ClientToEnrol } from '../../src/care/clients/enrol-clients.ts';
import type { PagerSettings } from '../../src/pager-settings.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf, type Hand, type Screen, type ShownMessage } from '../helpers/screen.ts';
import { openWorld, type World } from '../helpers/world.ts';
import { flat, onlyOn } from './refer-scene.ts';

export const minute = 60_000;
export const hour = 60 * minute;

const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const atEveryHour = (person: string): string =>
  everyDay.map((day) => `{ weekday: ${day}, from: "00:00", to: "00:00", person: ${person} }`).join(', ');

/** What the team of the sample says about escalations; `undefined` leaves it out. */
export interface Said {
  readonly duty?: string | undefined;
  readonly escalation?: string;
  readonly outOfHours?: string;
  readonly crisis?: string;
  /** False: the west team keeps no rota, so that Keisha has no duty. */
  readonly westDuty?: boolean;
  /** True: Sara's number is known as well. */
  readonly saraPhone?: boolean;
}
export const usualCrisis = '{ number: "+1 555 010 0188", mobileCrisis: "+1 555 010 0177", emergency: "911" }';

/**
 * The sample organisation with a director (Sara, whose number nobody knows), numbers to call, and Jon on duty at every
 * hour. Keisha has the duty of the west team: whom 988 phones about anybody, so that she reads all of what she raises.
 */
export const staffed =
  (said: Said = {}) =>
  (text: string): string => {
    const { duty = `{ pattern: [${atEveryHour('jon')}] }`, escalation, outOfHours, crisis = usualCrisis } = said;
    const team = [
      ...(duty === '' ? [] : [`    duty: ${duty}`]),
      ...(escalation === undefined ? [] : [`    escalation: ${escalation}`]),
      ...(outOfHours === undefined ? [] : [`    outOfHours: ${outOfHours}`]),
    ].join('\n');
    return (said.saraPhone === true ? text : text.replace(/(\{ id: sara,.*?)phone: "[^"]+", /, '$1'))
      .replace('  privacy: minimal', `  privacy: minimal\n  crisis: ${crisis}`)
      .replace('    name: East team\n', `    name: East team\n${team === '' ? '' : `${team}\n`}`)
      .replace(
        '    name: West team\n',
        `    name: West team\n${said.westDuty === false ? '' : `    duty: { pattern: [${atEveryHour('keisha')}] }\n`}`,
      )
      .replace('roles: [coordinator], team: east, fte: 0.5', 'roles: [director], team: east, fte: 0.5');
  };

export type Person = 'maya' | 'jon' | 'dana' | 'sara' | 'keisha' | 'bea';
export interface Scene {
  readonly world: World;
  /** Each at this platform only, so that what is sent to them arrives there. */
  readonly hands: Readonly<Record<Person, Hand>>;
  readonly client: { readonly id: string; readonly code: string };
  /** Time passes, what is due happens, and everything that follows has arrived. */
  pass(milliseconds: number): Promise<void>;
}

/** Dan Dee of the east team, Maya's client; Jon on duty; Dana supervises; Sara directs; Keisha is of the west team. */
export async function openScene(
  platform: 'slack' | 'teams',
  options: {
    at?: string;
    said?: Said;
    clients?: readonly ClientToEnrol[];
    pager?: PagerSettings;
    pagerTimeoutMs?: number;
  } = {},
): Promise<Scene> {
  const world = await openWorld({
    organisation: staffed(options.said),
    ...(options.at === undefined ? {} : { at: options.at }),
    ...(options.pager === undefined ? {} : { pager: options.pager }),
    ...(options.pagerTimeoutMs === undefined ? {} : { pagerTimeoutMs: options.pagerTimeoutMs }),
  });
  const hands = {
    maya: await onlyOn(world, platform, 'maya'),
    jon: await onlyOn(world, platform, 'jon'),
    dana: await onlyOn(world, platform, 'dana'),
    sara: await onlyOn(world, platform, 'sara'),
    keisha: await onlyOn(world, platform, 'keisha'),
    bea: await onlyOn(world, platform, 'bea'),
  };
  const [client] = await enrol(world.store, world.clock, [
    aClient({ code: 'K7T2-9', name: 'Dan Dee' }),
    ...(options.clients ?? []),
  ]);
  if (client === undefined) throw new Error('nobody was enrolled');
  return {
    world,
    hands,
    client,
    async pass(milliseconds) {
      world.clock.advance(milliseconds);
      await world.service.tick();
      await world.settled();
      await world.delivered();
      Object.values(hands).forEach(noteCards);
    },
  };
}

/** One act, and everything that follows from it has arrived. */
export async function follow(
  { world, hands }: Pick<Scene, 'world'> & Partial<Pick<Scene, 'hands'>>,
  act: Promise<Screen>,
): Promise<Screen> {
  const screen = await act;
  await world.settled();
  await world.delivered();
  Object.values(hands ?? {}).forEach(noteCards);
  return screen;
}

/** What Baton sent somebody of its own accord, without what stands in the channel. */
function own(hand: Hand): readonly ShownMessage[] {
  const shared = new Set(hand.channel().map(({ id }) => id));
  return hand.sees().filter(({ id }) => !shared.has(id));
}

const isCard = (message: ShownMessage): boolean =>
  textOf(message)
    .split('\n')
    .some((line) => line.startsWith('Escalation: '));

/** Every card of an escalation that came to somebody so far, whether or not it still stands. */
const came = new WeakMap<Hand, Set<string>>();
function noteCards(hand: Hand): Set<string> {
  const known = came.get(hand) ?? new Set<string>();
  came.set(hand, known);
  for (const { id } of own(hand).filter(isCard)) known.add(id);
  return known;
}

/** How often an escalation's card came to a person: each is a push of its own, which takes the place of the one before. */
export const copies = (hand: Hand): number => noteCards(hand).size;
/** How many of them stand there. */
export const standing = (hand: Hand): number => own(hand).filter(isCard).length;
export const copiesOf = (hands: Scene['hands'], ...people: Person[]): readonly number[] =>
  people.map((person) => copies(hands[person]));

/** The newest copy of the card, on one line; of the one about this code, where one is named. */
export function cardOf(hand: Hand, code = ''): { readonly text: string; readonly buttons: readonly string[] } {
  const about = (message: ShownMessage): boolean => textOf(message).includes(`\nEscalation: ${code}`);
  return shown(
    hand,
    own(hand).findLast((message) => isCard(message) && (code === '' || about(message))),
  );
}
export function channelCardOf(hand: Hand): { readonly text: string; readonly buttons: readonly string[] } {
  return shown(hand, hand.channel().findLast(isCard));
}
function shown(hand: Hand, message: ShownMessage | undefined): { text: string; buttons: readonly string[] } {
  if (message === undefined) throw new Error(`${hand.person} has no card of an escalation`);
  return {
    text: flat(textOf(message)),
    buttons: message.pieces.flatMap((piece) => (piece.kind === 'button' ? [piece.label] : [])),
  };
}

export const everythingOf = (hand: Hand): string => flat(own(hand).map(textOf).join(' | '));

export type Row = Readonly<Record<string, unknown>>;
export const exported = (world: World, table: string): Promise<readonly Row[]> =>
  world.store.inOrganisation(
    'riverside',
    async (tx) => (await collectedFeatures.exports.get(table)?.read(tx, {})) ?? [],
  );

export interface Notification {
  readonly to: string;
  readonly toKind: string;
  readonly step: number;
  readonly reason: string;
  readonly platform: string | null;
  readonly queuedAt: string;
  readonly deliveredAt: string | null;
  readonly state: string | null;
}
export interface Exported extends Row {
  readonly id: string;
  readonly state: string;
  readonly owner: string;
  readonly late: boolean;
  readonly notifications: readonly Notification[];
  readonly timeline: readonly {
    readonly at: string;
    readonly by: string;
    readonly act: string;
    readonly detail: Row;
  }[];
}
/** The only escalation there is, as it is exported. */
export async function theOne(world: World): Promise<Exported> {
  const rows = await exported(world, 'escalations');
  if (rows.length !== 1) throw new Error(`${rows.length} escalations, not one`);
  return rows[0] as Exported;
}

/** `1 maya owner` by the time it was queued, counted in minutes from the first. */
export function toldAt({ notifications }: Exported): readonly string[] {
  const first = Date.parse(notifications[0]?.queuedAt ?? '');
  return notifications
    .filter(({ toKind, reason }) => toKind === 'person' && reason !== 'raiser')
    .map(({ to, step, queuedAt }) => `${Math.round((Date.parse(queuedAt) - first) / 1_000) / 60}: ${step} ${to}`);
}

export const denials = async (world: World): Promise<number> =>
  (await exported(world, 'audit')).filter(({ verb }) => verb === 'access.denied').length;
