import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../src/chat/card.ts';
import type { Form } from '../../src/chat/form.ts';
import { answer, nothing } from '../../src/chat/reply.ts';
import { slackFaultKinds } from '../../src/simulator/slack/faults.ts';
import { teamsFaultKinds } from '../../src/simulator/teams/types.ts';
import { KEISHA, startSimulator, WEST, type Running } from './simulator-api-service.ts';

const card = (text: string): Card => ({
  kind: 'test.card',
  summary: text,
  nodes: [
    { kind: 'text', text },
    {
      kind: 'rows',
      rows: [
        { id: 'row-1', text: 'K7T2-9', buttons: [{ action: 'test.press', label: 'Press', subject: 's1', version: 3 }] },
      ],
    },
    { kind: 'buttons', buttons: [{ action: 'test.form', label: 'Open', opensForm: true }] },
  ],
});
const form: Form = {
  kind: 'test.form',
  session: 'session-1',
  title: 'A form',
  submit: 'Send',
  fields: [
    { kind: 'client', name: 'client', label: 'Client', required: true },
    { kind: 'minutes', name: 'minutes', label: 'Minutes' },
  ],
};

let running: Running;
beforeAll(async () => {
  running = await startSimulator();
  await running.simulator.greet();
});
afterAll(() => running.close());
beforeEach(() => {
  running.received.length = 0;
  running.answer(() => nothing);
});

describe('acting in Slack', () => {
  it('sends a command as the real signed request, for a person by id, with or without its name', async () => {
    running.answer(() => answer(card('Your day')));
    const sent = await running.post('slack/command', { user: 'maya', channel: 'dm', text: '/care next' });
    await running.post('slack/command', { user: 'U0MAYA', channel: 'C0EAST', text: 'next' });
    expect(sent).toMatchObject({ status: 200, body: { status: 200, body: { response_type: 'ephemeral' } } });
    expect(running.received).toMatchObject([
      {
        platform: 'slack',
        tenant: 'T0RIVER',
        user: 'U0MAYA',
        place: { kind: 'direct' },
        what: { kind: 'command', text: 'next' },
      },
      { user: 'U0MAYA', place: { id: 'C0EAST', kind: 'channel' }, what: { kind: 'command', text: 'next' } },
    ]);
    const mine = await running.get('slack/messages?channel=C0EAST&user=maya');
    expect(mine.body.messages.at(-1)).toMatchObject({ onlyFor: 'U0MAYA', text: 'Your day' });
    expect((await running.get('slack/messages?channel=C0EAST')).body.messages).toEqual([]);
  });

  it('presses a button that stands on a message, and refuses in words one that does not', async () => {
    running.answer(() => answer(card('Rows')));
    await running.post('slack/command', { user: 'maya', text: 'next' });
    const { body } = await running.get('slack/messages?channel=dm&user=maya');
    const ask = { user: 'maya', channel: 'dm', message: body.messages.at(-1).ts };
    const pressed = await running.post('slack/action', { ...ask, action: { action_id: 'test.press' } });
    expect(pressed.body.status).toBe(200);
    expect(running.received.at(-1)?.what).toEqual({ kind: 'button', action: 'test.press', subject: 's1', version: 3 });
    const forged = await running.post('slack/action', { ...ask, action: { action_id: 'test.other' } });
    expect(forged).toEqual({ status: 400, body: { error: 'There is no such button to press.' } });
    expect(running.received).toHaveLength(2);
  });

  it('opens, searches in, submits and closes a form', async () => {
    running.answer(({ what }) => {
      if (what.kind === 'option-search') return { kind: 'options', options: [{ value: 'c1', label: 'D.D.' }] };
      return what.kind === 'form-submitted' ? nothing : { kind: 'form', form };
    });
    await running.post('slack/command', { user: 'maya', text: 'log' });
    const [view] = (await running.get('slack/views?user=maya')).body.views;
    expect(view.view.title.text).toBe('A form');
    const ask = { user: 'maya', view: view.id };
    const found = await running.post('slack/options', { ...ask, query: 'do', action_id: 'search:clients' });
    expect(found.body.body.options).toMatchObject([{ value: 'c1', text: { text: 'D.D.' } }]);
    const incomplete = await running.post('slack/submit', { ...ask, values: { minutes: '15' } });
    expect(incomplete).toMatchObject({ status: 400, body: { error: expect.stringContaining('"Client" is required') } });
    await running.post('slack/submit', { ...ask, values: { client: 'c1', minutes: '15' } });
    expect(running.received.at(-1)?.what).toMatchObject({
      kind: 'form-submitted',
      session: 'session-1',
      values: { client: 'c1', minutes: '15' },
    });
    expect((await running.get('slack/views?user=maya')).body.views).toEqual([]);

    await running.post('slack/command', { user: 'maya', text: 'log' });
    const [again] = (await running.get('slack/views?user=maya')).body.views;
    await running.post('slack/close', { user: 'maya', view: again.id });
    expect(running.received.at(-1)?.what.kind).toBe('form-closed');
  });

  it('opens the home tab and types to the bot', async () => {
    running.answer(({ what }) => (what.kind === 'home-opened' ? { kind: 'home', card: card('Home') } : nothing));
    await running.post('slack/home', { user: 'maya' });
    await running.post('slack/message', { user: 'maya', text: 'next' });
    expect(running.received.map(({ what }) => what.kind)).toEqual(['home-opened', 'command']);
    expect((await running.get('slack/views?user=maya')).body.home.view.type).toBe('home');
  });
});

