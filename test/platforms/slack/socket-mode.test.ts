import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Confirm } from '../../../src/chat/reply.ts';
import type { createSlack } from '../../../src/slack/create-slack.ts';
import { waitFor } from '../../helpers/patient.ts';
import { serveSlackSocket, type SlackSocket } from '../../helpers/slack-socket.ts';
import { card, form, gate, say, startSlack, type Running } from './start-slack.ts';

/** Slack's other way in: the same work, by a connection that Baton opens itself. */
let socket: SlackSocket;
let running: Running;
let told: string[];
/** What is measured of a request: that it began, and that it was acknowledged. */
let measured: string[];
const begin: NonNullable<Parameters<typeof createSlack>[0]['begin']> = (work) => {
  measured.push('begun');
  return work(() => measured.push('acknowledged'));
};
const confirm: Confirm = (_reply, left) => void told.push(left ?? 'all');

beforeEach(async () => {
  told = [];
  measured = [];
  socket = await serveSlackSocket();
  running = await startSlack({ local: { socket }, slack: { signingSecret: undefined, confirm, begin } });
});
afterEach(async () => {
  await running.stop();
  await socket.close();
});

const direct = (): string => running.slack.direct('U1');
const typed = (text: string) => running.slack.command({ user: 'U1', channel: direct(), text });
const texts = (): string[] => running.slack.messages(direct(), 'U1').map(({ text }) => text);
const connects = (): Promise<string | undefined> => running.adapter.startSocketMode(socket.appToken);
const state = () => running.adapter.socketState();
const leaver = { type: 'user_change', user: { id: 'U2', team_id: 'T1', deleted: true } };

