import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answer, nothing } from '../../../src/chat/reply.ts';
import { parts } from '../../../src/simulator/teams/find-in-card.ts';
import { button, card, createChatView, form, text } from './chat-view.ts';
import { channel, jon, maya, startTeams, tenantId } from './start-teams.ts';
import type { Running } from './start-teams.ts';

let running: Running;
beforeAll(async () => {
  running = await startTeams();
});
afterAll(() => running.close());
let failedBefore = 0;
afterEach(() => {
  const failures = running.local.failures().slice(failedBefore);
  failedBefore += failures.length;
  running.received.length = 0;
  running.answer(nothing);
  expect(failures).toEqual([]);
});

const { chat, fromBot, last, posted } = createChatView(() => running);

describe('a message to Baton', () => {
  it('arrives as a command with tenant, person, place and delivery', async () => {
    const sent = await running.local.message({ user: maya, text: '/care log K7T2-9 phone' });
    expect(running.received).toEqual([
      {
        platform: 'teams',
        tenant: tenantId,
        user: maya,
        place: { id: chat(), kind: 'direct' },
        delivery: `${chat()}/${String(sent.activity['id'])}`,
        what: { kind: 'command', text: 'log K7T2-9 phone' },
      },
    ]);
  });

  it('is answered in the chat with a card and one sentence for the notification', async () => {
    running.answer(answer(card('Logged: K7T2-9')));
    await running.local.message({ user: maya, text: 'log K7T2-9' });
    expect(last()).toMatchObject({ summary: 'Summary of Logged: K7T2-9' });
    expect(text(last())).toBe('Logged: K7T2-9');
  });

  it('in a channel is answered in the person’s own chat, and nothing is written in the channel', async () => {
    running.answer(answer(card('Private')));
    await running.local.message({ user: maya, conversation: channel, text: 'refer K7T2-9 to @Jon urgent' });
    expect(running.received).toMatchObject([
      { place: { id: channel, kind: 'channel' }, what: { text: `refer K7T2-9 to @${jon} urgent` } },
    ]);
    expect(fromBot(channel)).toEqual([]);
    expect(text(last())).toBe('Private');
  });

  it('in a channel opens the chat of somebody Baton does not know yet', async () => {
    const fresh = await startTeams({ install: [] });
    fresh.answer(answer(card('First')));
    await fresh.local.message({ user: maya, conversation: channel, text: 'help' });
    const opened = fresh.local.chatOf(maya) ?? '';
    expect(fresh.local.messages(opened)).toHaveLength(1);
    expect(fresh.references.all.get(`${tenantId}/${maya}`)).toMatchObject({ conversationId: opened });
    await fresh.close();
  });

  it('opens a form as a card in the chat, which goes away when it is sent', async () => {
    running.answer({ kind: 'form', form });
    await running.local.message({ user: maya, text: 'log' });
    const { id } = last();
    running.answer(answer(card('Logged')));
    const sent = await running.local.submit({
      user: maya,
      activity: id,
      values: { client: 'c-1', note: 'calm', urgent: true },
      title: 'Save',
    });
    expect(running.received.at(-1)).toMatchObject({
      what: {
        kind: 'form-submitted',
        form: 'contacts.log',
        session: 's-1',
        values: { client: 'c-1', note: 'calm', urgent: true },
      },
    });
    expect(sent.body).toMatchObject({ type: 'application/vnd.microsoft.card.adaptive' });
    expect(text(running.local.messages(chat()).find((message) => message.id === id))).toBe('Logged');
  });

  it('keeps a form in the chat open with its sentences and what was typed', async () => {
    running.answer({ kind: 'form', form });
    await running.local.message({ user: maya, text: 'log' });
    const { id } = last();
    running.answer({ kind: 'form-errors', form, errors: { client: 'Choose a client.' } });
    await running.local.submit({ user: maya, activity: id, values: { note: 'typed' }, title: 'Save' });
    const shown = running.local.messages(chat()).find((message) => message.id === id);
    expect(text(shown)).toContain('Please check: Choose a client.');
    expect(parts(shown?.card).find((part) => part['id'] === 'v-note')).toMatchObject({ value: 'typed' });
  });

  it('closes a form in the chat that is cancelled', async () => {
    running.answer({ kind: 'form', form });
    await running.local.message({ user: maya, text: 'log' });
    const { id } = last();
    running.answer(nothing);
    await running.local.press({ user: maya, activity: id, title: 'Cancel' });
    expect(running.received.at(-1)).toMatchObject({
      what: { kind: 'form-closed', form: 'contacts.log', session: 's-1' },
    });
    expect(text(running.local.messages(chat()).find((message) => message.id === id))).toBe(
      'Closed. Nothing was saved.',
    );
  });

  it('says so when a message cannot be read: too long, or a value that is no button', async () => {
    await running.local.message({ user: maya, text: 'x'.repeat(46_000) });
    expect(last().text).toContain('I could not read that message.');
    const { text: _gone, ...activity } = running.local.activity({ user: maya });
    await running.local.post({ ...activity, value: { verb: 'NO' } }, await running.local.token());
    expect(running.received).toEqual([]);
    expect(fromBot(chat()).filter((message) => message.text?.startsWith('I could not read') === true)).toHaveLength(2);
  });

  it('takes a form sent by an old client, as a message with a value, all the same', async () => {
    const { text: _gone, ...activity } = running.local.activity({ user: maya });
    const value = { form: 'contacts.log', session: 's-1', 'v-note': 'calm' };
    await running.local.post({ ...activity, value }, await running.local.token());
    expect(running.received).toMatchObject([
      { what: { kind: 'form-submitted', session: 's-1', values: { note: 'calm' } } },
    ]);
  });

  it('shows the home card in the chat', async () => {
    running.answer({ kind: 'home', card: card('My day') });
    await running.local.message({ user: maya, text: '' });
    expect(text(last())).toBe('My day');
  });
});

