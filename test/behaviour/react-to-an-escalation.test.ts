import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enrol, aClient } from '../helpers/organisation.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';
import { channelCopyOf, follow, onlyOn } from './refer-scene.ts';

/** How the card in the team's place begins its line about whom. */
const place = 'Escalation: K7T2-9';

describe.each(platforms)('an emoji on the card of an escalation, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  let jon: Hand;
  let sara: Hand;
  beforeEach(async () => {
    world = await openWorld();
    await enrol(world.store, world.clock, [aClient({ code: 'K7T2-9' })]);
    maya = await onlyOn(world, platform, 'maya');
    jon = handOf(world, platform, 'jon');
    sara = handOf(world, platform, 'sara');
    await follow(world, jon.types('escalate K7T2-9 crisis'));
  });
  afterEach(() => world.close());

  const channel = (): readonly string[] => jon.channel().map(textOf);
  const audit = (): Promise<number> => world.store.inOrganisation('riverside', async (tx) => tx.db.auditEvent.count());
  const deliveries = (): Promise<number> =>
    world.store.inOrganisation('riverside', async (tx) => tx.db.inboundDelivery.count());
  const trouble = (): readonly string[] =>
    world.logged.map(({ event }) => event).filter((event) => /fail|refus|not-sent|no-chat/.test(event));
  /** Everything this person has that others in the channel do not see. */
  const own = (hand: Hand): readonly string[] => {
    const shared = new Set(hand.channel().map(({ id }) => id));
    return hand
      .sees()
      .filter(({ id }) => !shared.has(id))
      .map(textOf);
  };

  it('acknowledges nothing: who put it there is told so, privately and with the button', async () => {
    const [before, state] = [channel(), (await stateOf(world)).state];
    const seen = await follow(world, sara.reacts(place));
    expect(seen.text).toContain('Seen is not taken. K7T2-9 still needs somebody.');
    expect(seen.buttons).toContain('Take it');
    expect([channel(), (await stateOf(world)).state]).toEqual([before, state]);
    expect(state).toBe('raised');
    for (const other of [jon, maya]) expect(own(other).join()).not.toContain('Seen is not taken');
  });

  it('does not stop the ladder', async () => {
    const { step } = await stateOf(world);
    await follow(world, sara.reacts(place));
    world.clock.advance(6 * 60_000);
    await world.service.tick();
    expect(await stateOf(world)).toMatchObject({ state: 'raised', step: step + 1 });
  });

  it('takes it with one more tap, and the card says who has it', async () => {
    await follow(world, sara.reacts(place));
    await follow(world, sara.presses('Take it'));
    expect(await stateOf(world)).toMatchObject({ state: 'acknowledged', by: 'sara' });
    expect((await channelCopyOf(world, jon, 'K7T2-9').catch(() => ({ text: channel().join('\n') }))).text).toContain(
      'Sara Lindqvist',
    );
  });

  it('is answered in the own conversation when it stands on the copy there', async () => {
    const own = maya.sees().find((message) => textOf(message).includes('Raised'));
    expect(own).toBeDefined();
    const seen = await follow(world, maya.reacts('Raised'));
    expect(seen.messages).toHaveLength(1);
    expect(seen.text).toContain('Seen is not taken. K7T2-9 still needs somebody.');
    expect(maya.channel().map(textOf).join()).not.toContain('Seen is not taken');
  });

  it('is met with silence once somebody has it', async () => {
    await follow(world, maya.presses('Acknowledge'));
    const seen = await follow(world, sara.reacts(place));
    expect(seen.text).not.toContain('Seen is not taken');
    expect(own(sara).join()).not.toContain('Seen is not taken');
  });

  it('names no client, whatever the organisation shows in personal messages', async () => {
    const seen = await follow(world, sara.reacts(place));
    expect(seen.text).not.toMatch(/Dan\b|Dee|D\.D\.|1974/);
    expect(JSON.stringify(world.logged)).not.toMatch(/Dan Dee|K7T2/);
  });

  it('writes nothing: no audit row and no delivery to keep', async () => {
    const before = [await audit(), await deliveries()];
    await follow(world, sara.reacts(place));
    expect([await audit(), await deliveries()]).toEqual(before);
  });

  it.each(['stranger', 'leaver'])('of a %s is nothing: no words, no denial, no trouble', async (who) => {
    const hand = who === 'stranger' ? handOf(world, platform, 'stranger') : sara;
    if (who === 'leaver') await leave(world, 'sara');
    const before = [await audit(), hand.sees().length];
    await follow(world, hand.reacts(place));
    expect([await audit(), hand.sees().length]).toEqual(before);
    expect(trouble()).toEqual([]);
  });

  it('tells somebody whose role takes none, without the button', async () => {
    const bea = handOf(world, platform, 'bea');
    const seen = await follow(world, bea.reacts(place));
    expect(seen.text).toContain('Seen is not taken. K7T2-9 still needs somebody.');
    expect(seen.buttons).not.toContain('Take it');
    expect((await stateOf(world)).state).toBe('raised');
  });

  it('on another card, or on an answer, is nothing', async () => {
    await follow(world, maya.types('refer K7T2-9 to team:east'));
    const before = [await audit(), sara.sees().length];
    await follow(world, sara.reacts('Referral: K7T2-9'));
    expect([await audit(), sara.sees().length]).toEqual(before);
    expect(trouble()).toEqual([]);
  });

  it('taken back is nothing', async () => {
    const before = own(sara).length;
    await takeBack(world, platform, sara);
    await world.settled();
    expect(own(sara)).toHaveLength(before);
    expect(trouble()).toEqual([]);
  });

  it('is met with silence when something of ours breaks', async () => {
    await world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`update escalation set policy = '{"broken": true}'::jsonb`,
    );
    const before = own(sara).length;
    await follow(world, sara.reacts(place));
    expect(own(sara)).toHaveLength(before);
    expect(trouble()).toEqual(['inbound failed']);
  });
});

