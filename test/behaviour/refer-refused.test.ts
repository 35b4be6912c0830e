import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import type { Reply } from '../../src/chat/reply.ts';
import { renderPlain } from '../../src/chat/render-plain.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import type { Hand } from '../helpers/screen.ts';
import { openWorld, platforms, slackTenant, type World } from '../helpers/world.ts';
import { copyOf, follow, onlyOn } from './refer-scene.ts';

const exported = (world: World, table: string): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  world.store.inOrganisation(
    'riverside',
    async (tx) => (await collectedFeatures.exports.get(table)?.read(tx, {})) ?? [],
  );
const denials = async (world: World): Promise<number> =>
  (await exported(world, 'audit')).filter(({ verb }) => verb === 'access.denied').length;

describe.each(platforms)('a referral that cannot be, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  beforeAll(async () => {
    world = await openWorld();
    maya = await onlyOn(world, platform, 'maya');
    await onlyOn(world, platform, 'keisha');
    await enrol(world.store, world.clock, [
      aClient({ code: 'K7T2-9', name: 'Dan Dee' }),
      aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05', status: 'discharged' }),
      aClient({ code: 'P0Q8-7', name: 'Fay Fox', born: '1990-05-05', team: 'west', coordinator: 'keisha' }),
    ]);
    await world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`update person set active = false where id = 'sara'`,
    );
  });
  afterAll(() => world.close());

  it.each([
    [
      'to oneself',
      '@maya',
      'That is you, and a referral needs somebody else. Choose a colleague, a team or a partner.',
    ],
    ['to somebody who left', '@sara', 'Sara Lindqvist cannot be reached here any more, so nobody was asked.'],
    ['to somebody outside the care teams', '@bea', 'Bea Novak does not take referrals, so nobody was asked.'],
    ['to somebody unknown', '@nobody', 'I do not know that person here, so nobody was asked.'],
    ['to an unknown team', 'team:north', 'I do not know a team of that name, so nobody was asked.'],
    ['to an unknown partner', 'partner:x', 'I do not know a partner of that name, so nobody was asked.'],
  ])('is refused %s, with what to do next', async (_what, to, sentence) => {
    const screen = await maya.types(`refer K7T2-9 to ${to}`);
    expect(screen.text).toContain(sentence);
    expect(screen.buttons).toEqual(['Choose from a list']);
  });

  it('is refused for two receivers at once', async () => {
    const screen = await maya.types('refer K7T2-9 to @jon to team:west');
    expect(screen.text).toContain('Two different answers for one place (receiver). Please keep one.');
  });

  it('is refused for a client of another team, and on record', async () => {
    const before = await denials(world);
    expect((await maya.types('refer P0Q8-7 to @jon')).text).toContain('I do not know a client with that code');
    expect(await denials(world)).toBe(before + 1);
  });

  it('is refused for a client who is not served', async () => {
    expect((await maya.types('refer M4XR-1 to @jon')).text).toContain(
      'M4XR-1 is discharged here, so nobody was asked.',
    );
  });

  it('needs one receiver in the form, not none', async () => {
    const opened = await maya.types('refer K7T2-9 urgent for housing');
    expect(opened.form?.title).toBe('Refer a client');
    expect(opened.form?.initial).toMatchObject({ urgency: 'urgent', service: 'housing' });
    const screen = await maya.fills({ question: 'A flat' });
    expect(screen.form?.errors).toEqual({ to: 'Please choose to whom.' });
    expect((await follow(world, maya.fills({ to: 'team:west', question: 'A flat' }))).text).toContain(
      'Referred: K7T2-9',
    );
  });

  it('and nothing of all this was saved', async () => {
    expect((await exported(world, 'referrals')).map(({ to }) => to)).toEqual(['west']);
  });
});

