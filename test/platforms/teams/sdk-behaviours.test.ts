import { TurnContext } from 'botbuilder';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.ts';
import { answer, nothing } from '../../../src/chat/reply.ts';
import { createLocalTeams } from '../../../src/simulator/teams/create-local-teams.ts';
import { appId, channel, jon, maya, startTeams } from './start-teams.ts';
import type { Running } from './start-teams.ts';

/** What Microsoft's library does when left alone, and that Baton does not pass it on. */
let running: Running;
beforeAll(async () => {
  running = await startTeams();
});
afterAll(() => running.close());
afterEach(() => {
  running.answer(nothing);
  running.received.length = 0;
});
const card = (text: string): Card => ({
  kind: 'k',
  summary: text,
  nodes: [
    { kind: 'text', text },
    { kind: 'buttons', buttons: [{ action: 'a.b', label: 'Go' }] },
  ],
});

describe('Microsoft’s library, wrapped', () => {
  it('never shows one person’s card to everybody: no refresh, and a card in a channel is not overwritten', async () => {
    const { serviceUrl } = running.local.settings();
    const { activityId } = await running.teams.send({ serviceUrl, conversationId: channel }, card('Shared'));
    running.answer({ kind: 'answer', replace: card('Of Maya') });
    const first = await running.local.press({ user: maya, activity: activityId, title: 'Go' });
    const second = await running.local.press({ user: jon, activity: activityId, title: 'Go' });
    for (const { body } of [first, second]) expect(JSON.stringify(body)).not.toContain('Of Maya');
    for (const user of [maya, jon]) {
      const [shared] = running.local.messages(channel, user).slice(-1);
      expect(shared).toMatchObject({ updates: 0, summary: 'Shared' });
      expect(JSON.stringify(shared?.card)).not.toContain('refresh');
    }
  });

  it('never answers an invoke with 501: what nobody handles is refused in words', async () => {
    for (const name of ['composeExtension/query', 'signin/verifyState', 'fileConsent/invoke']) {
      const { status, body } = await running.local.invoke({ user: maya, name, value: {} });
      expect(status).toBe(200);
      expect(body).toMatchObject({ statusCode: 400, type: 'application/vnd.microsoft.error' });
    }
    expect(running.received).toEqual([]);
  });

  it('never fails on a message without text that mentions Baton, where the library’s own remover does', async () => {
    const mention = { type: 'mention', text: '<at>Baton</at>', mentioned: { id: '28:x', name: 'Baton' } };
    const { text: _gone, ...activity } = running.local.activity({ user: maya });
    const silent = { ...activity, recipient: { id: '28:x', name: 'Baton' }, entities: [mention] };
    expect(() => TurnContext.removeRecipientMention(silent)).toThrow();
    expect(await running.local.post(silent, await running.local.token())).toMatchObject({ status: 200 });
    expect(running.received).toMatchObject([{ what: { kind: 'command', text: '' } }]);
  });

  it('sends a request once: the library would repeat it after a 502 and show the message twice', async () => {
    const { serviceUrl } = running.local.settings();
    running.local.faults.add({ kind: '502', times: 1 });
    const before = running.local.messages(channel).length;
    await expect(running.teams.send({ serviceUrl, conversationId: channel }, card('Once'))).rejects.toMatchObject({
      status: 502,
    });
    expect(running.local.messages(channel)).toHaveLength(before);
  });

  it('is not led to answer a request that expects its replies in the response', async () => {
    running.answer(answer(card('Private')));
    const expecting = { ...running.local.activity({ user: maya }), deliveryMode: 'expectReplies' };
    expect(await running.local.post(expecting, await running.local.token())).toMatchObject({
      status: 200,
      body: undefined,
    });
  });
});