describe.each(platforms)('an emoji on the card of an escalation that needs two, on %s', (platform) => {
  const ladder = `    escalation:
      crisis: { needsTwo: true, steps: [{ after: 0, tell: [owner] }] }
    places:`;
  let world: World;
  beforeEach(async () => {
    world = await openWorld({ organisation: (text) => text.replace('    places:', ladder) });
    await enrol(world.store, world.clock, [aClient({ code: 'K7T2-9' })]);
    await follow(world, handOf(world, platform, 'jon').types('escalate K7T2-9 crisis'));
    await follow(world, handOf(world, platform, 'jon').presses('Acknowledge'));
  });
  afterEach(() => world.close());

  it('tells everybody else that a second person is needed, and the first one nothing', async () => {
    const seen = await follow(world, handOf(world, platform, 'sara').reacts(place));
    expect(seen.text).toContain('Seen is not taken. K7T2-9 still needs a second person.');
    expect(seen.buttons).toContain('Take it');
    const first = await follow(world, handOf(world, platform, 'jon').reacts(place));
    expect(first.text).not.toContain('Seen is not taken');
  });
});

function stateOf(world: World): Promise<{ state: string; step: number; by: string | null }> {
  return world.store.inOrganisation('riverside', async (tx) => {
    const rows = await tx.db.$queryRaw<{ state: string; step: number; by: string | null }[]>`
      select state, step, acknowledged_by as by from escalation`;
    const [row] = rows;
    if (row === undefined || rows.length > 1) throw new Error('there should be one escalation');
    return row;
  });
}

async function leave(world: World, person: string): Promise<void> {
  await world.store.inOrganisation(
    'riverside',
    (tx) => tx.db.$executeRaw`update identity set active = false where person_id = ${person}`,
  );
}

/** On Slack nobody asked to hear of it, so the event is sent by hand; Teams tells it by itself. */
async function takeBack(world: World, platform: 'slack' | 'teams', hand: Hand): Promise<void> {
  const id = hand.channel().find((message) => textOf(message).includes(place))?.id ?? '';
  if (platform === 'slack') {
    const item = { type: 'message', channel: 'C0EAST', ts: id };
    await world.slack.event({ type: 'reaction_removed', user: 'U0SARA', reaction: 'eyes', item, item_user: 'UBATON' });
    return;
  }
  const user = '0a000000-0000-4000-8000-0000000000a3';
  const sent = world.teams.activity({ user, conversation: '19:east@thread.tacv2' });
  const reaction = { ...sent, type: 'messageReaction', reactionsRemoved: [{ type: 'like' }], replyToId: id };
  await world.teams.post(reaction, await world.teams.token());
}
