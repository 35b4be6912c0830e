import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf, type Hand, type ShownMessage } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';

const HOUR = 3_600_000;

describe.each(platforms)('the morning digest, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  let jon: Hand;

  /** Lets time pass: what becomes due by then is made and sent. */
  async function pass(milliseconds: number): Promise<void> {
    world.clock.advance(milliseconds);
    await world.service.tick();
    await world.service.delivered();
  }
  async function settle(): Promise<void> {
    await world.service.delivered();
  }
  const isDigest = (message: ShownMessage): boolean => /needs? you today|waiting on you/.test(textOf(message));
  /** Private messages only: on Slack a hand sees the channel too. */
  const digestsOf = (hand: Hand): string[] => {
    const shared = new Set(hand.channel().map((message) => message.id));
    return hand
      .sees()
      .filter((message) => !shared.has(message.id) && isDigest(message))
      .map(textOf);
  };
  const teamDigests = (): string[] =>
    maya
      .channel()
      .map(textOf)
      .filter((text) => text.startsWith('East team:'));
  const codesIn = (text: string | undefined): string[] =>
    [...(text ?? '').matchAll(/^([0-9A-Z]{4}-[0-9A-Z]) ·/gm)].map((match) => match[1] ?? '');

  beforeAll(async () => {
    world = await openWorld();
    const other = platform === 'slack' ? 'rs-teams' : 'rs-slack';
    await world.store.inOrganisation('riverside', (tx) =>
      tx.db.identity.deleteMany({ where: { workspaceId: other, personId: { in: ['maya', 'jon'] } } }),
    );
    [maya, jon] = [handOf(world, platform, 'maya'), handOf(world, platform, 'jon')];
    await enrol(world.store, world.clock, [
      { ...aClient({ code: 'K7T2-9', name: 'Dan Dee', tier: 'high' }), dueOn: '2026-11-22' },
      { ...aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }), dueOn: '2026-11-24' },
      { ...aClient({ code: 'P0Q8-7', name: 'Fay Fox', born: '1990-05-05', tier: 'low' }), dueOn: '2026-11-24' },
    ]);
  });
  afterAll(() => world.close());

  it('is not there a moment before its time', async () => {
    await pass(23.5 * HOUR - 1);
    expect(digestsOf(maya)).toEqual([]);
    expect(teamDigests()).toEqual([]);
  });

  it('stands in the direct message at 08:30: how many, where to start, one tap for each answer', async () => {
    await pass(1);
    const [digest, ...more] = digestsOf(maya);
    expect(more).toEqual([]);
    expect(digest).toContain('3 need you today. Start with K7T2-9.\n1 over · 2 due today');
    expect(digest).toContain('K7T2-9 · D.D. born 1974 · high, 1 day over, moved from Sun 22 Nov');
    expect(codesIn(digest)).toEqual(['K7T2-9', 'M4XR-1', 'P0Q8-7']);
    expect(digest).toContain('[Reached]\n[Left message]\n[No answer]\n[Snooze]\n[More]');
  });

  it('stands in the team’s place with codes and who has each, and no label', async () => {
    expect(teamDigests()).toHaveLength(1);
    expect(teamDigests()[0]).toContain('East team: 3 need somebody today. Start with K7T2-9.');
    expect(teamDigests()[0]).toContain('K7T2-9 · high, 1 day over, moved from Sun 22 Nov · Maya Torres');
    expect(teamDigests()[0]).not.toContain('born');
  });

  it('tells somebody with nothing to do the same, briefly', async () => {
    expect(digestsOf(jon)).toEqual(['Nothing is waiting on you. Nothing is planned.']);
  });

  it('comes once, however often the tick runs', async () => {
    await pass(0);
    await pass(HOUR);
    expect([digestsOf(maya).length, digestsOf(jon).length, teamDigests().length]).toEqual([1, 1, 1]);
  });

  it('is acted on in the row: the row goes from every copy, the confirmation comes as a message of its own', async () => {
    const screen = await maya.presses('Left message', 'K7T2-9');
    await settle();
    expect(screen.text).toContain('Logged: K7T2-9 · D.D. born 1974 · phone, left message · next Wed 25 Nov');
    expect(digestsOf(maya)).toHaveLength(1);
    expect(codesIn(digestsOf(maya)[0])).toEqual(['M4XR-1', 'P0Q8-7']);
    expect(codesIn(teamDigests()[0])).toEqual(['M4XR-1', 'P0Q8-7']);
    expect(maya.sees().map(textOf).join('\n')).toContain('Logged: K7T2-9');
  });

  it('asks how long beside it after a kept contact', async () => {
    const asked = await maya.presses('Reached', 'M4XR-1');
    expect(asked.text).toContain('Reached M4XR-1 · E.E. born 1981. How long?');
    expect(digestsOf(maya)).toHaveLength(1);
    await maya.presses('15 min');
    await settle();
    expect(codesIn(digestsOf(maya)[0])).toEqual(['P0Q8-7']);
    expect(maya.sees().map(textOf).join('\n')).toContain('Logged: M4XR-1 · E.E. born 1981 · phone, reached, 15 min');
    expect(teamDigests()[0]).toContain('East team: 1 needs somebody today. Start with P0Q8-7.');
  });

  it('follows what is done elsewhere: by a command, by a snooze, and back when it is undone', async () => {
    await maya.types('log P0Q8-7 phone no-answer');
    await settle();
    expect(digestsOf(maya)[0]).toContain('Nothing is waiting on you. Next: Wed 25 Nov.');
    expect(teamDigests()[0]).toContain('East team: nothing is waiting. Next: Wed 25 Nov.');
    await maya.presses('Undo', 'P0Q8-7');
    await settle();
    expect(codesIn(digestsOf(maya)[0])).toEqual(['P0Q8-7']);
    await maya.presses('Snooze', 'P0Q8-7');
    await maya.fills({ until: '2026-11-25', reason: 'client-asked' });
    await settle();
    expect(digestsOf(maya)[0]).toContain('Nothing is waiting on you. Next: Wed 25 Nov.');
  });

  it('takes the place of yesterday’s', async () => {
    await pass(23 * HOUR);
    expect(digestsOf(maya)).toHaveLength(1);
    expect(digestsOf(maya)[0]).toContain('2 need you today. Start with K7T2-9.');
    expect(teamDigests()).toHaveLength(1);
  });

  it('does not come on a closure, at a weekend, or on a day the person does not work', async () => {
    const before = digestsOf(jon);
    await pass(24 * HOUR);
    await pass(72 * HOUR);
    expect(digestsOf(maya)[0]).toContain('2 need you today. Start with K7T2-9.');
    expect(digestsOf(jon)).toEqual(before);
    const made = await world.store.inOrganisation('riverside', (tx) =>
      tx.db.post.findMany({ where: { key: { startsWith: 'digest:person/maya' } }, orderBy: { createdAt: 'asc' } }),
    );
    expect(made.map((post) => post.key.slice(-10))).toEqual(['2026-11-24', '2026-11-25']);
  });

  it('comes on demand, in place of the one that is there', async () => {
    const about = await maya.types('digest');
    expect(about.text).toContain('Your digest comes on your working days at 08:30.');
    const sent = await maya.types('digest now');
    await settle();
    expect(sent.text).toContain('Sent: your digest is on its way');
    expect(digestsOf(maya)).toHaveLength(1);
    expect(digestsOf(maya)[0]).toContain('2 need you today. Start with K7T2-9.\n2 over');
  });
});