describe('the local Teams', () => {
  const call = (
    path: string,
    body: unknown,
    token = running.local.settings().connectorToken,
    method = 'POST',
  ): Promise<Response> =>
    fetch(`${running.local.settings().serviceUrl}v3/conversations${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const west = `/${encodeURIComponent(channel)}/activities`;
  const message = (content: unknown): unknown => ({
    type: 'message',
    summary: 's',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  });
  const adaptive = (...body: unknown[]): unknown => ({ type: 'AdaptiveCard', version: '1.5', body });
  const run = { type: 'Action.Execute', title: 'x', verb: 'a.b' };

  it.each<[string, number, () => Promise<Response>]>([
    ['a wrong bearer', 401, () => call(west, { type: 'message', text: 'x' }, 'wrong')],
    ['an unknown conversation', 404, () => call('/nowhere/activities', { type: 'message', text: 'x' })],
    ['a message that is not there', 404, () => call(`${west}/1`, { type: 'message', text: 'x' }, undefined, 'PUT')],
    ['an empty message', 400, () => call(west, { type: 'message' })],
    [
      'a message for one person in a channel',
      400,
      () => call(west, { type: 'message', text: 'x', recipient: { id: '29:x', isTargeted: true } }),
    ],
    [
      'a card without a summary',
      400,
      () =>
        call(west, {
          type: 'message',
          attachments: [
            {
              contentType: 'application/vnd.microsoft.card.adaptive',
              content: adaptive({ type: 'TextBlock', text: 'x' }),
            },
          ],
        }),
    ],
    [
      'six buttons in one set',
      400,
      () => call(west, message(adaptive({ type: 'ActionSet', actions: Array.from({ length: 6 }, () => run) }))),
    ],
    [
      'a card of version 1.6',
      400,
      () => call(west, message({ type: 'AdaptiveCard', version: '1.6', body: [{ type: 'TextBlock', text: 'x' }] })),
    ],
    ['a misspelt property', 400, () => call(west, message(adaptive({ type: 'TextBlock', text: 'x', wraps: true })))],
    ['an unknown part', 400, () => call(west, message(adaptive({ type: 'Carousel' })))],
    ['more than 28 KB', 413, () => call(west, message(adaptive({ type: 'TextBlock', text: 'x'.repeat(29_000) })))],
    [
      'a chat with a stranger',
      404,
      () =>
        call('', {
          isGroup: false,
          bot: { id: `28:${appId}` },
          members: [{ id: '29:nobody' }],
          tenantId: running.local.settings().tenantId,
        }),
    ],
  ])('refuses %s', async (_what, status, send) => {
    expect((await send()).status).toBe(status);
  });

  it('refuses a chat from which Baton was removed', async () => {
    const conversation = running.local.chatOf(jon) ?? '';
    await running.local.uninstall({ user: jon });
    expect((await call(`/${encodeURIComponent(conversation)}/activities`, { type: 'message', text: 'x' })).status).toBe(
      403,
    );
    await running.local.install({ user: jon });
  });

  it('takes seven messages a second for one conversation, not more', async () => {
    const strict = await startTeams({ perSecond: 7 });
    const { serviceUrl: url } = strict.local.settings();
    const sends = await Promise.allSettled(
      Array.from({ length: 8 }, () => strict.teams.send({ serviceUrl: url, conversationId: channel }, card('x'))),
    );
    expect(sends.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    await strict.close();
  });

  it('presses only what is on the card, by people who are there', async () => {
    const { activityId } = await running.teams.send(
      { serviceUrl: running.local.settings().serviceUrl, conversationId: channel },
      card('x'),
    );
    await expect(running.local.press({ user: maya, activity: activityId, title: 'Stop' })).rejects.toThrow('no button');
    await expect(running.local.press({ user: 'aad-outsider', activity: activityId, title: 'Go' })).rejects.toThrow(
      'no member',
    );
  });

  it('calls an answer unusable that Teams would not understand', async () => {
    const odd = createLocalTeams({
      clock: { now: () => new Date(), wallNow: () => new Date(), pause: () => Promise.resolve() },
      ids: { uuid: () => crypto.randomUUID(), bytes: (length) => new Uint8Array(length) },
      appId: 'a',
      botMessagesUrl: () => `${running.origin}/nowhere`,
      tenant: { id: 't', name: 'T' },
      users: [{ aadObjectId: 'u', name: 'U' }],
      channels: [{ id: 'c', name: 'C', members: ['u'] }],
      origin: () => running.origin,
    });
    const got = await odd.invoke({ user: 'u', conversation: 'c', name: 'task/fetch', value: {} });
    expect(got.failure).toContain('Something went wrong');
  });
});
