import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { slackWaits } from '../../../src/simulator/slack/limits.ts';
import { card, form, gate, say, startSlack, type Running } from './start-slack.ts';

/** The local Slack is used by demo, tests and hand alike, so it must refuse what Slack refuses. */
describe('the local Slack', () => {
  let running: Running;
  let triggers: string[];
  let responses: string[];
  beforeEach(async () => {
    running = await startSlack();
    triggers = [];
    responses = [];
  });
  afterEach(() => running.stop());
  const api = async (method: string, values: Record<string, unknown>, token = running.slack.botToken) => {
    const response = await fetch(running.events.replace('/slack/events', `/local/api/${method}`), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(values),
    });
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.json() };
  };
  const modal = (more: object = {}) => ({
    type: 'modal',
    title: { type: 'plain_text', text: 'T' },
    blocks: [{ type: 'divider' }],
    ...more,
  });
  /** Stands between the local Slack and the bot, and keeps the tickets of the last request. */
  async function spy(): Promise<void> {
    await running.stop();
    const express = (await import('express')).default;
    const app = express();
    app.post('/events', express.urlencoded({ extended: false }), (request, response) => {
      const body: Record<string, string> = request.body;
      triggers.push(body['trigger_id'] ?? '');
      responses.push(body['response_url'] ?? '');
      response.end();
    });
    const server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    running = await startSlack({ local: { botEventsUrl: () => `http://127.0.0.1:${port}/events` } });
    const stop = running.stop;
    running = { ...running, stop: () => stop().then(() => new Promise((done) => server.close(() => done()))) };
    await running.slack.command({ user: 'U1', channel: 'C1', text: 'x' });
  }

  it('wants the right token, and knows no method it does not have', async () => {
    expect((await api('auth.test', {}, '')).body).toEqual({ ok: false, error: 'not_authed' });
    expect((await api('auth.test', {}, 'xoxb-other')).body).toEqual({ ok: false, error: 'invalid_auth' });
    expect((await api('auth.test', {})).body).toMatchObject({ ok: true, team_id: 'T1' });
    expect((await api('chat.scheduleMessage', {})).body).toEqual({ ok: false, error: 'unknown_method' });
    expect((await api('conversations.history', { channel: 'C1' })).body).toMatchObject({ error: 'missing_scope' });
    await running.slack.uninstall();
    expect((await api('auth.test', {})).body).toEqual({ ok: false, error: 'token_revoked' });
  });

  it.each([
    ['C0', 'channel_not_found'],
    ['C2', 'is_archived'],
    ['C3', 'not_in_channel'],
  ])('refuses to post to %s: %s', async (channel, error) => {
    expect((await api('chat.postMessage', { channel, text: 'x' })).body).toEqual({ ok: false, error });
  });

  const button = (action_id: string) => ({ type: 'button', action_id, text: { type: 'plain_text', text: 'Go' } });
  it.each([
    ['no text', { text: '' }, 'no_text'],
    ['a long text', { text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['an unknown block', { blocks: [{ type: 'carousel-of-doom' }] }, 'invalid_blocks'],
    ['51 blocks', { blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }, 'invalid_blocks'],
    [
      'a long header',
      { blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] },
      'invalid_blocks',
    ],
    [
      'two equal block ids',
      {
        blocks: [
          { type: 'divider', block_id: 'a' },
          { type: 'divider', block_id: 'a' },
        ],
      },
      'invalid_blocks',
    ],
    ['two equal action ids', { blocks: [{ type: 'actions', elements: [button('a'), button('a')] }] }, 'invalid_blocks'],
    ['an unknown property', { blocks: [{ type: 'divider', colour: 'red' }] }, 'invalid_blocks'],
    [
      'too much in all',
      {
        blocks: Array.from({ length: 6 }, () => ({
          type: 'section',
          text: { type: 'plain_text', text: 'x'.repeat(2_900) },
        })),
      },
      'msg_blocks_too_long',
    ],
  ])('refuses a message with %s', async (_, message, error) => {
    expect((await api('chat.postMessage', { channel: 'C1', text: 'x', ...message })).body).toMatchObject({
      ok: false,
      error,
    });
    expect(running.slack.messages('C1')).toEqual([]);
  });

  it('slows down whoever posts too fast in one channel, and nobody in another', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => api('chat.postMessage', { channel: 'C1', text: 'x' })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(2);
    expect(refused[0]).toMatchObject({ retryAfter: '1', body: { error: 'ratelimited' } });
    expect((await api('chat.postMessage', { channel: running.slack.direct('U1'), text: 'x' })).status).toBe(200);
  });

  it('takes a trigger once', async () => {
    await spy();
    const open = () => api('views.open', { trigger_id: triggers[0], view: modal() });
    expect((await open()).body).toMatchObject({ ok: true });
    expect((await open()).body).toEqual({ ok: false, error: 'exchanged_trigger_id' });
    expect((await api('views.open', { trigger_id: 'x', view: modal() })).body).toMatchObject({
      error: 'invalid_trigger_id',
    });
  });

  it('refuses a form without a submit button, and one with a long title', async () => {
    await spy();
    const input = {
      type: 'input',
      label: { type: 'plain_text', text: 'L' },
      element: { type: 'plain_text_input', action_id: 'a' },
    };
    for (const view of [modal({ blocks: [input] }), modal({ title: { type: 'plain_text', text: 'x'.repeat(25) } })]) {
      expect((await api('views.open', { trigger_id: triggers[0], view })).body).toMatchObject({
        error: 'invalid_arguments',
      });
    }
  });

  it('takes a response_url five times in half an hour', async () => {
    await spy();
    const respond = async () =>
      (
        await fetch(responses[0] ?? '', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"text":"x"}',
        })
      ).status;
    const statuses = [];
    for (let use = 0; use < 6; use += 1) statuses.push(await respond());
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    await running.slack.command({ user: 'U1', channel: 'C1', text: 'x' });
    responses.shift();
    running.clock.advance(31 * 60_000);
    expect(await respond()).toBe(404);
  });

  it('refuses to overwrite a home tab somebody drew meanwhile', async () => {
    const view = { type: 'home', blocks: [{ type: 'divider' }] };
    const first = await api('views.publish', { user_id: 'U1', view });
    expect(first.body).toMatchObject({ ok: true });
    expect((await api('views.publish', { user_id: 'U1', view, hash: 'old' })).body).toEqual({
      ok: false,
      error: 'hash_conflict',
    });
  });

  it('edits and deletes the bot’s own messages only, and no ephemeral ones', async () => {
    await running.slack.typeToBot({ user: 'U1', text: 'hi' });
    const direct = running.slack.direct('U1');
    const [typed] = running.slack.messages(direct);
    expect((await api('chat.update', { channel: direct, ts: typed?.ts, text: 'y' })).body).toMatchObject({
      error: 'cant_update_message',
    });
    await api('chat.postEphemeral', { channel: 'C1', user: 'U1', text: 'only you' });
    const [only] = running.slack.messages('C1', 'U1');
    expect((await api('chat.update', { channel: 'C1', ts: only?.ts, text: 'y' })).body).toMatchObject({
      error: 'message_not_found',
    });
    expect((await api('chat.postEphemeral', { channel: 'C1', user: 'U7', text: 'x' })).body).toMatchObject({
      error: 'user_not_in_channel',
    });
    const posted = await api('chat.postMessage', { channel: 'C1', text: 'mine' });
    const { ts } = posted.body as { ts: string };
    expect((await api('chat.update', { channel: 'C1', ts, text: 'new' })).body).toMatchObject({ ok: true });
    expect(running.slack.messages('C1').at(-1)).toMatchObject({ text: 'new', edited: true });
    expect((await api('chat.delete', { channel: 'C1', ts })).body).toMatchObject({ ok: true });
  });

  it('shows "operation_timeout" to whoever waits three seconds', async () => {
    const never = gate();
    await running.stop();
    running = await startSlack({ local: { waits: slackWaits } });
    running.reply(() => never.opened.then(() => say('too late')));
    const { status, error, ms } = await running.slack.command({ user: 'U1', channel: 'C1', text: 'log' });
    expect({ status, error }).toEqual({ status: 0, error: 'operation_timeout' });
    expect(ms).toBeGreaterThanOrEqual(2_900);
    expect(running.slack.messages('C1', 'U1').map(({ text }) => text)).toEqual([
      '/care failed with the error "operation_timeout"',
    ]);
    never.open();
  });

  it('lets nobody act who could not', async () => {
    const refused = (act: Promise<unknown>) => expect(act).rejects.toThrow();
    await refused(running.slack.command({ user: 'U2', channel: 'C3', text: 'x' }));
    await refused(running.slack.command({ user: 'U0', channel: 'C1', text: 'x' }));
    await refused(running.slack.submit({ user: 'U1', view: 'V0', values: {} }));
    await refused(running.slack.action({ user: 'U1', view: 'V0', action: { action_id: 'a' } }));
    running.reply({ kind: 'form', form: form() });
    await running.slack.command({ user: 'U1', channel: 'C1', text: 'log' });
    const view = running.slack.views('U1')[0]?.id ?? '';
    await refused(running.slack.submit({ user: 'U2', view, values: { mode: 'phone' } }));
    await refused(running.slack.submit({ user: 'U1', view, values: { mode: 'phone', other: 'x' } }));
    await running.slack.deactivate('U1');
    await refused(running.slack.command({ user: 'U1', channel: 'C1', text: 'x' }));
  });

  it('shows somebody’s ephemeral button to nobody else', async () => {
    running.reply({
      kind: 'answer',
      card: card('x', { nodes: [{ kind: 'buttons', buttons: [{ action: 'a.b', label: 'Go' }] }] }),
    });
    await running.slack.command({ user: 'U1', channel: 'C1', text: 'next' });
    const message = running.slack.messages('C1', 'U1')[0]?.ts ?? '';
    const press = (user: string) =>
      running.slack.action({ user, channel: 'C1', message, action: { action_id: 'a.b' } });
    await expect(press('U2')).rejects.toThrow('sees no such message');
    expect(await press('U1')).toMatchObject({ status: 200 });
  });
});