describe('acting in Teams', () => {
  it('sends a message as the real request, and shows the chat to its person only', async () => {
    running.answer(() => answer(card('Your day')));
    const sent = await running.post('teams/message', { user: 'keisha', text: 'next' });
    expect(sent).toMatchObject({ status: 200, body: { status: 200 } });
    expect(running.received).toMatchObject([
      { platform: 'teams', user: KEISHA, place: { kind: 'direct' }, what: { kind: 'command', text: 'next' } },
    ]);
    const chat = await running.get('teams/messages?conversation=dm&user=keisha');
    expect(chat.body.messages.at(-1)).toMatchObject({ from: 'bot', summary: 'Your day' });
    await running.post('teams/message', { user: 'keisha', conversation: WEST, text: 'help' });
    expect(running.received.at(-1)).toMatchObject({ place: { kind: 'channel' }, what: { text: 'help' } });
  });

  it('presses a row button, opens a dialog, searches and submits; a dismissed dialog is gone', async () => {
    running.answer(({ what }) => {
      if (what.kind === 'option-search') return { kind: 'options', options: [{ value: 'c1', label: 'D.D.' }] };
      if (what.kind === 'button' && what.action === 'test.form') return { kind: 'form', form };
      return what.kind === 'form-submitted' ? nothing : answer(card('Rows'));
    });
    await running.post('teams/message', { user: 'keisha', text: 'next' });
    const { messages } = (await running.get('teams/messages?user=keisha')).body;
    const activity = messages.at(-1).id;
    await running.post('teams/press', { user: 'keisha', activity, title: 'Press', rowId: 'row-1' });
    const pressed = { kind: 'button', action: 'test.press', subject: 's1', version: 3, message: activity };
    expect(running.received.at(-1)?.what).toEqual(pressed);
    const opened = await running.post('teams/press', { user: 'keisha', activity, title: 'Open' });
    expect(opened.body.dialog.title).toBe('A form');
    const [dialog] = (await running.get('teams/dialogs?user=keisha')).body.dialogs;
    const found = await running.post('teams/search', { user: 'keisha', dataset: 'clients', query: 'do' });
    expect(found.body.body.value.results).toEqual([{ value: 'c1', title: 'D.D.' }]);
    await running.post('teams/submit', { user: 'keisha', dialog: dialog.id, values: { client: 'c1', minutes: '20' } });
    expect(running.received.at(-1)?.what).toMatchObject({
      kind: 'form-submitted',
      values: { client: 'c1', minutes: '20' },
    });
    const second = await running.post('teams/press', { user: 'keisha', activity, title: 'Open' });
    const ask = { user: 'keisha', dialog: second.body.dialog.id };
    expect((await running.post('teams/dismiss', ask)).status).toBe(200);
    expect((await running.get('teams/dialogs?user=keisha')).body.dialogs).not.toContainEqual(
      expect.objectContaining({ id: ask.dialog }),
    );
    expect((await running.post('teams/dismiss', ask)).status).toBe(400);
    const missing = await running.post('teams/press', { user: 'keisha', activity, title: 'Nowhere' });
    expect(missing).toMatchObject({ status: 400, body: { error: expect.stringContaining('no button') } });
  });

  it('passes any invoke on as it is', async () => {
    const value = { action: { type: 'Action.Execute', verb: 'test.press', data: { s: 's9' } }, trigger: 'manual' };
    const sent = await running.post('teams/invoke', { user: 'keisha', name: 'adaptiveCard/action', value });
    expect(sent.body.status).toBe(200);
    expect(running.received.at(-1)?.what).toEqual({ kind: 'button', action: 'test.press', subject: 's9' });
  });
});

