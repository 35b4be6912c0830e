import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textOf } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, slackChannel, teamsChannel, type World } from '../helpers/world.ts';
import { brief, createNotes, postNote, readDeliveries, refreshNote, type Notes } from './posting.ts';

const hour = 3_600_000;
const guest = '0a000000-0000-4000-8000-0000000000a3';

/** How a place becomes what it is, what a supervisor reads, and what an administrator may accept. */
const kinds = [
  {
    platform: 'slack',
    is: 'public',
    make: (world: World) => world.slack.changeChannel(slackChannel, { private: false }),
    reason: 'place_public',
    says: 'Everybody of the workspace can read along there.',
    accept: 'public',
  },
  {
    platform: 'slack',
    is: 'shared with another organisation',
    make: (world: World) => world.slack.changeChannel(slackChannel, { shared: true }),
    reason: 'place_shared',
    says: 'People of another organisation can read along there.',
    accept: 'shared',
  },
  {
    platform: 'slack',
    is: 'archived',
    make: (world: World) => world.slack.changeChannel(slackChannel, { archived: true }),
    reason: 'is_archived',
    says: 'The channel is archived.',
    accept: undefined,
  },
  {
    platform: 'slack',
    is: 'one Baton was taken out of',
    make: (world: World) => world.slack.changeChannel(slackChannel, { withBot: false }),
    reason: 'channel_not_found',
    says: 'Baton is not in that channel.',
    accept: undefined,
  },
  {
    platform: 'slack',
    is: 'public and without Baton',
    make: (world: World) => world.slack.changeChannel(slackChannel, { private: false, withBot: false }),
    reason: 'not_in_channel',
    says: 'Baton is not in that channel.',
    accept: undefined,
  },
  {
    platform: 'teams',
    is: 'one with a guest in it',
    make: (world: World) => world.teams.setGuest({ user: guest, guest: true }),
    reason: 'place_guests',
    says: 'Guests can read along there.',
    accept: 'guests',
  },
  {
    platform: 'teams',
    is: 'shared with another tenant',
    make: (world: World) =>
      world.teams.setGuest({ user: guest, guest: false, tenant: '99999999-0000-4000-8000-000000000009' }),
    reason: 'place_shared',
    says: 'People of another organisation can read along there.',
    accept: 'shared',
  },
] as const;