describe('what people do reaches us by the socket', () => {
  beforeEach(async () => {
    expect(await connects()).toBeUndefined();
    expect(state()).toEqual({ connected: true });
  });

  it('a command, answered in its acknowledgement and confirmed by it', async () => {
    running.reply(say('Logged'));
    expect(await typed('next')).toMatchObject({ body: { response_type: 'ephemeral', text: 'Logged' } });
    expect(running.received).toMatchObject([{ tenant: 'T1', user: 'U1', what: { kind: 'command', text: 'next' } }]);
    await running.adapter.settled();
    expect({ texts: texts(), told }).toEqual({ texts: ['Logged'], told: ['all'] });
    expect(measured).toEqual(['begun', 'acknowledged']);
  });

  it('a button, acknowledged empty; its message becomes the answer', async () => {
    const buttons = [{ action: 'a.b', label: 'Go', subject: 's' }];
    running.reply({ kind: 'answer', card: card('Choose', { nodes: [{ kind: 'buttons', buttons }] }) });
    await typed('next');
    running.reply({ kind: 'answer', replace: card('Done') });
    const [message] = running.slack.messages(direct(), 'U1');
    const action = { action_id: 'a.b', value: 's' };
    expect(
      await running.slack.action({ user: 'U1', channel: direct(), message: message?.ts ?? '', action }),
    ).toMatchObject({ status: 200, body: '' });
    await running.adapter.settled();
    expect(texts()).toEqual(['Done']);
  });

  it('a form: it opens, its search is answered, its errors stand in it, and then it is confirmed', async () => {
    running.reply({ kind: 'form', form: form() });
    await typed('log');
    const view = running.slack.views('U1')[0]?.id ?? '';
    running.reply({ kind: 'options', options: [{ value: 'c-1', label: 'K7T2-9' }] });
    expect(await running.slack.options({ user: 'U1', view, action_id: 'search:clients', query: 'dan' })).toMatchObject({
      body: { options: [{ value: 'c-1' }] },
    });
    running.reply({ kind: 'form-errors', form: form(), errors: { note: 'Too short.' } });
    await running.slack.submit({ user: 'U1', view, values: { mode: 'phone', client: 'c-1' } });
    expect(running.slack.views('U1')[0]?.errors).toEqual({ note: 'Too short.' });
    running.reply(say('Logged'));
    await running.slack.submit({ user: 'U1', view, values: { mode: 'phone', client: 'c-1' } });
    await running.adapter.settled();
    expect({ views: running.slack.views('U1'), texts: texts() }).toEqual({ views: [], texts: ['Logged'] });
  });

  it('an event, acknowledged only once it is stored', async () => {
    const door = gate();
    running.reply(async () => {
      await door.opened;
      return { kind: 'nothing' };
    });
    const sent = running.slack.event(leaver);
    await running.until(() => running.received);
    expect(socket.acknowledged).toEqual([]);
    door.open();
    expect(await sent).toMatchObject({ status: 200 });
  });

  it('an event that could not be stored is not acknowledged, and its repetition is the same delivery', async () => {
    running.reply(() => Promise.reject(new Error('no database')));
    socket.send({ envelope_id: 'e1', type: 'events_api', payload: callback('Ev1') });
    await running.until(() => running.logged.filter((line) => line.startsWith('slack.answer-failed')));
    expect(socket.acknowledged).toEqual([]);
    running.reply({ kind: 'nothing' });
    socket.send({ envelope_id: 'e2', type: 'events_api', payload: callback('Ev1'), retry_attempt: 1 });
    await waitFor(() => expect(socket.acknowledged).toEqual(['e2']));
    expect(running.received.map(({ delivery }) => delivery)).toEqual(['Ev1', 'Ev1']);
  });

  it('a repeated envelope is the same delivery, and the next command is another', async () => {
    running.reply(say('Logged'));
    await typed('next');
    await socket.repeat();
    await typed('next');
    const [first, second, third] = running.received.map(({ delivery }) => delivery);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('what cannot be read is acknowledged, so that Slack does not send it again, and reaches nobody', async () => {
    const payloads = [{}, { type: 'block_actions' }, { type: 'event_callback', event: { type: 'x' } }, { command: 1 }];
    payloads.forEach((payload, index) => socket.send({ envelope_id: `e${index}`, type: 'interactive', payload }));
    await waitFor(() => expect([...socket.acknowledged].sort()).toEqual(['e0', 'e1', 'e2', 'e3']));
    expect(running.received).toEqual([]);
  });

  it('no address for requests is there that nobody could sign', async () => {
    expect((await fetch(running.events, { method: 'POST', body: 'x' })).status).toBe(404);
  });
});

const callback = (event_id: string) => ({
  type: 'event_callback',
  team_id: 'T1',
  event_id,
  event_time: 1,
  event: leaver,
});

describe('connections come and go', () => {
  it('another one is opened when Slack asks for it, and when the network ends one', async () => {
    running.reply(say('Logged'));
    await connects();
    socket.disconnect('refresh_requested');
    await socket.connected(2);
    await waitFor(() => expect(state()).toEqual({ connected: true }));
    expect((await typed('next')).status).toBe(200);
    socket.cut();
    await socket.connected(3);
    await waitFor(() => expect(state()).toEqual({ connected: true }));
    expect((await typed('next')).status).toBe(200);
  });

  it('an answer whose connection ended is not confirmed, by the next connection neither', async () => {
    const door = gate();
    running.reply(async () => {
      await door.opened;
      return say('Logged');
    });
    await connects();
    void typed('next');
    await running.until(() => running.received);
    socket.cut();
    await socket.connected(2);
    await waitFor(() => expect(state()).toEqual({ connected: true }));
    door.open();
    await running.adapter.settled();
    expect(told).toEqual([]);
    // What the new connection brings is acknowledged there, and nothing before it was.
    await typed('next');
    expect(socket.acknowledged).toHaveLength(1);
  });

  it('a service that stops acknowledges what is under way and takes nothing new', async () => {
    const door = gate();
    running.reply(async () => {
      await door.opened;
      return say('Logged');
    });
    await connects();
    const first = typed('next');
    await running.until(() => running.received);
    const stopped = running.adapter.stopSocketMode();
    socket.send({ envelope_id: 'later', type: 'events_api', payload: callback('Ev2') });
    door.open();
    expect(await first).toMatchObject({ body: { text: 'Logged' } });
    await stopped;
    await waitFor(() => expect(socket.connections()).toBe(0));
    expect(running.received).toHaveLength(1);
  });
});

describe('a token that Slack does not take', () => {
  it.each([
    ['xapp-wrong', 'SLACK_APP_TOKEN was refused (invalid_auth)'],
    ['the bot’s', 'SLACK_APP_TOKEN is no app-level token'],
  ])('%s is named at the start, and nothing is opened', async (token, words) => {
    const given = token === 'xapp-wrong' ? token : running.slack.botToken;
    const refused = await running.adapter.startSocketMode(given);
    expect(refused).toContain(words);
    expect(refused).toContain('connections:write');
    expect(refused).not.toContain(given);
    expect(state()).toBeUndefined();
  });

  it('a missing scope is named too', async () => {
    running.slack.faults.set([{ method: 'apps.connections.open', kind: 'error:missing_scope', times: 1 }]);
    expect(await connects()).toMatch(/^SLACK_APP_TOKEN lacks the scope connections:write: make an app-level token/);
  });

  it('taken back later, it is named as the state; the service lives, and is connected once it counts again', async () => {
    await connects();
    running.slack.faults.set([{ method: 'apps.connections.open', kind: 'error:token_revoked', times: 1 }]);
    socket.cut();
    await running.until(() => running.logged.filter((line) => line.startsWith('slack.socket-refused')));
    await socket.connected(2);
    await waitFor(() => expect(state()).toEqual({ connected: true }));
    expect(running.logged.join('\n')).toContain('slack.socket-refused {"error":"token_revoked"}');
    expect(running.logged.join('\n')).not.toContain(socket.appToken);
  });

  it('a Slack that is down at the start is tried again, and said so', async () => {
    running.slack.faults.set([{ method: 'apps.connections.open', kind: 'error:internal_error', times: 2 }]);
    expect(await connects()).toBeUndefined();
    await socket.connected();
    await waitFor(() => expect(state()).toEqual({ connected: true }));
    expect(running.logged.filter((line) => line.startsWith('slack.socket-failed')).length).toBeGreaterThan(0);
  });

  it('Socket Mode switched off in the app is said in words', async () => {
    await connects();
    running.slack.faults.set([{ method: 'apps.connections.open', kind: 'hang', times: 1 }]);
    socket.disconnect('link_disabled');
    await waitFor(() =>
      expect(state()).toMatchObject({ problem: expect.stringContaining('Socket Mode is switched off') as string }),
    );
  });
});
