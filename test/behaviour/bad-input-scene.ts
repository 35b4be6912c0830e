import { expect } from 'vitest';
import type { OrganisationTransaction } from '../../src/store/transaction.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';
import { makeScreen, type Hand, type Screen } from '../helpers/screen.ts';
import { handOf, openWorld, slackChannel, slackTenant, teamsTenant, type World } from '../helpers/world.ts';

export type Platform = 'slack' | 'teams';

/** Clients of the scene by code; every name is a canary that no answer, log line or audit row may hold. */
export const scene = {
  /** Maya's, due today. */
  own: 'K7T2-9',
  /** Maya's too, nothing due. */
  other: 'M4XR-1',
  /** Of the west team: Maya may not know that it exists. */
  west: 'W3ST-4',
  discharged: 'D1SC-S',
  inactive: '1NAC-E',
  deceased: 'DEC3-Y',
  /** Two people of one name. */
  twinOf1970: 'TWN1-Y',
  twinOf1985: 'TWN2-Q',
  /** Of another organisation on the same database. */
  foreign: 'FR33-J',
  /** A right check character, and nobody's. */
  nobody: 'ZZ00-1',
} as const;
const names = ['Dan Dee', 'Eve Elm', 'Wes West', 'Dora Done', 'Ina Idle', 'Gus Gone', 'Maria Lopez', 'Fay Foreign'];
export const canaries: readonly RegExp[] = names.flatMap((name) =>
  name.split(' ').map((word) => new RegExp(`\\b${word}\\b`)),
);

/** What a refusal may write: its own delivery and audit row, and a form that was opened. All else stands as it stood. */
const mayGrow: ReadonlySet<string> = new Set([
  'inbound_delivery',
  'stranger_day',
  'form_session',
  'audit_event',
  'conversation_reference',
]);
/** The books of what happens by the clock and in the background; what they are about, posts, is compared. */
const movesByItself: ReadonlySet<string> = new Set(['delivery', 'hold', 'schedule', 'occurrence']);

/** What one thing that a person did came to. */
export interface Outcome {
  readonly screen: Screen;
  /** The words of the new messages, a line each, without buttons. */
  readonly said: string;
  /** Tables in which a row is new, changed or gone. */
  readonly changed: readonly string[];
  /** New audit rows but for views, as `verb subject`: for a denial, its code. */
  readonly audited: readonly string[];
  /** Everything that is new for anybody to read: messages, fallback texts, forms, audit rows, log lines. */
  readonly written: string;
}

