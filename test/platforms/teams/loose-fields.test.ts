import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../src/simulator/teams/types.ts';
import { channel, maya, startTeams, tenantId, type Running } from './start-teams.ts';

/** Clients and channels of Teams fill what they do not know with null, and some write booleans as words. */
describe('what Teams sends loosely is read', () => {
  let running: Running;
  beforeAll(async () => {
    running = await startTeams();
  });
  afterAll(() => running.close());
  beforeEach(() => {
    running.received.length = 0;
  });

  const given = async (more: (activity: Json) => Json): Promise<unknown> => {
    const activity = running.local.activity({ user: maya, text: 'next' });
    return running.local.post({ ...activity, ...more(activity) }, await running.local.token());
  };
  const conversation = (activity: Json, more: Json): Json => ({
    conversation: { ...(activity['conversation'] as Json), ...more },
  });

  it.each<[string, (activity: Json) => Json]>([
    ['a boolean as a word', (activity) => conversation(activity, { isGroup: 'false' })],
    ['no boolean at all', (activity) => conversation(activity, { isGroup: null })],
    ['null for the tenant, which the channel’s data names', (activity) => conversation(activity, { tenantId: null })],
    [
      'null for the channel’s data, where the conversation names the tenant',
      (activity) => ({ ...conversation(activity, { tenantId }), channelData: null }),
    ],
    [
      'null for the channel’s tenant',
      (activity) => ({ ...conversation(activity, { tenantId }), channelData: { tenant: null, eventType: null } }),
    ],
    [
      'null for everything else that may be missing',
      () => ({
        name: null,
        action: null,
        replyToId: null,
        value: null,
        entities: null,
        timestamp: null,
        membersRemoved: null,
      }),
    ],
    ['null for a name', (activity) => ({ from: { ...(activity['from'] as Json), name: null } })],
  ])('%s', async (_what, more) => {
    expect(await given(more)).toMatchObject({ status: 200 });
    await running.teams.settled();
    expect(running.received).toMatchObject([
      { user: maya, place: { kind: 'direct' }, what: { kind: 'command', text: 'next' } },
    ]);
  });

  it('an unknown kind of conversation is a shared one, null included', async () => {
    expect(await given((activity) => conversation(activity, { conversationType: null, id: channel }))).toMatchObject({
      status: 200,
    });
    expect(running.received).toMatchObject([{ place: { kind: 'group' } }]);
  });

  it('what must be there stays so', async () => {
    expect(await given(() => ({ from: null }))).toMatchObject({ status: 400 });
    expect(await given(() => ({ type: null }))).toMatchObject({ status: 400 });
    expect(await given((activity) => conversation(activity, { tenantId: 'elsewhere' }))).toMatchObject({ status: 401 });
    expect(running.received).toEqual([]);
  });
});
