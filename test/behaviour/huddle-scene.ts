import { collectedFeatures } from '../../src/app.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf, type Hand, type Screen } from '../helpers/screen.ts';
import { openWorld, type World } from '../helpers/world.ts';
import { flat, follow, onlyOn } from './refer-scene.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Names, years and words that must never reach the team's place. */
export const canaries = [
  ...['Sally', 'Sandberg', 'Nora', 'Newman', 'Quentin', 'Quigley', 'Abe ', 'Askew', 'Olga', 'Orlov'],
  ...['S.S.', 'N.N.', 'Q.Q.', 'A.A.', 'O.O.', '1961', '1962', '1963', '1964', '1965'],
  ...['methadone', 'brother', 'sertraline'],
];

export interface Scene {
  readonly world: World;
  readonly maya: Hand;
  readonly jon: Hand;
  readonly sara: Hand;
  readonly dana: Hand;
  readonly keisha: Hand;
  readonly bea: Hand;
  /** Codes, in the order of the agenda. */
  readonly safety: string;
  readonly fresh: string;
  readonly quiet: string;
  readonly asked: string;
  readonly loop: string;
  /** One act, and everything that follows from it has arrived. */
  after(act: Promise<Screen>): Promise<Screen>;
  /** Time passes, and what is due by then happens and arrives. */
  passes(milliseconds: number): Promise<void>;
}

const seen = { enrolledOn: '2026-01-05', lastContactOn: '2026-11-22' };

/** Monday 09:00 in New York; Sara is the team's consultant and prescriber. `change` edits the organisation file. */
export async function openScene(
  platform: 'slack' | 'teams',
  change: (text: string) => string = (text) => text,
  privacy: 'minimal' | 'full' = 'minimal',
): Promise<Scene> {
  const world = await openWorld({
    privacy,
    organisation: (text) =>
      change(
        text.replace(
          '{ id: sara, name: Sara Lindqvist, roles: [coordinator],',
          '{ id: sara, name: Sara Lindqvist, roles: [psychiatric-consultant, prescriber], qualifications: [{ kind: psychiatrist, from: "2020-01-01" }],',
        ),
      ),
  });
  const hand = (person: string): Promise<Hand> => onlyOn(world, platform, person);
  const people = {
    maya: await hand('maya'),
    jon: await hand('jon'),
    sara: await hand('sara'),
    dana: await hand('dana'),
    keisha: await hand('keisha'),
    bea: await hand('bea'),
  };
  const enrolled = await enrol(world.store, world.clock, [
    aClient({ name: 'Sally Sandberg', born: '1961-01-01', tier: 'low', ...seen }),
    aClient({ name: 'Nora Newman', born: '1962-01-01', enrolledOn: '2026-11-20', lastContactOn: '2026-11-22' }),
    aClient({ name: 'Quentin Quigley', born: '1963-01-01', ...seen, lastContactOn: '2026-11-10' }),
    aClient({ name: 'Abe Askew', born: '1964-01-01', coordinator: 'jon', ...seen }),
    aClient({ name: 'Olga Orlov', born: '1965-01-01', ...seen }),
  ]);
  const [safety = '', fresh = '', quiet = '', asked = '', loop = ''] = enrolled.map(({ code }) => code);
  return {
    ...people,
    ...{ world, safety, fresh, quiet, asked, loop },
    after: (act) => follow(world, act),
    async passes(milliseconds) {
      world.clock.advance(milliseconds);
      // A turn sets the moment for what follows from it: the second tick finds that.
      await world.service.tick();
      await world.service.tick();
      await world.settled();
    },
  };
}

/** What puts somebody into each section by Tuesday: an escalation, a request with words, a referral nobody answers. */
export async function fillWeek({ maya, jon, after, safety, asked, loop }: Scene): Promise<void> {
  await after(maya.types(`escalate ${safety} concern`));
  await after(jon.types(`client ${asked}`));
  await after(jon.presses('Request discussion'));
  await after(jon.fills({ reason: 'stuck', words: 'He speaks of his brother and of methadone' }));
  await after(maya.types(`refer ${loop} to @jon crisis`));
}