describe('before anything is posted to a place', () => {
  let world: World;
  let notes: Notes;
  beforeEach(async () => {
    notes = createNotes();
    notes.texts.set('one', 'first words');
    notes.texts.set('two', 'second words');
    world = await openWorld({ cards: notes.cards, placesKnown: false });
  });
  afterEach(() => world.close());

  const rows = async (platform: string, subject = 'one'): Promise<string[]> =>
    (await readDeliveries(world.store))
      .filter((row) => row.subject === subject && (row.platform === platform || row.to.startsWith('person')))
      .map(brief);
  const inPlace = (platform: 'slack' | 'teams'): string[] =>
    platform === 'slack'
      ? world.slack.messages(slackChannel).map(({ blocks }) => JSON.stringify(blocks))
      : world.teams.messages(teamsChannel).map(({ card }) => JSON.stringify(card));
  const place = (platform: 'slack' | 'teams') =>
    world.store.inOrganisation('riverside', (tx) =>
      tx.db.teamPlace.findFirstOrThrow({ where: { place: platform === 'slack' ? slackChannel : teamsChannel } }),
    );
  const post = async (priority: 'answer' | 'escalation' = 'answer', subject = 'one'): Promise<void> => {
    await postNote(world, subject, { to: { team: 'east' }, priority });
    await world.delivered();
  };
  const supervisor = (): string => {
    const reads = platforms.flatMap((one) => handOf(world, one, 'dana').sees());
    return reads.map(textOf).join('\n');
  };

  it.each(platforms)('%s is asked what it is, and a private place of our own people gets it', async (platform) => {
    await post();
    expect(await rows(platform)).toEqual([`team:east sent ${platform} 1 -`]);
    expect(inPlace(platform)).toHaveLength(1);
    expect(await place(platform)).toMatchObject({ checkedAt: world.clock.now(), traits: [] });
  });

  describe.each(kinds)('a place on $platform that is $is', ({ platform, make, reason, says }) => {
    beforeEach(() => make(world));

    it('gets nothing: parked with a coded reason, and the supervisor is told what to do', async () => {
      await post();
      expect(await rows(platform)).toEqual([`team:east parked ${platform} 1 ${reason}`]);
      expect(inPlace(platform)).toEqual([]);
      expect(supervisor()).toContain(says);
    });

    it('gets no escalation either: it goes to the supervisor in person', async () => {
      await post('escalation');
      expect(await rows(platform)).toEqual([
        `team:east parked ${platform} 1 ${reason}`,
        expect.stringMatching(/^person:dana sent (slack|teams) 1 -$/),
      ]);
      expect(inPlace(platform)).toEqual([]);
    });
  });

  const acceptable = kinds.flatMap((kind) => (kind.accept === undefined ? [] : [kind]));
  describe.each(acceptable)('a place on $platform that is $is', ({ platform, make, reason, accept }) => {
    it('gets it where an administrator accepted just that', async () => {
      make(world);
      const others = ['public', 'shared', 'guests'].filter((one) => one !== accept);
      const allow = (allowed: readonly string[]): Promise<unknown> =>
        world.store.inOrganisation('riverside', (tx) =>
          tx.db.teamPlace.updateMany({ data: { allowed: [...allowed] } }),
        );
      await allow(others);
      await post();
      expect(await rows(platform)).toEqual([`team:east parked ${platform} 1 ${reason}`]);
      await allow([accept]);
      await post('answer', 'two');
      expect(await rows(platform, 'two')).toEqual([`team:east sent ${platform} 1 -`]);
    });
  });

  it('a good answer holds six hours, then the platform is asked again', async () => {
    await post();
    world.slack.changeChannel(slackChannel, { private: false });
    world.clock.advance(5.9 * hour);
    await post('answer', 'two');
    expect(await rows('slack', 'two')).toEqual(['team:east sent slack 1 -']);
    notes.texts.set('three', 'third words');
    world.clock.advance(0.1 * hour);
    await post('answer', 'three');
    expect(await rows('slack', 'three')).toEqual(['team:east parked slack 1 place_public']);
  });

  it('what was refused is asked again at every try: a channel made private gets what waited', async () => {
    world.slack.changeChannel(slackChannel, { private: false });
    await post();
    world.slack.changeChannel(slackChannel, { private: true });
    await handOf(world, 'slack', 'dana').presses('Retry', 'East team');
    await world.delivered();
    expect(await rows('slack')).toContain('team:east sent slack 1 -');
  });

  it('a card that stands in a place opened to others is changed no more', async () => {
    await post();
    world.slack.changeChannel(slackChannel, { private: false });
    world.clock.advance(6 * hour);
    await post('answer', 'two');
    notes.texts.set('one', 'other words');
    await refreshNote(world, 'one');
    await world.delivered();
    expect(inPlace('slack').join()).not.toContain('other words');
    expect(inPlace('teams').join()).toContain('other words');
  });

  it.each(platforms)('%s does not say what a place is: nothing is posted there yet', async (platform) => {
    world.slack.faults.set([{ kind: '500', method: 'conversations.info', times: 1 }]);
    world.teams.faults.add({ kind: '502', conversation: teamsChannel, times: 1 });
    await post();
    expect(await rows(platform)).toEqual([`team:east pending ${platform} 1 not_inspected`]);
    expect(inPlace(platform)).toEqual([]);
    world.clock.advance(5_000);
    await world.delivered();
    expect(await rows(platform)).toEqual([`team:east sent ${platform} 2 -`]);
  });

  it('an installation without the permission to ask says so, instead of guessing', async () => {
    world.slack.faults.set([{ kind: 'error:missing_scope', method: 'conversations.info', times: 1 }]);
    await post();
    expect(await rows('slack')).toEqual(['team:east parked slack 1 missing_scope']);
  });
});