describe('asking for what cannot be', () => {
  it.each([
    ['slack/command', { user: 'nobody', text: 'next' }, 'Nobody by that id is on this Slack. People here: maya, jon.'],
    ['teams/message', { user: 'maya', text: 'next' }, 'Nobody by that id is on this Teams. People here: keisha.'],
    ['slack/command', { user: 'maya' }, 'Say text too.'],
    ['slack/command', { user: 'maya', text: 'next', extra: 1 }, 'I do not know extra.'],
    ['slack/command', { user: 'jon', channel: 'C0EAST', text: 'next' }, 'This user is not in that channel.'],
    ['slack/action', { user: 'maya', action: { action_id: 'x' } }, 'Say which message or view the button is on.'],
    ['slack/command', [], 'Send a JSON object.'],
    ['teams/submit', { user: 'keisha', dialog: 'd', values: { a: {} } }, 'Please check values.a'],
  ])('%s %j answers 400 with a sentence', async (path, body, sentence) => {
    const refused = await running.post(path, body);
    expect(refused.status).toBe(400);
    expect(refused.body.error).toContain(sentence);
    expect(running.received).toEqual([]);
  });

  it('shows nobody a place that is not theirs', async () => {
    expect((await running.get('slack/messages?channel=C0EAST&user=jon')).status).toBe(400);
    expect((await running.get('slack/messages?channel=DOTHER&user=jon')).status).toBe(400);
    expect((await running.get('teams/messages?conversation=nowhere&user=keisha')).status).toBe(400);
    expect((await running.get('nothing')).body).toEqual({ error: 'The simulator has no such address.' });
  });
});

describe('looking on', () => {
  it('says who is where, and keeps a ledger without contents', async () => {
    running.answer(() => answer(card('A secret of D.D.')));
    await running.post('slack/command', { user: 'maya', text: 'client K7T2-9' });
    const { body } = await running.get('state');
    expect(body.clock.zone).toBe('America/New_York');
    expect(body.people.map(({ id }: { id: string }) => id)).toEqual(['maya', 'jon', 'keisha']);
    expect(body.slack).toMatchObject({ name: 'Riverside', directs: { U0MAYA: expect.stringMatching(/^D/) } });
    expect(body.teams.chats[KEISHA]).toBeDefined();
    expect(body.ledger[0]).toMatchObject({ platform: 'slack', direction: 'to-baton', what: 'command', status: 200 });
    expect(JSON.stringify(body.ledger)).not.toMatch(/K7T2|secret/);
  });

  it('announces on the event stream that something changed', async () => {
    const stream = await fetch(`${running.origin}/simulator/api/events`);
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    await running.post('slack/message', { user: 'maya', text: 'next' });
    let heard = '';
    while (!heard.includes('event: changed')) {
      const { value, done } = await reader.read();
      if (done) break;
      heard += value;
    }
    await reader.cancel();
    expect(heard).toContain('event: changed\ndata: {}\n\n');
  });

  it('lets Slack and Teams fail on demand, and be well again', async () => {
    running.answer(({ what }) => (what.kind === 'home-opened' ? { kind: 'home', card: card('Home') } : nothing));
    await running.post('faults', { platform: 'slack', kind: '500', times: 1, method: 'views.publish' });
    expect((await running.get('state')).body.faults).toEqual([{ platform: 'slack', kind: '500', times: 1 }]);
    await running.post('slack/home', { user: 'jon' });
    await expect
      .poll(async () =>
        (await running.get('state')).body.ledger.some(
          ({ what, status }: { what: string; status: number }) => what === 'views.publish' && status === 500,
        ),
      )
      .toBe(true);
    await running.post('faults', { platform: 'teams', kind: 'lost-reply', times: 2 });
    expect(running.simulator.local.teams.faults.list()).toMatchObject([{ kind: 'lost-reply', times: 2 }]);
    expect((await running.post('faults', { clear: true })).body.faults).toEqual([]);
    expect(running.simulator.local.teams.faults.list()).toEqual([]);
    expect((await running.post('faults', { platform: 'slack', kind: 'meteor' })).status).toBe(400);
  });

  it.each([
    ...slackFaultKinds.map((kind) => ['slack', kind] as const),
    ['slack', 'error:is_archived'] as const,
    ['slack', 'done-error:internal_error'] as const,
    ...teamsFaultKinds.map((kind) => ['teams', kind] as const),
  ])('knows the fault of %s: %s', async (platform, kind) => {
    const said = await running.post('faults', { platform, kind, times: 3 });
    expect(said).toEqual({ status: 200, body: { faults: [{ platform, kind, times: 3 }] } });
    await running.post('faults', { clear: true });
  });

  it.each([
    { platform: 'slack', kind: 'error:Not A Code' },
    { platform: 'slack', kind: 'done-error:' },
    { platform: 'slack', kind: '412' },
    { platform: 'teams', kind: 'error:is_archived' },
    { platform: 'teams', kind: '403', code: 'two words' },
    { platform: 'teams', kind: '429', retryAfter: 0 },
  ])('names the faults it knows when asked for another: %j', async (body) => {
    const refused = await running.post('faults', body);
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatch(/Kinds of Slack: 429, .*Kinds of Teams: 401, /);
  });

  it('passes a fault on with all that was said of it', async () => {
    const asked = { kind: '403', times: 1, code: 'ConversationNotFound', conversation: WEST };
    await running.post('faults', { platform: 'teams', ...asked });
    expect(running.simulator.local.teams.faults.list()).toEqual([asked]);
    await running.post('faults', { clear: true });
  });
});