export interface Scene {
  readonly world: World;
  readonly platform: Platform;
  hand(person: string): Hand;
  /** The person's id at the platform. */
  userOf(person: string): string;
  /** Does it, and tells what came of it for that person and for the database. */
  watch(person: string, work: () => Promise<unknown>): Promise<Outcome>;
  /** What stands behind the codes. */
  readonly clients: Readonly<Record<keyof typeof scene, string>>;
  /** The open follow-up of a client of the scene. */
  followUpOf(code: string): Promise<{ readonly id: string; readonly version: number }>;
  /** A form's values with each client's id read back as the code. */
  withCodes(values: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** What the person leaves unfinished. */
  closeForms(person: string): Promise<void>;
  close(): Promise<void>;
}

/** Words of a typed text that an answer may not hold: long enough, and nothing an id could hold by chance. */
export function typedWords(text: string): readonly string[] {
  const ours = /^(log|phone|video|reached|client|next|help|care)$/i;
  const words = text.slice(0, 4_000).split(/\s+/);
  return words.filter((word) => word.length > 3 && !ours.test(word) && /[^0-9a-f-]/i.test(word));
}

/** The sample organisation with the clients above, and another organisation beside it. */
export async function openScene(platform: Platform): Promise<Scene> {
  // A file full of refusals, most of them of one person: how often is usual is another file's matter.
  const world = await openWorld({
    organisation: (text) => text.replace('organisation:\n', 'organisation:\n  looking: { denials: 10000 }\n'),
  });
  const { store, clock } = world;
  const riverside = await enrol(store, clock, [
    { ...aClient({ code: scene.own, name: 'Dan Dee', tier: 'high' }), dueOn: '2026-11-23' },
    aClient({ code: scene.other, name: 'Eve Elm', born: '1981-05-05' }),
    {
      ...aClient({ code: scene.west, name: 'Wes West', born: '1966-06-06', team: 'west', coordinator: 'keisha' }),
      dueOn: '2026-11-23',
    },
    aClient({ code: scene.discharged, name: 'Dora Done', born: '1955-05-05', status: 'discharged' }),
    aClient({ code: scene.inactive, name: 'Ina Idle', born: '1956-05-05', status: 'inactive' }),
    aClient({ code: scene.deceased, name: 'Gus Gone', born: '1957-05-05', status: 'deceased' }),
    aClient({ code: scene.twinOf1970, name: 'Maria Lopez', born: '1970-01-01' }),
    aClient({ code: scene.twinOf1985, name: 'Maria Lopez', born: '1985-02-02' }),
  ]);
  const toLakeside = (text: string): string =>
    text
      .replace('id: riverside', 'id: lakeside')
      .replace(slackTenant, 'T0LAKE')
      .replace(teamsTenant, '7b6a2f3e-0000-4000-8000-00000000a0ff');
  await applyFile(store, await readSample(toLakeside), clock);
  const lakeside = await enrol(
    store,
    clock,
    [{ ...aClient({ code: scene.foreign, name: 'Fay Foreign', born: '1944-04-04' }), dueOn: '2026-11-23' }],
    'lakeside',
  );
  const enrolled = [...riverside, ...lakeside, { code: scene.nobody, id: '3f1d1c9e-7f0a-4b61-9d0a-1c2b3d4e5f60' }];
  const others = await readState(world, 'lakeside', 0n);
  const identities = await store.inOrganisation('riverside', (tx) =>
    tx.db.identity.findMany({ where: { workspaceId: platform === 'slack' ? 'rs-slack' : 'rs-teams' } }),
  );
  const users = new Map(identities.map((one) => [one.personId, one.platformUser]));
  const userOf = (person: string): string =>
    users.get(person) ?? (platform === 'slack' ? 'U0STRANGER' : '0a000000-0000-4000-8000-0000000000ff');
  const hand = (person: string): Hand => handOf(world, platform, person);

  return {
    world,
    platform,
    hand,
    userOf,
    watch: (person, work) => watch(world, platform, { hand: hand(person), user: userOf(person) }, work),
    clients: readClients(enrolled),
    async followUpOf(code) {
      const organisation = code === scene.foreign ? 'lakeside' : 'riverside';
      return store.inOrganisation(organisation, (tx) =>
        tx.db.followUp.findFirstOrThrow({ where: { client: { code }, state: 'open' } }),
      );
    },
    withCodes(values) {
      const codes = new Map(enrolled.map(({ id, code }) => [id, code]));
      return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, codes.get(value) ?? value]));
    },
    async closeForms(person) {
      if (platform === 'teams') return;
      const user = userOf(person);
      for (const { id: view } of [...world.slack.views(user)].reverse()) await world.slack.closeView({ user, view });
      await world.settled();
    },
    async close() {
      // Nothing that riverside's people did left any trace at all in the other organisation.
      const { tables } = await readState(world, 'lakeside', 0n);
      await world.close();
      expect(tables).toEqual(others.tables);
    },
  };
}

function readClients(
  enrolled: readonly { readonly id: string; readonly code: string }[],
): Readonly<Record<keyof typeof scene, string>> {
  const idOf = (code: string): string => enrolled.find((one) => one.code === code)?.id ?? '';
  const { own, other, west, discharged, inactive, deceased, twinOf1970, twinOf1985, foreign, nobody } = scene;
  return {
    own: idOf(own),
    other: idOf(other),
    west: idOf(west),
    discharged: idOf(discharged),
    inactive: idOf(inactive),
    deceased: idOf(deceased),
    twinOf1970: idOf(twinOf1970),
    twinOf1985: idOf(twinOf1985),
    foreign: idOf(foreign),
    nobody: idOf(nobody),
  };
}

/** Seeing and searching are access records; they change nothing. */
const isLook = (verb: string): boolean => /\.(see|search)$/.test(verb);

interface Watched {
  readonly hand: Hand;
  readonly user: string;
}

