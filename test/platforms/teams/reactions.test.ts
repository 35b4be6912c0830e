import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, nothing } from '../../../src/chat/reply.ts';
import { channel, jon, maya, startTeams, tenantId, type Running } from './start-teams.ts';

const card = (text: string) => ({ kind: 'test.card', summary: text, nodes: [{ kind: 'text' as const, text }] });
let running: Running;
beforeEach(async () => {
  running = await startTeams();
});
afterEach(() => running.close());

/** A card of the bot in the channel. */
async function posted(): Promise<string> {
  const { serviceUrl } = running.local.settings();
  return (await running.teams.send({ serviceUrl, conversationId: channel }, card('K7T2-9'))).activityId;
}
const chat = (user: string): number => running.local.messages(running.local.chatOf(user) ?? '').length;
const summaries = (conversation: string | undefined): unknown[] =>
  running.local.messages(conversation ?? '').map(({ summary }) => summary);

describe('an emoji on a card in Teams', () => {
  it('arrives as what it is, with the message and without the emoji', async () => {
    const activity = await posted();
    expect(await running.local.react({ user: maya, activity, type: 'like' })).toMatchObject({ status: 200 });
    expect(running.received).toMatchObject([
      {
        user: maya,
        tenant: tenantId,
        place: { id: channel, kind: 'channel' },
        what: { kind: 'reacted', message: activity },
      },
    ]);
    expect(JSON.stringify(running.received)).not.toContain('like');
  });

  it('is answered in the person’s own chat, and the channel shows nothing', async () => {
    running.answer(answer(card('Seen is not taken.')));
    const before = chat(jon);
    await running.local.react({ user: maya, activity: await posted(), type: 'like' });
    await running.teams.settled();
    expect(summaries(running.local.chatOf(maya)).at(-1)).toBe('Seen is not taken.');
    expect(summaries(channel)).toEqual(['K7T2-9']);
    expect(chat(jon)).toBe(before);
  });

  it('is answered late, when there is something to say late', async () => {
    await running.close();
    running = await startTeams({ bot: { deadlineMs: 10 } });
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    running.answer(async () => {
      await opened;
      return answer(card('Seen is not taken.'));
    });
    const activity = await posted();
    expect(await running.local.react({ user: maya, activity, type: 'like' })).toMatchObject({ status: 200 });
    open();
    await running.teams.settled();
    expect(summaries(running.local.chatOf(maya)).at(-1)).toBe('Seen is not taken.');
  });

  it('says nothing, and opens no chat, when there is nothing to say', async () => {
    running.answer(nothing);
    const before = chat(maya);
    expect(await running.local.react({ user: maya, activity: await posted(), type: 'like' })).toMatchObject({
      status: 200,
    });
    await running.teams.settled();
    expect(chat(maya)).toBe(before);
    expect(running.logged).toEqual([]);
  });

  it('is nothing to us when it is taken back', async () => {
    const activity = await posted();
    await running.local.react({ user: maya, activity, type: 'like' });
    running.received.length = 0;
    expect(await running.local.react({ user: maya, activity, type: 'like', back: true })).toMatchObject({
      status: 200,
    });
    expect(running.received).toEqual([]);
  });

  it.each([
    ['without its message', { replyToId: undefined }],
    ['with a message id of any length', { replyToId: '1'.repeat(256) }],
    ['without an emoji', { reactionsAdded: [] }],
    ['with something else in place of emojis', { reactionsAdded: 'like' }],
    ['of the bot itself', { from: { id: '28:6d1c5d5e-0000-4000-8000-0000000000b0', name: 'Baton' } }],
  ])('is nothing to us %s', async (_, changed) => {
    const sent = running.local.activity({ user: maya, conversation: channel });
    const { text: _text, entities: _entities, ...rest } = sent;
    const reaction = {
      ...rest,
      type: 'messageReaction',
      replyToId: '1',
      reactionsAdded: [{ type: 'like' }],
      ...changed,
    };
    expect(await running.local.post(reaction, await running.local.token())).toMatchObject({ status: 200 });
    expect(running.received).toEqual([]);
  });
});

describe('the local Teams', () => {
  it('tells a bot of emojis on its own messages only', async () => {
    await running.local.message({ user: maya, conversation: channel, text: 'lunch?', mention: false });
    const [said] = running.local.messages(channel).filter(({ from }) => from === maya);
    await running.local.react({ user: jon, activity: said?.id ?? '', type: 'heart' });
    expect(running.received).toEqual([]);
    expect(running.local.messages(channel)[0]?.reactions).toEqual([{ type: 'heart', user: jon }]);
  });

  it('lets nobody react twice, or where they are not', async () => {
    const activity = await posted();
    await running.local.react({ user: maya, activity, type: 'like' });
    await expect(running.local.react({ user: maya, activity, type: 'like' })).rejects.toThrow('there already');
    await expect(running.local.react({ user: 'aad-outsider', activity, type: 'like' })).rejects.toThrow('no member');
  });
});