describe('a pressed button', () => {
  it('arrives with action, subject, version and choice', async () => {
    const id = await posted(button({ choice: 'left-message' }));
    running.answer(nothing);
    await running.local.press({ user: maya, activity: id, rowId: 'r1', title: 'Undo' });
    expect(running.received).toMatchObject([
      {
        place: { kind: 'direct' },
        what: { kind: 'button', action: 'contacts.undo', choice: 'left-message', subject: 'c-1', version: 2 },
      },
    ]);
  });

  it('becomes another card, at once and for good', async () => {
    const id = await posted(button());
    running.answer({ kind: 'answer', replace: card('After'), card: card('Extra') });
    const { body } = await running.local.press({ user: maya, activity: id, title: 'Undo' });
    expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(running.local.messages(chat()).find((message) => message.id === id)).toMatchObject({ updates: 1 });
    expect(text(running.local.messages(chat()).find((message) => message.id === id))).toBe('After');
    expect(text(last())).toBe('Extra');
  });

  it('shows the page that was asked for', async () => {
    const id = await posted(button());
    const rows = Array.from({ length: 80 }, (_, index) => ({
      id: `r${String(index)}`,
      text: `Row ${String(index)} ${'y'.repeat(900)}`,
    }));
    running.answer({ kind: 'answer', page: 1, replace: { kind: 'x', summary: 's', nodes: [{ kind: 'rows', rows }] } });
    await running.local.press({ user: maya, activity: id, title: 'Undo' });
    expect(text(running.local.messages(chat()).find((message) => message.id === id))).toContain('Page 2 of');
  });

  it('answers with a new message, and a word where it was pressed', async () => {
    const id = await posted(button());
    running.answer(answer(card('New')));
    const { body } = await running.local.press({ user: maya, activity: id, title: 'Undo' });
    expect(body).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'See the new message below.',
    });
    expect(text(last())).toBe('New');
  });

  it('in a channel changes nothing there: the answer is in the own chat', async () => {
    const { serviceUrl } = running.local.settings();
    const { activityId } = await running.teams.send({ serviceUrl, conversationId: channel }, card('For all', button()));
    running.answer({ kind: 'answer', replace: card('Private'), card: card('Also private') });
    const { body } = await running.local.press({ user: jon, activity: activityId, title: 'Undo' });
    expect(body).toMatchObject({ value: 'The answer is in our chat.' });
    expect(fromBot(channel, jon).map(text)).toEqual(['For all\nRow']);
    expect(fromBot(chat(jon)).map(text)).toEqual(['Private', 'Also private']);
  });

  it('says where to begin when Baton cannot write to the person', async () => {
    const fresh = await startTeams({ install: [] });
    const { serviceUrl } = fresh.local.settings();
    const { activityId } = await fresh.teams.send({ serviceUrl, conversationId: channel }, card('For all', button()));
    fresh.local.faults.add({ kind: '403', times: 1 });
    fresh.answer(answer(card('Private')));
    const { body } = await fresh.local.press({ user: maya, activity: activityId, title: 'Undo' });
    expect(JSON.stringify(body)).toContain('I cannot write to you yet.');
    await fresh.close();
  });

  it('is refused in words when it is forged: B56', async () => {
    const id = await posted(button());
    const { body } = await running.local.press({
      user: maya,
      activity: id,
      evenIf: { verb: 'Not An Action', data: { s: 7 } },
    });
    expect(body).toMatchObject({ statusCode: 400, type: 'application/vnd.microsoft.error' });
    expect(running.received).toEqual([]);
  });
});