async function watch(
  world: World,
  platform: Platform,
  { hand, user }: Watched,
  work: () => Promise<unknown>,
): Promise<Outcome> {
  // Everybody is calm here: nothing is refused for coming too fast.
  world.clock.advance(2_000);
  const before = await readState(world, 'riverside', 0n);
  const logLines = world.logged.length;
  const screens = new Map(latest(hand.sees()).map((message) => [message.id, JSON.stringify(message)]));
  const papers = new Set(readable(world, platform, user));
  await work();
  await world.settled();
  const fresh = latest(hand.sees()).filter((message) => screens.get(message.id) !== JSON.stringify(message));
  const after = await readState(world, 'riverside', before.lastAudit);
  return {
    screen: makeScreen(fresh, undefined),
    said: fresh
      .flatMap((message) => message.pieces.flatMap((piece) => (piece.kind === 'text' ? [piece.text] : [])))
      .join('\n'),
    changed: [...after.tables].flatMap(([table, print]) => (before.tables.get(table) === print ? [] : [table])),
    audited: after.audit.filter((row) => !isLook(row.verb)).map((row) => `${row.verb} ${row.subject}`),
    written: [
      ...readable(world, platform, user).filter((paper) => !papers.has(paper)),
      JSON.stringify(after.audit),
      JSON.stringify(world.logged.slice(logLines)),
    ].join('\n'),
  };
}

/** As far back as anything in these tests reaches; comparing all of hundreds of cards would cost most of their time. */
const latest = <T>(messages: readonly T[]): readonly T[] => messages.slice(-40);

/** Everything this person can read as the platform stores it: fallback texts and open forms too. */
function readable(world: World, platform: Platform, user: string): string[] {
  if (platform === 'slack') {
    const { slack } = world;
    const messages = [slack.direct(user), slackChannel].flatMap((place) => latest(slack.messages(place, user)));
    return [...messages, ...slack.views(user), slack.home(user)].map((one) => JSON.stringify(one ?? null));
  }
  const { teams } = world;
  const chat = teams.chatOf(user);
  const messages = chat === undefined ? [] : latest(teams.messages(chat, user)).filter(({ from }) => from === 'bot');
  return [...messages, ...teams.dialogs(user)].map((one) => JSON.stringify(one));
}

interface State {
  /** Number of rows and a checksum of all of them, by table. */
  readonly tables: ReadonlyMap<string, string>;
  readonly lastAudit: bigint;
  /** Audit rows after the one that was the last before. */
  readonly audit: readonly { readonly verb: string; readonly subject: string; readonly detail: unknown }[];
}

function readState(world: World, organisation: string, since: bigint): Promise<State> {
  return world.store.inOrganisation(organisation, async (tx) => {
    const prints = await tx.db.$queryRaw<{ name: string; print: string }[]>(await printsOf(tx, organisation));
    const [last] = await tx.db.$queryRaw<
      { last: bigint }[]
    >`select coalesce(max(sequence), 0) as last from audit_event`;
    const audit =
      since === 0n
        ? []
        : await tx.db.$queryRaw<State['audit']>`
            select verb, subject_id as subject, detail from audit_event where sequence > ${since} order by sequence`;
    return { tables: new Map(prints.map(({ name, print }) => [name, print])), lastAudit: last?.last ?? 0n, audit };
  });
}

/** That somebody was there is no change: when they last were is kept whatever they typed. */
const rowOf = (table: string): string => (table === 'identity' ? "(to_jsonb(t) - 'last_seen_at')::text" : 't::text');

/** One statement an organisation, the same object at every call: the server then plans it once and not thousands of times. */
const statements = new Map<string, TemplateStringsArray>();

async function printsOf(tx: OrganisationTransaction, organisation: string): Promise<TemplateStringsArray> {
  const known = statements.get(organisation);
  if (known !== undefined) return known;
  const found = await tx.db.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'organisation_id' order by 1`;
  const sql = found
    .map(({ name }) => name)
    .filter((table) => !movesByItself.has(table) && (organisation !== 'riverside' || !mayGrow.has(table)))
    .map(
      (table) => `select '${table}' as name, count(*) || ' ' ||
        coalesce(md5(string_agg(md5(${rowOf(table)}), '' order by md5(${rowOf(table)}))), '') as print from "${table}" t`,
    )
    .join(' union all ');
  const statement = Object.assign([sql], { raw: [sql] });
  statements.set(organisation, statement);
  return statement;
}
