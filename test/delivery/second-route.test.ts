import { personOf } from '../../src/access/actor.ts';
import { byPerson } from '../../src/doer.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Work, Post } from '../../src/feature/feature.ts';
import { Refusal } from '../../src/chat/refusal.ts';
import { nextRoute } from '../../src/delivery/second-route.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';
import { onlyOn } from '../behaviour/refer-scene.ts';
import { brief, createNotes, postNote, readDeliveries, type Notes } from './posting.ts';

const seconds = 1_000;

describe('the next way of an escalation that is not confirmed', () => {
  const late = { waited: 60_000, opened: 0, otherWay: true, rerouted: false };
  it.each([
    ['before a minute none', { waited: 59_999 }, undefined, 0],
    ['after a minute the other platform', {}, 'other-platform', 1],
    ['after a minute the supervisors, where there is no other platform', { otherWay: false }, 'supervisors', 2],
    ['after another minute the supervisors', { waited: 120_000, opened: 1 }, 'supervisors', 2],
    ['not the supervisors before that', { waited: 119_999, opened: 1 }, undefined, 1],
    ['nobody further when all were told', { waited: 999_999, opened: 2 }, undefined, 2],
    ['nobody beyond who stands in already', { otherWay: false, rerouted: true }, undefined, 2],
  ] as const)('%s', (_what, given, route, opened) => {
    expect(nextRoute({ ...late, ...given })).toEqual({ route, opened });
  });
});

