import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send, slackEvent, typedByMaya, type RawRequest } from '../faults/raw-requests.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { recordRequests } from '../helpers/record-requests.ts';
import { textOf } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';
import { accounts, deactivate, type Known, type Platform } from './leave-scene.ts';

/** A signed request may be sent again, by whoever got hold of it: the platform, or somebody else, at another time. */
const enrolled = [
  { ...aClient({ code: 'K7T2-9', name: 'Dan Dee' }), dueOn: '2026-11-23' },
  { ...aClient({ code: 'M4XR-1', coordinator: 'jon', name: 'Eve Elm', born: '1981-05-05' }), dueOn: '2026-11-23' },
];
const secret = /K7T2|M4XR|Dee|Elm|D\.D\.|E\.E\.|1974|1981/;
const leaver = 'Your access to Baton has ended';

/** A line typed to Baton in its own conversation: the one act whose id both platforms give, not its bytes. */
async function typed(world: World, platform: Platform, who: Known | 'stranger', id: string): Promise<RawRequest> {
  if (platform === 'slack') {
    const user = who === 'stranger' ? 'U0STRANGER' : accounts[who].slack;
    return slackEvent(world, { ...typedByMaya(world, 'caseload'), user, channel: world.slack.direct(user) }, { id });
  }
  const maya = world.teams.activity({ user: accounts.maya.teams, text: 'caseload' });
  const user = who === 'stranger' ? '0a000000-0000-4000-8000-0000000000ff' : accounts[who].teams;
  const activity = { ...maya, id, from: { id: `29:${user}`, name: who, aadObjectId: user } };
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await world.teams.token()}` };
  return { path: '/api/messages', headers, body: JSON.stringify(activity) };
}

/** Everything anybody sees by now, one text. */
const seenBy = (world: World, platform: Platform): string =>
  ['maya', 'jon', 'stranger'].flatMap((one) => handOf(world, platform, one).sees().map(textOf)).join('\n');

interface Denial {
  readonly actor: string;
  readonly code: string;
  readonly count: number;
}
const denials = (world: World): Promise<readonly Denial[]> =>
  world.store.inOrganisation(
    'riverside',
    (tx) => tx.db.$queryRaw<Denial[]>`
      select actor, subject_id as code, count(*)::int as count from audit_event
      where organisation_id = ${tx.organisation} and verb = 'access.denied' group by 1, 2 order by 1, 2`,
  );

describe.each(platforms)('a request that comes again on %s', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    await enrol(world.store, world.clock, enrolled);
  });
  afterAll(() => world.close());

  /** Sends it and tells what of it anybody sees that was not there before. */
  async function again(request: RawRequest): Promise<string> {
    const before = new Set(seenBy(world, platform).split('\n'));
    const { text } = await send(world.service.url, request);
    await world.settled();
    const fresh = seenBy(world, platform)
      .split('\n')
      .filter((line) => !before.has(line));
    return `${text}\n${fresh.join('\n')}`;
  }
  const counted = async (actor: string, code: string): Promise<number> =>
    (await denials(world)).find((row) => row.actor === `${platform}:${actor}` && row.code === code)?.count ?? 0;

  it('a colleague with the same ids gets nothing of the first answer, and is on record once', async () => {
    expect(await again(await typed(world, platform, 'maya', 'shared-1'))).toContain('K7T2-9');
    const first = await again(await typed(world, platform, 'jon', 'shared-1'));
    expect(first).not.toMatch(secret);
    expect(first).toContain('already answered to somebody else');
    for (let repeat = 0; repeat < 3; repeat += 1) await again(await typed(world, platform, 'jon', 'shared-1'));
    expect(await counted(accounts.jon[platform], 'not-allowed')).toBe(1);
    // Whoever it belongs to still has it.
    await again(await typed(world, platform, 'maya', 'shared-1'));
    expect(handOf(world, platform, 'maya').sees().map(textOf).at(-1)).toContain('K7T2-9');
  });

  it('a stranger with the same ids gets nothing of it either, and fills no audit', async () => {
    const stranger = platform === 'slack' ? 'U0STRANGER' : '0a000000-0000-4000-8000-0000000000ff';
    const before = await counted(stranger, 'stranger');
    for (let repeat = 0; repeat < 4; repeat += 1) {
      const shown = await again(await typed(world, platform, 'stranger', 'shared-1'));
      expect(shown).not.toMatch(secret);
      expect(shown).not.toContain('I did nothing');
    }
    expect(await counted(stranger, 'stranger')).toBe(before + 1);
  });

  it('what a stranger began belongs to nobody: not answered to them, nor to who is known', async () => {
    await again(await typed(world, platform, 'stranger', 'shared-2'));
    const shown = await again(await typed(world, platform, 'jon', 'shared-2'));
    expect(shown).not.toMatch(secret);
    expect(shown).toContain('I refused this when it first came');
  });

  it('a press that comes again is done once, and answered the same', async () => {
    const maya = handOf(world, platform, 'maya');
    const done = (): Promise<number> =>
      world.store.inOrganisation('riverside', (tx) => tx.db.auditEvent.count({ where: { actor: 'maya' } }));
    await maya.types('log K7T2-9 phone reached 15m');
    const before = await done();
    // It may be pressed as often as one likes, each time on record: only the request's own id tells a repetition.
    const [press] = await recordRequests(() => maya.presses('Copy chart note'));
    expect(await done()).toBe(before + 1);
    if (press === undefined) throw new Error('nothing was sent');
    for (let repeat = 0; repeat < 2; repeat += 1) await again(press);
    expect(await done()).toBe(before + 1);
  });
});

describe.each(platforms)('what somebody asked for before they left, sent again on %s', (platform) => {
  let world: World;
  const sent: { words: string; request: RawRequest }[] = [];
  beforeAll(async () => {
    world = await openWorld();
    await enrol(world.store, world.clock, enrolled);
    const jon = handOf(world, platform, 'jon');
    const keep = async (words: string, work: () => Promise<unknown>): Promise<void> => {
      const requests = await recordRequests(work);
      // A form's own search comes before what is sent from it.
      requests.forEach((request, at) => sent.push({ words: at < requests.length - 1 ? 'search' : words, request }));
    };
    await keep('command', () => jon.types('caseload'));
    await keep('form', () => jon.types('log'));
    await keep('search', () => jon.searches('el'));
    await keep('submission', () =>
      jon.fills({ client: 'search:Elm', mode: 'phone', outcome: 'reached', minutes: '15' }),
    );
    await keep('home', () => jon.opensHome());
    await jon.types('next');
    await keep('press', () => jon.presses('Left message', 'M4XR-1'));
    expect(sent.length).toBeGreaterThan(5);
    await deactivate(world, platform, 'jon');
  });
  afterAll(() => world.close());

  it('is refused, shows nothing, does nothing, never says that nothing was done, and is on record', async () => {
    const jon = handOf(world, platform, 'jon');
    const state = (): Promise<unknown> =>
      world.store.inOrganisation('riverside', async (tx) => [
        await tx.db.contact.count(),
        await tx.db.followUp.count(),
      ]);
    const [before, rows] = [await state(), await denials(world)];
    let answers = '';
    for (const { words, request } of sent) {
      const seen = jon.sees().map(textOf);
      const { text } = await send(world.service.url, request);
      await world.settled();
      const fresh = jon
        .sees()
        .map(textOf)
        .filter((one) => !seen.includes(one))
        .join('\n');
      answers += `${text}${fresh}`;
      expect(`${text}${fresh}`, words).not.toMatch(secret);
      if (!['search', 'home'].includes(words)) expect(`${text}${fresh}`, words).not.toContain('I did nothing');
    }
    expect(await state()).toEqual(before);
    const count = (all: readonly Denial[]): number =>
      all
        .filter(({ actor, code }) => actor === `${platform}:${accounts.jon[platform]}` && code === 'leaver')
        .reduce((sum, row) => sum + row.count, 0);
    expect(count(await denials(world)) - count(rows)).toBe(sent.length);
    expect(answers).toContain(leaver);
  });

  it('again and again leaves one row a request at most, but for what only reads', async () => {
    const kept = sent.filter(({ words }) => ['command', 'submission', 'press'].includes(words));
    const rows = await denials(world);
    for (const { request } of kept) await send(world.service.url, request);
    await world.settled();
    expect(await denials(world)).toEqual(rows);
  });
});