describe('a step that is not theirs to take', () => {
  let world: World;
  let referral: string;
  beforeAll(async () => {
    world = await openWorld();
    await enrol(world.store, world.clock, [aClient({ code: 'K7T2-9', name: 'Dan Dee' })]);
    const maya = await onlyOn(world, 'slack', 'maya');
    await follow(world, maya.types('refer K7T2-9 to @jon'));
    referral = String((await exported(world, 'referrals'))[0]?.['id']);
  });
  afterAll(() => world.close());

  let deliveries = 0;
  const presses = async (
    user: string,
    action: string,
    more: { subject?: string; choice?: string } = {},
  ): Promise<string> => {
    deliveries += 1;
    const reply: Reply = await world.service.receive({
      platform: 'slack',
      tenant: slackTenant,
      user,
      place: { id: 'D1', kind: 'direct' },
      delivery: `forged-${deliveries}`,
      what: { kind: 'button', action, subject: referral, ...more },
    });
    return reply.kind === 'answer' && reply.card !== undefined ? renderPlain(reply.card) : reply.kind;
  };

  it.each([
    ['a colleague of the team', 'U0SARA', 'referrals.accept', 'Only Jon Reyes can do that. Nothing was changed.'],
    ['who asked', 'U0MAYA', 'referrals.accept', 'Only Jon Reyes can do that. Nothing was changed.'],
    ['who was asked', 'U0JON', 'referrals.enter-in-error', 'Only Maya Torres can do that. Nothing was changed.'],
    ['a supervisor, while both still work here', 'U0DANA', 'referrals.accept', 'Only Jon Reyes can do that.'],
    ['somebody of another team', 'U0KEISHA', 'referrals.accept', 'I cannot find that referral among yours.'],
    ['somebody of another team who opens it', 'U0KEISHA', 'referrals.show', 'I cannot find that referral among yours.'],
    ['billing', 'U0BEA', 'referrals.show', 'I cannot find that referral among yours.'],
  ])('is refused to %s, and on record', async (_who, user, action, sentence) => {
    const before = await denials(world);
    expect(await presses(user, action)).toContain(sentence);
    expect(await denials(world)).toBe(before + 1);
  });

  it('is refused too early: nothing can be closed or begun before it was answered', async () => {
    expect(await presses('U0MAYA', 'referrals.close')).toContain(
      'The referral of K7T2-9 is waiting for an answer now.',
    );
    expect(await presses('U0JON', 'referrals.start')).toContain('The referral of K7T2-9 is waiting for an answer now.');
  });

  it('is refused for what only a partner is tracked by', async () => {
    expect(await presses('U0JON', 'referrals.attempt', { choice: 'no-answer' })).toContain('Only a partner outside');
    expect(await presses('U0JON', 'referrals.attempt', { choice: 'sent-flowers' })).toContain(
      'one of the answers offered',
    );
    expect(await presses('U0JON', 'referrals.decline', { choice: 'not-said' })).toContain('one of the answers offered');
  });

  it('is refused for ids that are none', async () => {
    for (const subject of ['', "' or 1=1", '00000000-0000-4000-8000-000000000000']) {
      expect(await presses('U0JON', 'referrals.accept', { subject })).toContain('I cannot find that referral');
    }
  });

  it('has changed nothing', async () => {
    const [row] = await exported(world, 'referrals');
    expect(row).toMatchObject({ state: 'requested', receiver: 'jon' });
    expect(row?.['events']).toHaveLength(1);
  });

  it('is a supervisor’s when the person asked has left: they serve it from then on', async () => {
    await world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`update person set active = false where id = 'jon'`,
    );
    expect(await presses('U0DANA', 'referrals.accept')).toBe('answer');
    expect((await exported(world, 'referrals'))[0]).toMatchObject({ state: 'accepted', receiver: 'dana' });
    const maya = await onlyOn(world, 'slack', 'maya');
    expect((await copyOf(world, maya, 'K7T2-9')).text).toContain('State accepted');
  });
});