describe('the second way of a message', () => {
  let world: World;
  let notes: Notes;
  /** Who may see the private notes, by their id. */
  let readers: Set<string>;
  const privateKind = 'notes.private';
  const drawPrivate = async (work: Work, subject: string) => {
    if (!readers.has(personOf(work.actor) ?? '')) throw new Refusal('not-allowed', 'This is not for you.');
    return { ...notes.card(subject), kind: privateKind };
  };
  beforeEach(async () => {
    notes = createNotes();
    readers = new Set(['maya']);
    world = await openWorld({ cards: new Map([...notes.cards, [privateKind, drawPrivate]]) });
  });
  afterEach(() => world.close());

  async function escalate(name: string, more: Partial<Post> = {}): Promise<void> {
    notes.texts.set(name, `note ${name}.`);
    await postNote(world, name, { priority: 'escalation', ...more });
    await world.delivered();
  }
  async function pass(milliseconds: number): Promise<void> {
    world.clock.advance(milliseconds);
    await world.delivered();
  }
  const seenBy = (person: string, platform: 'slack' | 'teams'): string[] => {
    const hand = handOf(world, platform, person);
    const shared = new Set(hand.channel().map(({ id }) => id));
    return hand
      .sees()
      .filter(({ id }) => !shared.has(id))
      .map(textOf);
  };
  const rows = async (kind?: string): Promise<string[]> => (await readDeliveries(world.store, kind)).map(brief);
  const mayaOnSlackFails = (
    kind: '429' | `error:${string}`,
    more: { times?: number; retryAfter?: number } = {},
  ): void =>
    world.slack.faults.set([
      { kind, method: 'chat.postMessage', channel: world.slack.direct('U0MAYA'), times: 1_000, ...more },
    ]);
  const set = (sql: TemplateStringsArray): Promise<number> =>
    world.store.inOrganisation('riverside', (tx) => tx.db.$executeRaw(sql));

  it('is the other platform of the same person after a minute without a confirmation, and not before', async () => {
    mayaOnSlackFails('error:service_unavailable');
    await escalate('x');
    await pass(59 * seconds);
    expect(seenBy('maya', 'teams').join()).not.toContain('note x.');
    await pass(seconds);
    expect(seenBy('maya', 'teams')).toContain('note x.');
    expect(seenBy('dana', 'slack').join()).not.toContain('note x.');
  });

  it('and then nothing more: whoever has it is not told by the first way as well, nor anybody in their place', async () => {
    mayaOnSlackFails('error:service_unavailable');
    await escalate('x');
    await pass(60 * seconds);
    await pass(61 * seconds);
    world.slack.faults.set([]);
    await pass(600 * seconds);
    expect(seenBy('maya', 'slack')).toEqual([]);
    expect(seenBy('dana', 'slack').join()).not.toContain('note x.');
    expect((await rows()).sort()).toEqual([
      'person:maya sent teams 1 -',
      expect.stringMatching(/^person:maya superseded slack \d+ arrived_elsewhere$/),
    ]);
  });

  it('is the supervisor where there is no other platform, while the first way is tried on', async () => {
    await onlyOn(world, 'slack', 'maya');
    mayaOnSlackFails('error:service_unavailable');
    await escalate('x');
    await pass(60 * seconds);
    expect(seenBy('dana', 'slack')).toContain('note x.');
    world.slack.faults.set([]);
    await pass(60 * seconds);
    expect(seenBy('maya', 'slack')).toEqual(['note x.']);
    await pass(600 * seconds);
    expect(seenBy('dana', 'slack').filter((text) => text.includes('note x.'))).toHaveLength(1);
  });

  it('is the supervisor too when neither platform confirms', async () => {
    mayaOnSlackFails('error:service_unavailable');
    const chat = world.teams.chatOf('0a000000-0000-4000-8000-0000000000a1') ?? '';
    world.teams.faults.add({ kind: '412', conversation: chat, times: 1_000 });
    await escalate('x');
    await pass(60 * seconds);
    expect(seenBy('dana', 'slack').join()).not.toContain('note x.');
    await pass(60 * seconds);
    expect(seenBy('dana', 'slack')).toContain('note x.');
  });

  it('does not wait out what a platform asks for', async () => {
    mayaOnSlackFails('429', { retryAfter: 300 });
    await escalate('first');
    await pass(10 * seconds);
    await escalate('second');
    await pass(60 * seconds);
    expect(seenBy('maya', 'teams').sort()).toEqual(['note first.', 'note second.']);
  });

  it('is opened at once by a definite no', async () => {
    mayaOnSlackFails('error:restricted_action');
    await escalate('x');
    expect(seenBy('maya', 'teams')).toContain('note x.');
    await onlyOn(world, 'slack', 'maya');
    await escalate('y');
    expect(seenBy('dana', 'slack')).toContain('note y.');
  });

  it('is opened for no other message: those wait for their first way', async () => {
    mayaOnSlackFails('error:service_unavailable');
    await escalate('x', { priority: 'answer' });
    await pass(300 * seconds);
    expect(seenBy('maya', 'teams').join()).not.toContain('note x.');
    expect(seenBy('dana', 'slack').join()).not.toContain('note x.');
  });

  it('of a message that is planned for later counts from then', async () => {
    mayaOnSlackFails('error:service_unavailable');
    await escalate('x', { notBefore: new Date(world.clock.now().getTime() + 3_600 * seconds) });
    await pass(3_599 * seconds);
    expect(await rows()).toEqual(['person:maya pending - 0 -']);
  });

  it('leads to directors and administrators where no supervisor is left', async () => {
    await set`update person set roles = array['coordinator'] where organisation_id = 'riverside' and id = 'dana'`;
    await set`update person set roles = array['admin'] where organisation_id = 'riverside' and id = 'bea'`;
    await onlyOn(world, 'slack', 'maya');
    mayaOnSlackFails('error:restricted_action');
    await escalate('x');
    expect(seenBy('bea', 'slack')).toContain('note x.');
    await set`update person set roles = array['director'] where organisation_id = 'riverside' and id = 'jon'`;
    await escalate('y');
    expect(seenBy('jon', 'slack')).toContain('note y.');
    expect(seenBy('bea', 'slack').join()).not.toContain('note y.');
  });

  describe.each(platforms)('to somebody on %s who may not see the content', (platform) => {
    let dana: Hand;
    beforeEach(async () => {
      dana = await onlyOn(world, platform, 'dana');
      await onlyOn(world, 'slack', 'maya');
      mayaOnSlackFails('error:restricted_action');
      await escalate('x', { kind: privateKind });
    });

    it('goes without it: no code, no severity, only a way in', async () => {
      const told = seenBy('dana', platform).filter((text) => text.includes('Something needs you'));
      expect(told.map((text) => text.replaceAll('\n', ' '))).toEqual(['Something needs you in Baton. Open it: [Open]']);
      expect(JSON.stringify(seenBy('dana', platform))).not.toContain('note x.');
      expect(await rows(privateKind)).toContain(`person:dana sent ${platform} 1 -`);
    });

    it('opens to whoever may see it by then, and tells others in words whom to ask', async () => {
      expect((await dana.presses('Open', 'Something needs you')).text).toContain('You may not see this one yourself.');
      readers.add('dana');
      expect((await dana.presses('Open', 'Something needs you')).text).toContain('note x.');
    });
  });

  it('news that are not for a reader are not sent at all', async () => {
    await escalate('x', { kind: privateKind, to: { person: 'jon' }, priority: 'answer' });
    expect(seenBy('jon', 'slack')).toEqual([]);
    expect(await rows(privateKind)).toEqual(['person:jon cancelled - 1 not-allowed']);
  });

  it('nobody opens what was announced to somebody else', async () => {
    await escalate('x');
    const [row] = await world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$queryRaw<{ id: string }[]>`select id::text as id from delivery`,
    );
    const { collectedFeatures } = await import('../../src/app.ts');
    const open = collectedFeatures.buttons.get('deliveries.open');
    const work = { tx: undefined, actor: byPerson('jon') };
    await expect(
      world.store.inOrganisation('riverside', async (tx) =>
        // Only what the button reads of an Ask.
        open?.({ ...work, tx } as unknown as Work, { subject: row?.id, version: undefined, choice: undefined }),
      ),
    ).rejects.toMatchObject({ code: 'not-allowed', denial: true });
  });
});