/** The huddle's card in the team's channel as everybody reads it. */
export function live(hand: Hand): { readonly text: string; readonly buttons: readonly string[] } {
  const card = hand.channel().findLast((message) => /huddle of|Stand-up of/.test(textOf(message)));
  if (card === undefined) return { text: '', buttons: [] };
  return {
    text: flat(textOf(card)),
    buttons: card.pieces.flatMap((piece) => (piece.kind === 'button' ? [piece.label] : [])),
  };
}

export const place = (hand: Hand): string => hand.channel().map(textOf).join('\n');

/** A person's own messages. */
export function direct(hand: Hand): string {
  const shared = new Set(hand.channel().map((message) => message.id));
  return hand
    .sees()
    .filter((message) => !shared.has(message.id))
    .map(textOf)
    .join('\n');
}

export interface Exported {
  readonly team: string;
  readonly rhythm: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly attendees: readonly { person: string; late: boolean; remote: boolean; qualifications: readonly string[] }[];
  readonly items: readonly {
    client: string;
    section: string;
    reason: string;
    state: string;
    minutes: number;
    consultantPresent: boolean;
    recommendations: readonly { kind: string; to: string | null; state: string; reason: string | null }[];
    decisions: readonly { what: string; owner: string; due: string; state: string }[];
  }[];
}

/** `export huddles`, as the command line gives it. */
export async function exported({ world }: Scene): Promise<readonly Exported[]> {
  const exporter = collectedFeatures.exports.get('huddles');
  if (exporter === undefined) throw new Error('huddles are not exported');
  const rows = await world.store.inOrganisation('riverside', (tx) => exporter.read(tx, {}));
  return JSON.parse(JSON.stringify(rows)) as Exported[];
}

/** Presses a button that this person never saw, as if it stood on a card of theirs; tells what they read then. */
export async function forge(
  { world, after }: Scene,
  hand: Hand,
  button: { readonly action: string; readonly subject?: string; readonly version?: number },
): Promise<string> {
  const [user = ''] = await world.store.inOrganisation('riverside', async (tx) => {
    const workspace = hand.platform === 'slack' ? 'rs-slack' : 'rs-teams';
    const rows = await tx.db.identity.findMany({ where: { personId: hand.person, workspaceId: workspace } });
    return rows.map(({ platformUser }) => platformUser);
  });
  const message = (await after(hand.types('help'))).messages[0]?.id ?? '';
  const { action, subject, version } = button;
  const before = new Map(hand.sees().map((shown) => [shown.id, textOf(shown)]));
  if (hand.platform === 'slack') {
    const value = version === undefined ? subject : `${subject ?? ''}~${version}`;
    await world.slack.action({
      user,
      channel: world.slack.direct(user),
      message,
      action: { action_id: action, ...(value === undefined ? {} : { value }) },
      evenIf: true,
    });
  } else {
    const data = { ...(subject === undefined ? {} : { s: subject }), ...(version === undefined ? {} : { v: version }) };
    await world.teams.press({ user, activity: message, evenIf: { verb: action, data } });
  }
  await world.settled();
  return hand
    .sees()
    .filter((shown) => before.get(shown.id) !== textOf(shown))
    .map(textOf)
    .join('\n');
}

/** Ids as the database has them, for presses nobody was offered. */
export async function idsOf({ world }: Scene): Promise<{ huddle: string; version: number; items: readonly string[] }> {
  return world.store.inOrganisation('riverside', async (tx) => {
    const huddle = await tx.db.huddle.findFirstOrThrow({ orderBy: { startsAt: 'desc' } });
    const items = await tx.db.huddleItem.findMany({ where: { huddleId: huddle.id }, orderBy: { position: 'asc' } });
    return { huddle: huddle.id, version: huddle.version, items: items.map(({ id }) => id) };
  });
}

/** How many denials are on record. */
export async function countDenials({ world }: Scene): Promise<number> {
  return world.store.inOrganisation('riverside', (tx) => tx.db.auditEvent.count({ where: { verb: 'access.denied' } }));
}
