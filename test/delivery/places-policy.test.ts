import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultRows } from '../helpers/fault-rows.ts';
import { openWorld, teamsChannel, type World } from '../helpers/world.ts';
import { brief, createNotes, postNote, readDeliveries, type Notes } from './posting.ts';

/**
 * The rows "reroute", "person gone" and "workspace gone" of the platforms' table of errors, each code with its outcome.
 * What a transport does wrong has files of its own.
 */
describe('a platform’s no, by its code', () => {
  let world: World;
  let notes: Notes;
  beforeEach(async () => {
    notes = createNotes();
    notes.texts.set('one', 'first words');
    world = await openWorld({ cards: notes.cards });
    // Dana is told on Slack, Maya is on Slack alone.
    await world.store.inOrganisation('riverside', (tx) =>
      tx.db.identity.deleteMany({ where: { workspaceId: 'rs-teams', personId: { in: ['dana', 'maya'] } } }),
    );
  });
  afterEach(() => world.close());
  const rows = async (): Promise<string[]> =>
    (await readDeliveries(world.store)).map(brief).filter((row) => !row.startsWith('team:east sent'));
  const told = async (): Promise<string[]> => (await readDeliveries(world.store, 'deliveries.parked')).map(brief);
  const send = async (to: { team: string } | { person: string }, priority: 'answer' | 'escalation'): Promise<void> => {
    await postNote(world, 'one', { to, priority });
    await world.delivered();
  };

  describe.each(faultRows(['is_archived', 'channel_not_found', 'not_in_channel', 'restricted_action'] as const))(
    'Slack says %s of a place',
    (code) => {
      beforeEach(() => world.slack.faults.set([{ kind: `error:${code}`, method: 'chat.postMessage', times: 1 }]));

      it('parks what goes there and tells the supervisor', async () => {
        await send({ team: 'east' }, 'answer');
        expect(await rows()).toEqual([`team:east parked slack 1 ${code}`]);
        expect(await told()).toEqual(['person:dana sent slack 1 -']);
      });

      it('sends an escalation to the supervisor in person besides', async () => {
        await send({ team: 'east' }, 'escalation');
        expect(await rows()).toEqual([`team:east parked slack 1 ${code}`, 'person:dana sent slack 1 -']);
      });
    },
  );

  describe.each(
    faultRows(['user_not_found', 'users_not_found', 'user_disabled', 'cannot_dm_bot', 'account_inactive'] as const),
  )('Slack says %s of a person', (code) => {
    it.each(['answer', 'escalation'] as const)('%s: the supervisor has it instead', async (priority) => {
      world.slack.faults.set([{ kind: `error:${code}`, method: 'conversations.open', times: 1 }]);
      await send({ person: 'maya' }, priority);
      expect(await rows()).toEqual([`person:maya superseded slack 1 ${code}`, 'person:dana sent slack 1 -']);
      expect(await told()).toEqual([]);
    });
  });

  describe.each(
    faultRows([
      'token_revoked',
      'token_expired',
      'invalid_auth',
      'app_uninstalled',
      'team_access_not_granted',
    ] as const),
  )('Slack says %s of our installation', (code) => {
    beforeEach(() => world.slack.faults.set([{ kind: `error:${code}`, method: 'chat.postMessage', times: 1 }]));

    it('keeps what goes to a place until it is installed again', async () => {
      await send({ team: 'east' }, 'answer');
      expect(await rows()).toEqual([`team:east parked slack 1 ${code}`]);
      world.clock.advance(60_000);
      await world.store.inOrganisation('riverside', (tx) =>
        tx.db.workspace.updateMany({ where: { id: 'rs-slack' }, data: { installedAt: world.clock.now() } }),
      );
      await world.delivered();
      expect(await rows()).toEqual([]);
    });

    it('sends an escalation to a person without another platform to the supervisor', async () => {
      await send({ person: 'maya' }, 'escalation');
      expect(await rows()).toEqual([`person:maya superseded slack 1 ${code}`, 'person:dana sent slack 1 -']);
    });
  });

  describe.each(faultRows(['invalid_blocks', 'msg_too_long', 'msg_blocks_too_long'] as const))(
    'Slack says %s of our card',
    (code) => {
      it('gets it once as plain text, with an alarm', async () => {
        world.slack.faults.set([{ kind: `error:${code}`, method: 'chat.postMessage', times: 1 }]);
        await send({ person: 'maya' }, 'answer');
        expect(await rows()).toEqual(['person:maya sent slack 1 -']);
        expect(world.loggedNow.filter(({ event }) => event === 'delivery.card-refused')).toHaveLength(1);
      });
    },
  );

  describe.each(
    faultRows([
      ['403', 'MessageWritesBlocked'],
      ['403', 'BotNotInConversationRoster'],
      ['404', 'ConversationNotFound'],
      ['413', 'MessageSizeTooBig'],
    ] as const),
  )('Teams says %s %s of a place', (kind, code) => {
    beforeEach(() => world.teams.faults.add({ kind, code, conversation: teamsChannel, times: 1 }));

    it('parks what goes there and tells the supervisor', async () => {
      await send({ team: 'east' }, 'answer');
      expect(await rows()).toEqual([`team:east parked teams 1 ${code}`]);
      expect(await told()).toEqual(['person:dana sent slack 1 -']);
    });

    it('sends an escalation to the supervisor in person besides', async () => {
      await send({ team: 'east' }, 'escalation');
      expect(await rows()).toEqual([`team:east parked teams 1 ${code}`, 'person:dana sent slack 1 -']);
    });
  });
});
