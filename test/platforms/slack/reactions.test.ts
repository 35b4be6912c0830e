import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inboundSchema } from '../../../src/chat/inbound.ts';
import { nothing } from '../../../src/chat/reply.ts';
import { card, form, say, startSlack, type Running } from './start-slack.ts';

let running: Running;
beforeEach(async () => {
  running = await startSlack({ local: { pace: { perSecond: 1000, burst: 1000 } } });
});
afterEach(() => running.stop());

/** A card of the bot in the channel, or in the person's own conversation with it. */
async function posted(place: 'channel' | 'direct' = 'channel'): Promise<{ channel: string; message: string }> {
  const to = place === 'channel' ? { place: 'C1', serviceUrl: undefined } : { user: 'U1' };
  const sent = await running.adapter.sender.post({ tenant: 'T1', to }, card('K7T2-9'), { key: 'k', plain: false });
  if (!sent.ok) throw new Error(sent.code);
  return { channel: sent.place, message: sent.messageId };
}
const eyes = { user: 'U1', name: 'eyes' };
const kinds = (): string[] => running.received.map(({ what }) => what.kind);
/** What this person reads in a channel or conversation and others do not, or everything in their own. */
const read = (channel: string, user = 'U1'): string[] =>
  running.slack
    .messages(channel, user)
    .map(({ text, onlyFor }) => (onlyFor === undefined ? text : `only you: ${text}`));

describe('an emoji on a card in Slack', () => {
  it('arrives as what it is, with the message and without the emoji', async () => {
    const { channel, message } = await posted();
    expect(await running.slack.react({ ...eyes, channel, message })).toMatchObject({ status: 200 });
    expect(running.received).toMatchObject([
      { user: 'U1', tenant: 'T1', place: { id: 'C1', kind: 'channel' }, what: { kind: 'reacted', message } },
    ]);
    expect(inboundSchema.safeParse(running.received[0]).success).toBe(true);
    expect(JSON.stringify(running.received)).not.toContain('eyes');
  });

  it('is answered where it was put, so that only that person sees it', async () => {
    running.reply(say('Seen is not taken.'));
    const { channel, message } = await posted();
    await running.slack.react({ ...eyes, channel, message });
    await running.adapter.settled();
    expect(read(channel)).toEqual(['K7T2-9', 'only you: Seen is not taken.']);
    expect(read(channel, 'U2')).toEqual(['K7T2-9']);
    expect(read(running.slack.direct('U1'))).toEqual([]);
  });

  it.each(['error:user_not_in_channel', 'refused', 'lost-reply', '500', '429'] as const)(
    'is answered in the person’s own conversation when the channel says %s',
    async (kind) => {
      running.reply(say('Seen is not taken.'));
      const { channel, message } = await posted();
      running.slack.faults.set([{ method: 'chat.postEphemeral', kind, times: 1 }]);
      await running.slack.react({ ...eyes, channel, message });
      await running.adapter.settled();
      expect(read(running.slack.direct('U1'))).toEqual(['Seen is not taken.']);
      expect(read(channel, 'U2')).toEqual(['K7T2-9']);
    },
  );

  it('is answered in the conversation itself when it was put there', async () => {
    running.reply(say('Seen is not taken.'));
    const { channel, message } = await posted('direct');
    await running.slack.react({ ...eyes, channel, message });
    await running.adapter.settled();
    expect(running.received).toMatchObject([{ place: { id: channel, kind: 'direct' } }]);
    expect(read(channel)).toEqual(['K7T2-9', 'Seen is not taken.']);
  });

  it.each([nothing, { kind: 'form', form: form() }] as const)(
    'says nothing when there is nothing to say',
    async (reply) => {
      running.reply(reply);
      const { channel, message } = await posted();
      expect(await running.slack.react({ ...eyes, channel, message })).toMatchObject({ status: 200 });
      await running.adapter.settled();
      expect(read(channel)).toEqual(['K7T2-9']);
      expect(running.slack.views('U1')).toEqual([]);
    },
  );

  it('carries the id of Slack’s event, the same at every retry', async () => {
    const { channel, message } = await posted();
    const event = { type: 'reaction_added', user: 'U1', item: { type: 'message', channel, ts: message } };
    await running.slack.event(event, { id: 'Ev1', attempt: 1 });
    await running.slack.event(event, { id: 'Ev1', attempt: 2 });
    expect(running.received.map(({ delivery }) => delivery)).toEqual(['Ev1', 'Ev1']);
  });

  it.each([
    ['taken back', { type: 'reaction_removed' }],
    ['on what somebody else wrote', { item_user: 'U2' }],
    ['of the bot itself', { user: 'UBATON' }],
    ['on a file', { item: { type: 'file', file: 'F1' } }],
    ['on a comment of a file', { item: { type: 'file_comment', file: 'F1', file_comment: 'Fc1' } }],
    ['without its message', { item: { type: 'message', channel: 'C1' } }],
    ['of nobody', { user: '' }],
    ['with a message id of any length', { item: { type: 'message', channel: 'C1', ts: '1'.repeat(256) } }],
  ])('is nothing to us when it is %s', async (_, changed) => {
    running.reply(say('Seen is not taken.'));
    const { channel, message } = await posted();
    const event = {
      type: 'reaction_added',
      user: 'U1',
      reaction: 'eyes',
      item: { type: 'message', channel, ts: message },
      item_user: 'UBATON',
      ...changed,
    };
    expect(await running.slack.event(event)).toMatchObject({ status: 200, body: '' });
    await running.adapter.settled();
    expect(kinds()).toEqual([]);
    expect(read(channel)).toEqual(['K7T2-9']);
  });

  it('is heard when Slack does not say who wrote the message', async () => {
    const item = { type: 'message', channel: 'C1', ts: '1.2' };
    await running.slack.event({ type: 'reaction_added', user: 'U1', reaction: 'eyes', item });
    expect(kinds()).toEqual(['reacted']);
  });
});

