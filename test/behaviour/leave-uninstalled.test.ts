import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { brief, createNotes, postNote, readDeliveries, type Notes } from '../delivery/posting.ts';
import { handOf, openWorld, slackChannel, teamsChannel, type World } from '../helpers/world.ts';
import { accounts, audited } from './leave-scene.ts';

describe('Baton taken out', () => {
  let world: World;
  let notes: Notes;
  beforeEach(async () => {
    notes = createNotes();
    for (const name of ['one', 'two', 'three']) notes.texts.set(name, `words of ${name}`);
    world = await openWorld({ cards: notes.cards });
  });
  afterEach(() => world.close());
  const rows = async (subject: string): Promise<string[]> =>
    (await readDeliveries(world.store)).filter((row) => row.subject === subject).map(brief);
  const removed = async (workspace: string): Promise<boolean> =>
    world.store.inOrganisation('riverside', async (tx) => {
      const row = await tx.db.workspace.findFirstOrThrow({ where: { id: workspace } });
      return row.removedAt !== null;
    });
  const send = async (subject: string, to: { person: string } | { team: string }): Promise<void> => {
    await postNote(world, subject, { to });
    await world.delivered();
  };
  const tick = async (): Promise<void> => {
    world.clock.advance(60_000);
    await world.service.tick();
    await world.delivered();
  };

  describe('of a Slack workspace', () => {
    it('stops sending there and keeps everything: people are reached on Teams, places wait', async () => {
      await world.slack.uninstall();
      await world.settled();
      expect(await removed('rs-slack')).toBe(true);
      expect(await audited(world, ['workspace.removed'])).toEqual(['slack workspace.removed rs-slack']);
      await send('one', { person: 'maya' });
      await send('two', { team: 'east' });
      expect(await rows('one')).toEqual(['person:maya sent teams 1 -']);
      expect(await rows('two')).toEqual(['team:east parked slack 1 workspace_gone', 'team:east sent teams 1 -']);
    });

    it('and installed again: what waited goes out, once somebody acts there', async () => {
      await world.slack.uninstall();
      await world.settled();
      await send('two', { team: 'east' });
      world.slack.reinstall();
      world.clock.advance(60_000);
      await handOf(world, 'slack', 'maya').types('help');
      expect(await removed('rs-slack')).toBe(false);
      await tick();
      expect(await rows('two')).toContain('team:east sent slack 1 -');
      expect(world.slack.messages(slackChannel)).toHaveLength(1);
    });

    it('a goodbye older than the last installation is none', async () => {
      const installedAt = world.clock.now();
      await world.store.inOrganisation('riverside', (tx) =>
        tx.db.workspace.updateMany({ where: { id: 'rs-slack' }, data: { installedAt } }),
      );
      const before = Math.floor(world.clock.wallNow().getTime() / 1_000) - 3_600;
      await world.slack.event({ type: 'app_uninstalled' }, { id: 'EvOLD', attempt: 1, time: before });
      await world.settled();
      expect(await removed('rs-slack')).toBe(false);
      world.clock.advance(60_000);
      await world.slack.event({ type: 'app_uninstalled' });
      await world.settled();
      expect(await removed('rs-slack')).toBe(true);
    });

    it('a token that was revoked is the same; that of one person is nothing', async () => {
      await world.slack.event({ type: 'tokens_revoked', tokens: { oauth: ['U0MAYA'] } });
      await world.settled();
      expect(await removed('rs-slack')).toBe(false);
      await world.slack.event({ type: 'tokens_revoked', tokens: { bot: ['UBATON'] } });
      await world.settled();
      expect(await removed('rs-slack')).toBe(true);
    });

    it('F20 a token revoked mid-run: an escalation to a person goes by Teams, one to a place to the supervisor', async () => {
      world.slack.faults.set([{ kind: 'error:token_revoked', times: 100 }]);
      await postNote(world, 'one', { to: { person: 'maya' }, priority: 'escalation' });
      await postNote(world, 'two', { to: { team: 'east' }, priority: 'escalation' });
      await world.delivered();
      expect((await rows('one'))[0]).toBe('person:maya sent teams 2 -');
      expect(await rows('two')).toContain('team:east parked slack 1 token_revoked');
      expect(await rows('two')).toContain('person:dana sent teams 2 -');
    });
  });

  describe('of one chat in Teams', () => {
    it('closes that way only: the person is reached on Slack, everybody else as before', async () => {
      await world.teams.uninstall({ user: accounts.maya.teams });
      await world.settled();
      expect(await removed('rs-teams')).toBe(false);
      await send('one', { person: 'maya' });
      expect((await rows('one'))[0]).toMatch(/^person:maya sent slack \d -$/);
    });

    it('blocked by who has nothing else: an escalation goes to the supervisor, other messages are parked', async () => {
      await world.store.inOrganisation('riverside', (tx) =>
        tx.db.identity.deleteMany({ where: { personId: 'maya', workspaceId: 'rs-slack' } }),
      );
      const chat = world.teams.chatOf(accounts.maya.teams) ?? '';
      world.teams.faults.add({ kind: '403', conversation: chat, times: 1 });
      await postNote(world, 'one', { to: { person: 'maya' }, priority: 'escalation' });
      await world.delivered();
      expect(await rows('one')).toEqual([
        'person:maya superseded teams 1 MessageWritesBlocked',
        'person:dana sent slack 1 -',
      ]);
      world.teams.faults.add({ kind: '403', conversation: chat, times: 1 });
      await send('two', { person: 'maya' });
      expect(await rows('two')).toEqual(['person:maya parked teams 1 MessageWritesBlocked']);
    });
  });

  describe('of a channel in Teams', () => {
    it('parks what goes there, and sends again once it is back', async () => {
      await world.teams.uninstall({ user: accounts.maya.teams, conversation: teamsChannel });
      await world.settled();
      await send('one', { team: 'east' });
      expect(await rows('one')).toEqual(['team:east sent slack 1 -', 'team:east parked teams 1 not_in_channel']);
      await world.teams.install({ user: accounts.maya.teams, conversation: teamsChannel });
      await world.settled();
      await send('two', { team: 'east' });
      expect(await rows('two')).toContain('team:east sent teams 1 -');
    });

    it('that happened before it was added again is ignored', async () => {
      await world.teams.uninstall({ user: accounts.maya.teams });
      await world.settled();
      await world.teams.install({ user: accounts.maya.teams });
      await world.settled();
      const chats = (): Promise<number> =>
        world.store.inOrganisation('riverside', (tx) =>
          tx.db.conversationReference.count({ where: { platformUser: accounts.maya.teams } }),
        );
      expect(await chats()).toBe(1);
      const old = new Date(world.clock.wallNow().getTime() - 3_600_000);
      const chat = world.teams.chatOf(accounts.maya.teams) ?? '';
      await world.teams.uninstall({ user: accounts.maya.teams, conversation: chat, at: old });
      await world.settled();
      expect(await chats()).toBe(1);
    });
  });
});
