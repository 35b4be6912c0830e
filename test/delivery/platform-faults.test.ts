import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultRows } from '../helpers/fault-rows.ts';
import { openWorld, slackChannel, teamsChannel, type World } from '../helpers/world.ts';
import { brief, createNotes, postNote, readDeliveries, type Notes } from './posting.ts';

const minutes = 60_000;
const teamsUserOfMaya = '0a000000-0000-4000-8000-0000000000a1';

describe('what a platform does wrong, and what becomes of the message', () => {
  let world: World;
  let notes: Notes;
  beforeEach(async () => {
    notes = createNotes();
    world = await openWorld({ cards: notes.cards });
    notes.texts.set('one', 'first words');
    notes.texts.set('two', 'second words');
  });
  afterEach(() => world.close());

  const inDm = (user: string): string[] =>
    world.slack.messages(world.slack.direct(user), user).map((message) => JSON.stringify(message.blocks));
  const inSlackChannel = (): string[] => world.slack.messages(slackChannel).map(({ blocks }) => JSON.stringify(blocks));
  const inTeamsChannel = (): string[] => world.teams.messages(teamsChannel).map(({ card }) => JSON.stringify(card));
  const rows = async (): Promise<string[]> => (await readDeliveries(world.store)).map(brief);
  const pass = async (milliseconds: number): Promise<void> => {
    world.clock.advance(milliseconds);
    await world.delivered();
  };
  /** Only on Slack from here on: the person has no other platform. */
  const onlyOnSlack = (person: string): Promise<number> =>
    world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`
        delete from identity where organisation_id = 'riverside' and person_id = ${person} and workspace_id = 'rs-teams'`,
    );
  const onlyOnTeams = (person: string): Promise<number> =>
    world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`
        delete from identity where organisation_id = 'riverside' and person_id = ${person} and workspace_id = 'rs-slack'`,
    );

  it('a message to a person arrives once, on the first platform they have', async () => {
    await postNote(world, 'one');
    await postNote(world, 'one');
    await world.delivered();
    expect(inDm('U0MAYA')).toHaveLength(1);
    expect(inDm('U0MAYA')[0]).toContain('first words');
    expect(await rows()).toEqual(['person:maya sent slack 1 -']);
  });

  it('a message to a team arrives once in each of its places', async () => {
    await postNote(world, 'one', { to: { team: 'east' } });
    await world.delivered();
    expect(inSlackChannel()).toHaveLength(1);
    expect(inTeamsChannel()).toHaveLength(1);
    expect(await rows()).toEqual(['team:east sent slack 1 -', 'team:east sent teams 1 -']);
  });

  it('a message is not sent before its time', async () => {
    await postNote(world, 'one', { notBefore: new Date(world.clock.now().getTime() + 10 * minutes) });
    await pass(9 * minutes);
    expect(inDm('U0MAYA')).toHaveLength(0);
    await pass(minutes);
    expect(inDm('U0MAYA')).toHaveLength(1);
  });

  it('429 with Retry-After holds that channel exactly that long, and nobody else', async () => {
    world.slack.faults.set([{ kind: '429', channel: slackChannel, times: 1, retryAfter: 30 }]);
    await postNote(world, 'one', { to: { team: 'east' } });
    await postNote(world, 'two');
    await world.delivered();
    expect(inSlackChannel()).toHaveLength(0);
    expect(inTeamsChannel()).toHaveLength(1);
    expect(inDm('U0MAYA')).toHaveLength(1);
    await pass(29_000);
    expect(inSlackChannel()).toHaveLength(0);
    await pass(1_000);
    expect(inSlackChannel()).toHaveLength(1);
    expect(await rows()).toContain('team:east sent slack 2 -');
  });

  it('a held channel holds later messages too, without asking the platform', async () => {
    world.slack.faults.set([{ kind: '429', channel: slackChannel, times: 1, retryAfter: 300 }]);
    await postNote(world, 'one', { to: { team: 'east' } });
    await world.delivered();
    await postNote(world, 'two', { to: { team: 'east' } });
    await pass(299_000);
    const held = (await readDeliveries(world.store)).filter(({ platform }) => platform === 'slack').map(brief);
    expect(held).toEqual(['team:east pending slack 1 ratelimited', 'team:east pending slack 0 -']);
    await pass(1_000);
    expect(inSlackChannel()).toHaveLength(2);
  });

  it('429 to one person holds that person only', async () => {
    world.slack.faults.set([{ kind: '429', channel: world.slack.direct('U0MAYA'), times: 1, retryAfter: 60 }]);
    await postNote(world, 'one');
    await world.delivered();
    await postNote(world, 'two');
    await postNote(world, 'for jon', { to: { person: 'jon' }, subject: 'two' });
    await world.delivered();
    expect(inDm('U0MAYA')).toHaveLength(0);
    expect(inDm('U0JON')).toHaveLength(1);
    await pass(minutes);
    expect(inDm('U0MAYA')).toHaveLength(2);
  });

  it.each(
    faultRows(
      [
        ['502', 'unknown'],
        ['412', 'pending'],
        ['429', 'pending'],
      ] as const,
      ([, state]) => state,
    ),
  )('Teams answers %s: it is %s, tried again, and arrives once', async (kind, state) => {
    world.teams.faults.add({ kind, conversation: teamsChannel, times: 1 });
    await postNote(world, 'one', { to: { team: 'east' } });
    await world.delivered();
    expect(inTeamsChannel()).toHaveLength(0);
    expect((await readDeliveries(world.store)).find(({ platform }) => platform === 'teams')?.state).toBe(state);
    await pass(5_000);
    expect(inTeamsChannel()).toHaveLength(1);
    expect(await rows()).toContain('team:east sent teams 2 -');
  });

  it('Slack answers 500: unknown, tried again, arrives once', async () => {
    world.slack.faults.set([{ kind: '500', method: 'chat.postMessage', times: 1 }]);
    await postNote(world, 'one');
    await world.delivered();
    expect(await rows()).toEqual(['person:maya unknown slack 1 http_500']);
    await pass(5_000);
    expect(inDm('U0MAYA')).toHaveLength(1);
    expect(await rows()).toEqual(['person:maya sent slack 2 -']);
  });

  it('a connection that breaks before Slack did anything: tried again, arrives once', async () => {
    world.slack.faults.set([{ kind: 'refused', method: 'chat.postMessage', times: 1 }]);
    await postNote(world, 'one');
    await world.delivered();
    await pass(5_000);
    expect(inDm('U0MAYA')).toHaveLength(1);
  });

  it('a reply lost after Slack accepted: the one duplicate that is possible, and no third', async () => {
    world.slack.faults.set([{ kind: 'lost-reply', method: 'chat.postMessage', times: 2 }]);
    await postNote(world, 'one');
    await world.delivered();
    expect(inDm('U0MAYA')).toHaveLength(1);
    await pass(5_000);
    expect(inDm('U0MAYA')).toHaveLength(2);
    expect(await rows()).toEqual(['person:maya parked slack 2 no_reply']);
    await pass(24 * 60 * minutes);
    expect(inDm('U0MAYA')).toHaveLength(2);
  });

  it('an escalation prefers a duplicate to a loss: it is sent until its arrival is known', async () => {
    world.slack.faults.set([{ kind: 'refused', method: 'chat.postMessage', times: 3 }]);
    await postNote(world, 'one', { priority: 'escalation' });
    await world.delivered();
    for (let step = 0; step < 3; step += 1) await pass(10_000);
    expect(inDm('U0MAYA')).toHaveLength(1);
    expect(await rows()).toEqual(['person:maya sent slack 4 -']);
  });

  it('a reply lost on Teams: sent again once', async () => {
    world.teams.faults.add({ kind: 'lost-reply', conversation: teamsChannel, times: 1 });
    await postNote(world, 'one', { to: { team: 'east' } });
    await world.delivered();
    await pass(5_000);
    expect(inTeamsChannel()).toHaveLength(2);
    expect(await rows()).toContain('team:east sent teams 2 -');
  });

  it.each(faultRows(['is_archived', 'not_in_channel'] as const))(
    'Slack says %s of a channel: parked with that reason, and a supervisor is told privately',
    async (code) => {
      world.slack.faults.set([{ kind: `error:${code}`, channel: slackChannel, times: 1 }]);
      await postNote(world, 'one', { to: { team: 'east' } });
      await world.delivered();
      expect(await rows()).toEqual([`team:east parked slack 1 ${code}`, 'team:east sent teams 1 -']);
      expect(inDm('U0DANA')).toHaveLength(1);
      expect(inDm('U0DANA')[0]).toContain('East team');
      await pass(24 * 60 * minutes);
      expect(inSlackChannel()).toHaveLength(0);
      expect(inDm('U0DANA')).toHaveLength(1);
    },
  );

  it('an escalation for an archived channel also reaches the supervisor itself', async () => {
    world.slack.faults.set([{ kind: 'error:is_archived', channel: slackChannel, times: 1 }]);
    await postNote(world, 'one', { to: { team: 'east' }, priority: 'escalation' });
    await world.delivered();
    expect(inDm('U0DANA').join()).toContain('first words');
    expect(await rows()).toContain('team:east parked slack 1 is_archived');
    expect(await rows()).toContain('person:dana sent slack 1 -');
  });

  it('Teams blocks writing: parked at once, supervisor told', async () => {
    world.teams.faults.add({ kind: '403', conversation: teamsChannel, times: 1 });
    await postNote(world, 'one', { to: { team: 'east' } });
    await world.delivered();
    expect(await rows()).toContain('team:east parked teams 1 MessageWritesBlocked');
    expect(inDm('U0DANA')).toHaveLength(1);
  });

  it('a deactivated person gets nothing; their supervisor gets it instead', async () => {
    await world.slack.deactivate('U0MAYA');
    await onlyOnSlack('maya');
    await world.settled();
    await postNote(world, 'one');
    await world.delivered();
    expect(inDm('U0MAYA')).toHaveLength(0);
    expect(inDm('U0DANA').join()).toContain('first words');
    expect(await rows()).toEqual(['person:maya superseded - 1 person_gone', 'person:dana sent slack 1 -']);
  });

  it.each(faultRows(['user_not_found', 'account_inactive'] as const))(
    'Slack says %s of a person: their supervisor gets it instead',
    async (code) => {
      world.slack.faults.set([{ kind: `error:${code}`, method: 'conversations.open', times: 1 }]);
      await postNote(world, 'one');
      await world.delivered();
      expect(inDm('U0DANA').join()).toContain('first words');
      expect(await rows()).toContain(`person:maya superseded slack 1 ${code}`);
    },
  );

  it('where nobody can be told instead, it is parked', async () => {
    await world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`update person set roles = '{coordinator}' where organisation_id = 'riverside'`,
    );
    world.slack.faults.set([{ kind: 'error:user_not_found', method: 'conversations.open', times: 1 }]);
    await postNote(world, 'one');
    await world.delivered();
    expect(await rows()).toEqual(['person:maya parked slack 1 user_not_found']);
  });

  it('a revoked token: people with Teams are reached there, the channel waits for the next installation', async () => {
    world.slack.faults.set([{ kind: 'error:token_revoked', times: 100 }]);
    await postNote(world, 'one', { to: { team: 'east' } });
    await postNote(world, 'two');
    await world.delivered();
    const chat = world.teams.chatOf(teamsUserOfMaya) ?? '';
    expect(world.teams.messages(chat).some(({ card }) => JSON.stringify(card).includes('second words'))).toBe(true);
    expect(await rows()).toContain('team:east parked slack 1 token_revoked');
    expect(await rows()).toContain('person:maya sent teams 2 -');
    world.slack.faults.set([]);
    world.clock.advance(minutes);
    await world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`
        update workspace set installed_at = ${world.clock.now()}::timestamptz where organisation_id = 'riverside' and id = 'rs-slack'`,
    );
    await world.delivered();
    expect(inSlackChannel()).toHaveLength(1);
  });

  it('a person without a chat on Teams, and no Slack: parked, and told to a supervisor', async () => {
    await onlyOnTeams('maya');
    await world.teams.uninstall({ user: teamsUserOfMaya });
    await world.settled();
    await postNote(world, 'one');
    await world.delivered();
    expect((await rows())[0]).toMatch(/^person:maya parked teams 1 /);
    expect(inDm('U0DANA')).toHaveLength(1);
  });

  it('Slack refuses the card: sent once as plain text, with an alarm', async () => {
    world.slack.faults.set([{ kind: 'error:invalid_blocks', method: 'chat.postMessage', times: 1 }]);
    await postNote(world, 'one');
    await world.delivered();
    expect(inDm('U0MAYA')).toHaveLength(1);
    expect(inDm('U0MAYA')[0]).toContain('first words');
    expect(await rows()).toEqual(['person:maya sent slack 1 -']);
    expect(world.loggedNow.some(({ event }) => event === 'delivery.card-refused')).toBe(true);
  });

  it('Slack refuses even the plain text: parked', async () => {
    world.slack.faults.set([{ kind: 'error:invalid_blocks', method: 'chat.postMessage', times: 2 }]);
    await postNote(world, 'one');
    await world.delivered();
    expect(await rows()).toEqual(['person:maya parked slack 1 invalid_blocks']);
  });

  it('what needs no telling any more is cancelled', async () => {
    notes.texts.delete('one');
    await postNote(world, 'one');
    await world.delivered();
    expect(inDm('U0MAYA')).toHaveLength(0);
    expect(await rows()).toEqual(['person:maya cancelled - 1 already-done']);
  });

  it('a card that cannot be drawn is a mistake of ours: tried five times, then parked', async () => {
    notes.texts.set('one', 'broken');
    await postNote(world, 'one');
    await world.delivered();
    for (let step = 0; step < 5; step += 1) await pass(5 * minutes);
    expect(await rows()).toEqual(['person:maya parked - 5 cannot_draw']);
    expect(inDm('U0DANA')).toHaveLength(1);
  });

  it('a team without a place: parked, and a supervisor is told', async () => {
    await world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`delete from team_place where organisation_id = 'riverside' and team_id = 'east'`,
    );
    await postNote(world, 'one', { to: { team: 'east' } });
    await world.delivered();
    expect(await rows()).toEqual(['team:east parked - 1 no_place']);
    expect(inDm('U0DANA')).toHaveLength(1);
  });

  it('a place an administrator took off the list gets nothing any more', async () => {
    await postNote(world, 'one', { to: { team: 'east' }, notBefore: new Date(world.clock.now().getTime() + minutes) });
    await world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`
        delete from team_place where organisation_id = 'riverside' and team_id = 'east' and place = ${slackChannel}`,
    );
    await pass(minutes);
    expect(await rows()).toEqual(['team:east cancelled slack 1 place_removed', 'team:east sent teams 1 -']);
    expect(inSlackChannel()).toHaveLength(0);
  });

  it('a clock that jumps an hour sends what is due once', async () => {
    await postNote(world, 'one', { notBefore: new Date(world.clock.now().getTime() + minutes) });
    await pass(60 * minutes);
    await pass(60 * minutes);
    expect(inDm('U0MAYA')).toHaveLength(1);
  });

  it('logs nothing but codes', async () => {
    world.slack.faults.set([{ kind: 'error:is_archived', channel: slackChannel, times: 1 }]);
    await postNote(world, 'one', { to: { team: 'east' } });
    await world.delivered();
    expect(JSON.stringify(world.logged)).not.toContain('first words');
  });
});