describe('the local Slack', () => {
  it('lets nobody react to what they do not see, twice, or to what only they see', async () => {
    const { channel, message } = await posted();
    const { react } = running.slack;
    await expect(react({ ...eyes, channel: 'C2', message })).rejects.toThrow('sees no such message');
    await expect(react({ ...eyes, user: 'U2', channel: 'C3', message })).rejects.toThrow('not in that channel');
    await expect(react({ ...eyes, channel, message, back: true })).rejects.toThrow('no_reaction');
    running.reply(say('Only you.'));
    await react({ ...eyes, channel, message });
    await expect(react({ ...eyes, channel, message })).rejects.toThrow('already_reacted');
    await running.adapter.settled();
    const ephemeral = running.slack.messages(channel, 'U1').find(({ onlyFor }) => onlyFor === 'U1')?.ts ?? '';
    await expect(react({ ...eyes, channel, message: ephemeral })).rejects.toThrow('only they see');
  });

  it('tells no app that an emoji was taken back', async () => {
    const { channel, message } = await posted();
    await running.slack.react({ ...eyes, channel, message });
    await running.slack.react({ ...eyes, channel, message, back: true });
    expect(kinds()).toEqual(['reacted']);
    expect(running.slack.messages(channel)[0]?.reactions).toEqual([]);
  });

  it('keeps emojis on a card that is redrawn', async () => {
    const { channel, message } = await posted();
    await running.slack.react({ ...eyes, channel, message });
    const at = { tenant: 'T1', place: channel, messageId: message, serviceUrl: undefined };
    expect(await running.adapter.sender.update(at, card('taken'))).toEqual({ ok: true });
    expect(running.slack.messages(channel)[0]?.reactions).toEqual([{ name: 'eyes', user: 'U1' }]);
  });
});
