import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Button, Card } from '../../../src/chat/card.ts';
import { nothing } from '../../../src/chat/reply.ts';
import type { StoredMessage } from '../../../src/simulator/slack/workspace.ts';
import { card, form, say, startSlack, type Running } from './start-slack.ts';

const withButtons = (...buttons: Button[]): Card => card('Choose', { nodes: [{ kind: 'buttons', buttons }] });
const done: Button = { action: 'follow-ups.done', label: 'Done', subject: 'f-1', version: 3 };
const texts = (messages: readonly StoredMessage[]) => messages.map((message) => message.text);

let running: Running;
beforeEach(async () => {
  running = await startSlack();
});
afterEach(() => running.stop());
const typed = (text: string, channel = running.slack.direct('U1')) =>
  running.slack.command({ user: 'U1', channel, text });

describe('a slash command', () => {
  it('arrives as typed, entities turned back into words, with the place it was typed in', async () => {
    await typed('refer K7T2-9 to @jon a & b <x>', 'C1');
    expect(running.received).toEqual([
      {
        platform: 'slack',
        tenant: 'T1',
        user: 'U1',
        place: { id: 'C1', kind: 'channel' },
        delivery: running.received[0]?.delivery,
        what: { kind: 'command', text: 'refer K7T2-9 to @U2 a & b <x>' },
      },
    ]);
    await typed('next');
    expect(running.received[1]?.place.kind).toBe('direct');
  });

  it('is answered in the acknowledgement, to the person alone', async () => {
    running.reply(say('Logged'));
    const { status, body } = await typed('log', 'C1');
    expect({ status, body }).toMatchObject({ status: 200, body: { response_type: 'ephemeral', text: 'Logged' } });
    expect(texts(running.slack.messages('C1', 'U1'))).toEqual(['Logged']);
    expect(running.slack.messages('C1', 'U2')).toEqual([]);
  });

  it('shows a second card after the first', async () => {
    running.reply({ kind: 'answer', card: card('second'), replace: card('first') });
    await typed('log', 'C1');
    await running.until(() => running.slack.messages('C1', 'U1'), 2);
    expect(texts(running.slack.messages('C1', 'U1'))).toEqual(['first', 'second']);
  });

  it('opens a form and says nothing', async () => {
    running.reply({ kind: 'form', form: form() });
    expect(await typed('log', 'C1')).toMatchObject({ status: 200, body: '' });
    expect(running.slack.views('U1')).toMatchObject([
      { view: { callback_id: 'contacts.log', private_metadata: '{"session":"s-1"}' } },
    ]);
  });

  it('says in words that a form could not open', async () => {
    running.reply({ kind: 'form', form: form() });
    running.slack.faults.set([{ method: 'views.open', kind: 'error:expired_trigger_id', times: 1 }]);
    await typed('log', 'C1');
    expect(texts(running.slack.messages('C1', 'U1'))).toEqual(['The form could not open in time. Please try again.']);
    expect(running.logged).toContain('slack.call-failed {"method":"views.open","error":"expired_trigger_id"}');
  });

  it('opens the next form although the last one was rate limited', async () => {
    running.reply({ kind: 'form', form: form() });
    running.slack.faults.set([{ method: 'views.open', kind: '429', retryAfter: 30, times: 1 }]);
    await typed('log');
    await typed('log');
    expect(running.slack.views('U1')).toHaveLength(1);
  });

  it('is answered with a sentence and no detail when something throws', async () => {
    running.reply(() => {
      throw new Error('password=hunter2');
    });
    await typed('log', 'C1');
    expect(texts(running.slack.messages('C1', 'U1'))).toEqual([
      'Something went wrong on our side. Please try again; if it happens again, tell your administrator.',
    ]);
    expect(running.logged.join()).not.toContain('hunter2');
  });

  it('is acknowledged empty when there is nothing to say', async () => {
    running.reply(nothing);
    expect(await typed('log')).toMatchObject({ status: 200, body: '' });
  });
});