describe.each(platforms)('a long digest, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  beforeAll(async () => {
    world = await openWorld();
    maya = handOf(world, platform, 'maya');
    const other = platform === 'slack' ? 'rs-teams' : 'rs-slack';
    await world.store.inOrganisation('riverside', (tx) =>
      tx.db.identity.deleteMany({ where: { workspaceId: other, personId: 'maya' } }),
    );
    await enrol(
      world.store,
      world.clock,
      Array.from({ length: 7 }, (_, index) => ({
        ...aClient({ name: `Client Number${index}`, born: '1980-01-01' }),
        dueOn: `2026-11-${12 + index}`,
      })),
    );
    await maya.types('digest now');
    await world.service.delivered();
  });
  afterAll(() => world.close());

  it('shows five to start with, and the rest behind one button, beside it', async () => {
    const codes = (text: string): string[] => [
      ...new Set([...text.matchAll(/^([0-9A-Z]{4}-[0-9A-Z]) ·/gm)].map((match) => match[1] ?? '')),
    ];
    const digest = maya
      .sees()
      .map(textOf)
      .find((text) => text.includes('7 need you today'));
    expect(codes(digest ?? '')).toHaveLength(5);
    const all = await maya.presses('Show all 7');
    expect(all.messages).toHaveLength(1);
    expect(all.text).toContain('Today: 7');
    // Where a message cannot hold all of it, it pages itself.
    const more = all.buttons.find((label) => label.startsWith('Next'));
    const rest = more === undefined ? '' : (await maya.presses(more)).text;
    expect(codes(`${all.text}\n${rest}`)).toHaveLength(7);
    expect(maya.sees().map(textOf)).toContain(digest);
  });
});