describe('a button', () => {
  const press = (message: StoredMessage | undefined, channel = 'C1', user = 'U1', action_id = done.action) =>
    running.slack.action({ user, channel, message: message?.ts ?? '', action: { action_id } });
  async function shown(): Promise<StoredMessage | undefined> {
    running.reply({ kind: 'answer', card: withButtons(done, { ...done, subject: 'f-2', choice: 'later' }) });
    await typed('next', 'C1');
    running.received.length = 0;
    return running.slack.messages('C1', 'U1').at(-1);
  }

  it('arrives as its action, subject, version and choice, and is acknowledged empty', async () => {
    const message = await shown();
    running.reply(nothing);
    expect(await press(message)).toMatchObject({ status: 200, body: '' });
    await press(message, 'C1', 'U1', 'follow-ups.done:later');
    expect(running.received.map(({ what }) => what)).toEqual([
      { kind: 'button', action: 'follow-ups.done', subject: 'f-1', version: 3 },
      { kind: 'button', action: 'follow-ups.done', subject: 'f-2', version: 3, choice: 'later' },
    ]);
  });

  it('turns its message into something else, on the page asked for', async () => {
    const message = await shown();
    const rows = Array.from({ length: 100 }, (_, i) => ({ id: `r${i}`, text: `row ${i}` }));
    running.reply({ kind: 'answer', replace: card('Done now', { nodes: [{ kind: 'rows', rows }] }), page: 1 });
    await press(message);
    await running.until(() => running.slack.messages('C1', 'U1').filter(({ edited }) => edited === true));
    const after = running.slack.messages('C1', 'U1');
    expect(texts(after)).toEqual(['Done now']);
    expect(JSON.stringify(after)).not.toContain('"row 0"');
    expect(JSON.stringify(after)).toContain('Previous');
  });

  it('gets a private answer beside its message', async () => {
    const message = await shown();
    running.reply(say('Only for you'));
    await press(message);
    await running.until(() => running.slack.messages('C1', 'U1'), 2);
    expect(texts(running.slack.messages('C1', 'U1'))).toEqual(['Choose', 'Only for you']);
    expect(running.slack.messages('C1', 'U2')).toEqual([]);
  });

  it('opens a form', async () => {
    const message = await shown();
    running.reply({ kind: 'form', form: form() });
    await press(message);
    expect(running.slack.views('U1')).toHaveLength(1);
  });

  it('answers in the person’s own conversation when the response_url is used up', async () => {
    const message = await shown();
    running.reply({ kind: 'answer', replace: card('Changed') });
    running.slack.faults.set([{ method: 'response_url', kind: '500', times: 1 }]);
    await press(message);
    const direct = running.slack.direct('U1');
    await running.until(() => running.slack.messages(direct));
    expect(texts(running.slack.messages(direct))).toEqual(['Changed']);
  });

  it('pressed twice at the same time reaches us twice, as two deliveries', async () => {
    const message = await shown();
    running.reply(nothing);
    await Promise.all([press(message), press(message)]);
    expect(new Set(running.received.map(({ delivery }) => delivery)).size).toBe(2);
  });

  it('B56 with a forged value arrives as a subject nobody knows', async () => {
    const message = await shown();
    running.reply(nothing);
    const action = { action_id: 'caseloads.transfer', value: '../../etc~~9' };
    await expect(
      running.slack.action({ user: 'U1', channel: 'C1', message: message?.ts ?? '', action }),
    ).rejects.toThrow('no such button');
    await running.slack.action({ user: 'U1', channel: 'C1', message: message?.ts ?? '', action, evenIf: true });
    expect(running.received.map(({ what }) => what)).toEqual([
      { kind: 'button', action: 'caseloads.transfer', subject: '../../etc~~9' },
    ]);
  });

  it('B65 pressed by somebody of another organisation carries that organisation as its tenant', async () => {
    const posted = await fetch(`${running.events.replace('/slack/events', '/local/api/chat.postMessage')}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${running.slack.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        channel: 'C1',
        text: 'x',
        blocks: [
          {
            type: 'actions',
            elements: [{ type: 'button', action_id: 'a.b', text: { type: 'plain_text', text: 'Go' } }],
          },
        ],
      }),
    });
    expect(posted.status).toBe(200);
    running.reply(say('I do not know you.'));
    await press(running.slack.messages('C1').at(-1), 'C1', 'U9', 'a.b');
    expect(running.received[0]).toMatchObject({ tenant: 'T9', user: 'U9' });
    await running.until(() => running.slack.messages('C1', 'U9'), 2);
  });
});

describe('a form', () => {
  async function opened(): Promise<string> {
    running.reply({ kind: 'form', form: form() });
    await typed('log');
    running.received.length = 0;
    return running.slack.views('U1')[0]?.id ?? '';
  }
  const submit = (view: string, values: Record<string, string> = { mode: 'phone', note: 'ok' }) =>
    running.slack.submit({ user: 'U1', view, values });
  const direct = () => running.slack.messages(running.slack.direct('U1'));

  it('arrives with its session and values, closes, and is confirmed in a private message', async () => {
    const view = await opened();
    running.reply(say('Logged'));
    expect(await submit(view)).toMatchObject({ status: 200, body: { response_action: 'clear' } });
    expect(running.received[0]?.what).toEqual({
      kind: 'form-submitted',
      form: 'contacts.log',
      session: 's-1',
      values: { mode: 'phone', note: 'ok' },
    });
    expect(running.slack.views('U1')).toEqual([]);
    await running.until(direct);
    expect(texts(direct())).toEqual(['Logged']);
  });

  it('stays open with a sentence beside each field, and the rest at its first', async () => {
    const view = await opened();
    running.reply({ kind: 'form-errors', form: form(), errors: { note: 'Too long.', '': 'Not today.' } });
    await submit(view);
    expect(running.slack.views('U1')).toMatchObject([{ errors: { note: 'Too long.', client: 'Not today.' } }]);
    expect(running.slack.views('U1')[0]?.trouble).toBeUndefined();
  });

  it('turns into the next form', async () => {
    const view = await opened();
    running.reply({ kind: 'form', form: form({ kind: 'contacts.more', title: 'And then' }) });
    await submit(view);
    expect(running.slack.views('U1')).toMatchObject([{ view: { callback_id: 'contacts.more' } }]);
  });

  it('tells us that it was closed', async () => {
    const view = await opened();
    running.reply(nothing);
    await running.slack.closeView({ user: 'U1', view });
    expect(running.received[0]?.what).toEqual({ kind: 'form-closed', form: 'contacts.log', session: 's-1' });
  });

  it('is held back by Slack while a required field is empty', async () => {
    const view = await opened();
    await expect(submit(view, { note: 'x' })).rejects.toThrow('"How" is required');
    expect(running.received).toEqual([]);
  });

  it('offers the clients a search finds, and takes only those', async () => {
    const view = await opened();
    running.reply({ kind: 'options', options: [{ value: 'c-1', label: 'K7T2-9 · D.D. 1974' }] });
    const search = { user: 'U1', view, action_id: 'search:clients' };
    await expect(running.slack.options({ ...search, query: 'd' })).rejects.toThrow('so few letters');
    const { body } = await running.slack.options({ ...search, query: 'do' });
    expect(body).toEqual({
      options: [{ value: 'c-1', text: { type: 'plain_text', text: 'K7T2-9 · D.D. 1974', emoji: false } }],
    });
    expect(running.received[0]?.what).toEqual({ kind: 'option-search', search: 'clients', query: 'do' });
    await expect(submit(view, { mode: 'phone', client: 'c-2' })).rejects.toThrow('no such option');
    running.reply(nothing);
    await submit(view, { mode: 'phone', client: 'c-1' });
    expect(running.received[1]?.what).toMatchObject({ values: { client: 'c-1' } });
  });

  it('says that there are more than the first of many, and takes one of those', async () => {
    const view = await opened();
    const options = Array.from({ length: 100 }, (_, index) => ({ value: `c-${index}`, label: `Client ${index}` }));
    running.reply({ kind: 'options', options, more: true });
    const { body } = await running.slack.options({ user: 'U1', view, action_id: 'search:clients', query: 'do' });
    const label = { type: 'plain_text', text: 'The first 100: keep typing for others', emoji: false };
    expect(body).toMatchObject({ option_groups: [{ label, options: { length: 100 } }] });
    running.reply(nothing);
    await submit(view, { mode: 'phone', client: 'c-99' });
    expect(running.received[1]?.what).toMatchObject({ values: { client: 'c-99' } });
  });

  it('B61 with missing and extra blocks arrives as it is, for the dispatcher to refuse', async () => {
    const view = await opened();
    running.reply({ kind: 'form-errors', form: form(), errors: { '': 'This form is not the one I know.' } });
    const state = { extra: { field: { type: 'plain_text_input', value: 'x' } } };
    await running.slack.submit({ user: 'U1', view, values: {}, evenIf: true, forged: { state } });
    expect(running.received[0]?.what).toMatchObject({ values: { extra: 'x' } });
  });

  it.each(['{"session":""}', 'no json', '{"other":1}', '[]'])(
    'B62 with tampered metadata %s has a session nobody knows',
    async (private_metadata) => {
      const view = await opened();
      running.reply(say('That form is no longer open.'));
      const forged = { private_metadata };
      await running.slack.submit({ user: 'U1', view, values: { mode: 'phone' }, evenIf: true, forged });
      expect(running.received[0]?.what).toMatchObject({ kind: 'form-submitted', session: 'unreadable' });
    },
  );

  it('B63, B64 with an option not offered or 3,001 characters arrives as it is', async () => {
    const view = await opened();
    running.reply(nothing);
    const state = {
      mode: { field: { type: 'radio_buttons', selected_option: { value: 'teleport' } } },
      note: { field: { type: 'plain_text_input', value: 'x'.repeat(3_001) } },
    };
    await running.slack.submit({ user: 'U1', view, values: {}, evenIf: true, forged: { state } });
    expect(running.received[0]?.what).toMatchObject({ values: { mode: 'teleport', note: 'x'.repeat(3_001) } });
  });
});

describe('what Slack tells by itself', () => {
  it('draws the home tab when it is opened', async () => {
    running.reply({ kind: 'home', card: card('My day') });
    expect(await running.slack.openHome({ user: 'U1' })).toMatchObject({ status: 200 });
    await running.until(() => [running.slack.home('U1')].filter((home) => home !== undefined));
    expect(JSON.stringify(running.slack.home('U1')?.view)).toContain('My day');
    expect(running.received[0]).toMatchObject({ user: 'U1', what: { kind: 'home-opened' } });
  });

  it('draws the home tab again after a button on it, and a page of it in place', async () => {
    const rows = Array.from({ length: 900 }, (_, i) => ({ id: `r${i}`, text: `row ${i}` }));
    const long = card('My day', {
      nodes: [
        { kind: 'buttons', buttons: [done] },
        { kind: 'rows', rows },
      ],
    });
    running.reply(({ what }) => (what.kind === 'home-opened' ? { kind: 'home', card: long } : say('Done')));
    await running.slack.openHome({ user: 'U1' });
    await running.until(() => [running.slack.home('U1')].filter((home) => home !== undefined));
    const before = running.slack.home('U1');
    const press = (action_id: string) =>
      running.slack.action({ user: 'U1', view: before?.id ?? '', action: { action_id } });
    await press('follow-ups.done');
    await running.until(() => running.slack.messages(running.slack.direct('U1')));
    await running.until(() => [running.slack.home('U1')].filter((home) => home?.hash !== before?.hash));
    running.reply({ kind: 'answer', replace: long, page: 1 });
    await press('card.page:next');
    await running.until(() => [running.slack.home('U1')].filter((home) => !JSON.stringify(home).includes('"row 0"')));
    expect(JSON.stringify(running.slack.home('U1')?.view)).toContain('Previous');
  });

  it('takes a line typed to the bot as a command and answers it there', async () => {
    running.reply(say('Three need you today'));
    await running.slack.typeToBot({ user: 'U1', text: 'next <b> & co' });
    await running.until(() => running.slack.messages(running.slack.direct('U1')), 2);
    expect(running.received[0]?.what).toEqual({ kind: 'command', text: 'next <b> & co' });
    expect(texts(running.slack.messages(running.slack.direct('U1'))).at(-1)).toBe('Three need you today');
  });

  it('says where forms open when a typed line needs one', async () => {
    running.reply({ kind: 'form', form: form() });
    await running.slack.typeToBot({ user: 'U1', text: 'log' });
    await running.until(() => running.slack.messages(running.slack.direct('U1')), 2);
    expect(texts(running.slack.messages(running.slack.direct('U1'))).at(-1)).toContain('Please type /care');
  });

  it('ignores what bots and edits say', async () => {
    const message = { type: 'message', channel_type: 'im', channel: 'D1', user: 'U1', text: 'x', ts: '1.1' };
    for (const more of [{ bot_id: 'B1' }, { subtype: 'message_changed' }, { channel_type: 'channel' }]) {
      expect(await running.slack.event({ ...message, ...more })).toMatchObject({ status: 200 });
    }
    expect(await running.slack.event({ type: 'something_new' })).toMatchObject({ status: 200 });
    expect(running.received).toEqual([]);
  });

  it('tells who can no longer sign in, and who can again', async () => {
    await running.slack.deactivate('U2');
    await running.slack.reactivate('U2');
    expect(running.received.map(({ user, what }) => ({ user, what }))).toEqual([
      { user: 'U2', what: { kind: 'user-changed', active: false } },
      { user: 'U2', what: { kind: 'user-changed', active: true } },
    ]);
  });

  it('forgets the token of a workspace that removed the app', async () => {
    await running.slack.event({ type: 'tokens_revoked', tokens: { oauth: ['U1'] } });
    expect(running.received).toEqual([]);
    await running.slack.uninstall();
    expect(running.received[0]?.what).toMatchObject({ kind: 'uninstalled', at: expect.any(String) });
    expect(running.removed).toMatchObject([{ tenant: 'T1' }]);
  });

  it('repeats an event under the same delivery id', async () => {
    await running.slack.event({ type: 'app_uninstalled' }, { id: 'Ev7', attempt: 1 });
    await running.slack.event({ type: 'app_uninstalled' }, { id: 'Ev7', attempt: 2 });
    expect(running.received.map(({ delivery }) => delivery)).toEqual(['Ev7', 'Ev7']);
  });

  it('answers an event it could not store with an error, so that Slack sends it again', async () => {
    let times = 0;
    running.reply(() => {
      times += 1;
      if (times === 1) throw new Error('database gone');
      return nothing;
    });
    const event = { type: 'app_uninstalled' };
    expect(await running.slack.event(event, { id: 'Ev1', attempt: 1 })).toMatchObject({ status: 500, body: '' });
    expect(await running.slack.event(event, { id: 'Ev1', attempt: 2 })).toMatchObject({ status: 200 });
  });

  it('runs a shortcut as the command of its name', async () => {
    running.reply({ kind: 'form', form: form() });
    expect(await running.slack.shortcut({ user: 'U1', callback_id: 'log' })).toMatchObject({ status: 200, body: '' });
    expect(running.received[0]?.what).toEqual({ kind: 'command', text: 'log' });
    expect(running.slack.views('U1')).toHaveLength(1);
    running.reply(say('Nothing is waiting on you'));
    await running.slack.shortcut({ user: 'U1', callback_id: 'next' });
    await running.until(() => running.slack.messages(running.slack.direct('U1')));
  });
});

describe('sending privately', () => {
  it('reaches the person’s own conversation, without link previews', async () => {
    expect(await running.adapter.sendPrivate('T1', 'U1', card('Hello <!channel>'))).toMatchObject({ ok: true });
    expect(texts(running.slack.messages(running.slack.direct('U1')))).toEqual(['Hello &lt;!channel&gt;']);
  });

  it.each([
    ['a person who left', '', { error: 'user_disabled', unknown: false }],
    ['a lost reply', 'lost-reply', { error: 'no_reply', unknown: true }],
    ['a dropped connection', 'refused', { error: 'no_reply', unknown: true }],
    ['an error of theirs', '500', { error: 'http_500', unknown: true }],
    ['a rate limit', '429', { error: 'ratelimited', retryAfterSeconds: 7, unknown: false }],
  ] as const)('says what is known after %s', async (_, kind, expected) => {
    if (kind === '') await running.slack.deactivate('U1');
    else running.slack.faults.set([{ method: 'chat.postMessage', kind, times: 1, retryAfter: 7 }]);
    expect(await running.adapter.sendPrivate('T1', 'U1', card('Hello'))).toEqual({ ok: false, ...expected });
  });

  it('refuses a workspace that never installed it', async () => {
    expect(await running.adapter.sendPrivate('T2', 'U1', card('x'))).toEqual({
      ok: false,
      error: 'not_installed',
      unknown: false,
    });
  });
});
