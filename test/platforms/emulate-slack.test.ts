import { subDays } from 'date-fns';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../src/chat/card.ts';
import { silentLog } from '../../src/log.ts';
import { wallClock } from '../../src/clock.ts';
import { nothing } from '../../src/chat/reply.ts';
import { createCall } from '../../src/slack/call-slack.ts';
import { postToOneIn, type Desk } from '../../src/slack/desk.ts';
import { slackScopes } from '../../src/slack/manifest.ts';
import { messageKey } from '../../src/slack/message-key.ts';
import { renderMessage, renderPages } from '../../src/slack/render-message.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { openEmulatedWorkspace, type EmulatedWorkspace } from './emulated-workspace.ts';

type Json = Readonly<Record<string, unknown>>;

const everyNode: Card = {
  kind: 'test.every',
  subject: 'x',
  summary: 'A card of everything & <more>',
  nodes: [
    { kind: 'heading', text: 'Your day' },
    { kind: 'text', text: [{ bold: '3 need you today.' }, ' Start with K7T2-9 <!channel> ', { subtle: 'high' }] },
    { kind: 'facts', facts: [{ label: 'Team', value: 'East' }] },
    {
      kind: 'rows',
      rows: Array.from({ length: 60 }, (_, index) => ({
        id: `row-${index}`,
        text: `Client ${index}`,
        detail: 'due today',
        buttons: [{ action: 'contacts.log', label: 'Log', subject: `id-${index}`, version: 1 }],
      })),
    },
    { kind: 'table', columns: ['Who', 'Open'], rows: [['Maya', '3']] },
    { kind: 'progress', label: 'Load', value: 12, max: 40 },
    { kind: 'copyable', text: 'Phone, reached.\n15 minutes.' },
    { kind: 'divider' },
    { kind: 'buttons', buttons: [{ action: 'follow-ups.next', label: 'Next', style: 'primary' }] },
    { kind: 'link', text: 'Manual', url: 'https://example.org/manual' },
  ],
};

/** A counterpart we did not write: what we send has to mean to it what it means to us. */
describe('the Slack half against emulate', () => {
  let workspace: EmulatedWorkspace;
  let code = '';
  let client = '';
  beforeAll(async () => {
    workspace = await openEmulatedWorkspace();
    const enrolled = await enrol(workspace.store, wallClock, [aClient({ name: 'Dan Dee', born: '1974-03-01' })]);
    code = enrolled[0]?.code ?? '';
    client = enrolled[0]?.id ?? '';
    await install();
  });
  afterAll(() => workspace.close());

  /** What an administrator's browser does, from our link to our last page. */
  async function install(): Promise<void> {
    const { origin, emulateUrl, admin } = workspace;
    const begun = await fetch(`${origin}/slack/install`, { redirect: 'manual' });
    const consent = new URL(begun.headers.get('location') ?? '');
    const shown = await fetch(consent);
    if (!(await shown.text()).includes('Authorize <strong>Baton</strong>')) throw new Error('no page of consent');
    const agreed = await fetch(`${emulateUrl}/oauth/v2/authorize/callback`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ ...Object.fromEntries(consent.searchParams), user_id: admin }),
    });
    const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
    const back = await fetch(agreed.headers.get('location') ?? '', { headers: { cookie } });
    if (back.status !== 200) throw new Error(`the installation ended with ${back.status}`);
  }

  const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
  const object = (value: unknown): Json => value as Json;

  /** Maya's conversation with Baton, newest first, as she would see it. */
  async function direct(): Promise<{ channel: string; messages: Json[] }> {
    const conversations = await workspace.ask('conversations.list', { types: 'im' });
    const channel = String(list(conversations['channels'])[0]?.['id']);
    const history = await workspace.ask('conversations.history', { channel });
    return { channel, messages: list(history['messages']) };
  }
  const called = (method: string) => workspace.calls.filter((call) => call.method === method);
  const last = (method: string) => called(method).at(-1);
  const viewOf = (method: string): Json => object(last(method)?.answer['view']);
  const sentView = (method: string): Json => JSON.parse(last(method)?.sent['view'] ?? '{}') as Json;

  async function trigger(values: Json = {}): Promise<string> {
    const answer = await workspace.ask('views.generateTriggerId', { user_id: workspace.maya, ...values });
    return String(answer['trigger_id']);
  }
  async function command(text: string, more: Json = {}) {
    const answer = await workspace.send('form', {
      command: '/care',
      text,
      team_id: workspace.team,
      user_id: workspace.maya,
      channel_id: 'C000000001',
      channel_name: 'general',
      ...more,
    });
    await workspace.adapter.settled();
    return answer;
  }
  const interact = (payload: Json) =>
    workspace.send('form', {
      payload: JSON.stringify({
        team: { id: workspace.team },
        user: { id: workspace.maya, team_id: workspace.team },
        ...payload,
      }),
    });
  const submit = (view: Json, values: Json) =>
    interact({ type: 'view_submission', view: { ...view, state: { values } } });
  const choice = (value: string): Json => ({ field: { type: 'radio_buttons', selected_option: { value } } });
  const filled = (): Json => ({
    client: { 'search:clients': { type: 'external_select', selected_option: { value: client } } },
    mode: choice('phone'),
    outcome: { field: { type: 'static_select', selected_option: { value: 'reached' } } },
    minutes: { field: { type: 'plain_text_input', value: '15' } },
    // Yesterday of UTC has begun everywhere.
    on: { field: { type: 'datepicker', selected_date: subDays(wallClock.now(), 1).toISOString().slice(0, 10) } },
    next: { field: { type: 'datepicker', selected_date: null } },
    note: { field: { type: 'plain_text_input', value: null } },
  });

  it('is installed by its OAuth, asking for the scopes of the manifest and no others', async () => {
    const token = await workspace.installations.botToken(workspace.team);
    expect(token).toMatch(/^xoxb-/);
    expect(String(last('oauth.v2.access')?.answer['scope']).split(',')).toEqual(Object.keys(slackScopes));
  });

  it('sends a private message: the conversation is opened and every block arrives as it was made', async () => {
    const outcome = await workspace.adapter.sendPrivate(workspace.team, workspace.maya, everyNode);
    const { channel, messages } = await direct();
    const made = renderMessage(everyNode);
    expect(outcome).toMatchObject({ ok: true, channel, ts: messages[0]?.['ts'] });
    expect(messages[0]).toMatchObject({ text: made.text, blocks: made.blocks });
    expect(last('chat.postMessage')?.sent).toMatchObject({ parse: 'none', link_names: 'false', unfurl_links: 'false' });
    expect(last('conversations.open')?.sent).toMatchObject({ users: workspace.maya });
  });

  it('opens the same conversation again for the next message', async () => {
    const before = await direct();
    await workspace.adapter.sendPrivate(workspace.team, workspace.maya, everyNode);
    const after = await direct();
    expect(after.channel).toBe(before.channel);
    expect(after.messages).toHaveLength(before.messages.length + 1);
  });

  it('posts, changes in place and takes back a message of the outbox', async () => {
    const { sender } = workspace.adapter;
    const options = { key: 'digest/maya/2026-11-23', plain: false };
    const to = { tenant: workspace.team, to: { user: workspace.maya } };
    const posted = await sender.post(to, everyNode, options);
    const before = await direct();
    if (!posted.ok) throw new Error(posted.code);
    const { place, messageId } = posted;
    expect(before.messages[0]).toMatchObject({ ts: messageId, client_msg_id: messageKey(options.key) });
    expect(place).toBe(before.channel);

    const later: Card = { kind: 'test.later', summary: 'Done', nodes: [{ kind: 'text', text: 'Nothing is waiting.' }] };
    const where = { tenant: workspace.team, place, messageId, serviceUrl: undefined };
    expect(await sender.update(where, later)).toEqual({ ok: true });
    expect((await direct()).messages[0]).toMatchObject({ ts: messageId, ...renderMessage(later) });

    expect(await sender.remove(where)).toEqual({ ok: true });
    expect((await direct()).messages).toEqual(before.messages.slice(1));
    expect(await sender.update(where, later)).toMatchObject({ ok: false, code: 'message_not_found', unknown: false });
  });

  it('sends every page of a long card, each as it was made', async () => {
    const pages = renderPages(everyNode);
    expect(pages.length).toBeGreaterThan(1);
    const call = createCall({ installations: workspace.installations, apiUrl: workspace.apiUrl, log: silentLog });
    const { channel } = await direct();
    for (const page of pages) {
      expect(await call(workspace.team, 'outbox', 'chat.postMessage', { channel, ...page })).toMatchObject({
        ok: true,
      });
      expect((await direct()).messages[0]).toMatchObject({ text: page.text, blocks: page.blocks });
    }
  });

  it('opens the form of a command whose line is not complete', async () => {
    expect(await command('log', { trigger_id: await trigger() })).toEqual({ status: 200, body: '' });
    const sent = sentView('views.open');
    const view = viewOf('views.open');
    expect(view).toMatchObject({ callback_id: 'contacts.log', notify_on_close: true });
    expect(view['blocks']).toEqual(sent['blocks']);
    expect(view['private_metadata']).toBe(sent['private_metadata']);
  });

  it('logs what its form says and confirms it in the conversation', async () => {
    await command('log', { trigger_id: await trigger() });
    expect(await submit(viewOf('views.open'), filled())).toEqual({ status: 200, body: { response_action: 'clear' } });
    await workspace.adapter.settled();
    const [newest] = (await direct()).messages;
    expect(newest?.['text']).toContain(code);
    expect(JSON.stringify(newest?.['blocks'])).toContain('Logged');
  });

  it('turns a form that is late into "Saving…", and then into where the answer is', async () => {
    await command('log', { trigger_id: await trigger() });
    const view = viewOf('views.open');
    let open: () => void = () => undefined;
    workspace.delay(
      new Promise((resolve) => {
        open = resolve;
      }),
    );
    const acknowledged = await submit(view, filled());
    expect(acknowledged.body).toMatchObject({ response_action: 'update', view: { title: { text: 'Saving…' } } });
    workspace.delay(Promise.resolve());
    open();
    await workspace.adapter.settled();
    expect(viewOf('views.update')).toMatchObject({ id: view['id'], title: { text: 'Answered' } });
  });

  it('lays a second form over the first', async () => {
    await command('log', { trigger_id: await trigger() });
    const below = viewOf('views.open');
    await interact({
      type: 'block_actions',
      view: { ...below, type: 'modal' },
      actions: [{ action_id: 'contacts.log' }],
      trigger_id: await trigger({ view_id: below['id'] }),
    });
    await workspace.adapter.settled();
    expect(viewOf('views.push')).toMatchObject({ previous_view_id: below['id'], callback_id: 'contacts.log' });
  });

  it('says in words that a form came too late, when its trigger was used before', async () => {
    const used = await trigger();
    await command('log', { trigger_id: used });
    const again = await command('log visit', { trigger_id: used });
    expect(last('views.open')?.answer).toMatchObject({ ok: false, error: 'exchanged_trigger_id' });
    expect(again.body).toMatchObject({ text: 'The form could not open in time. Please try again.' });
  });

  it('draws the home tab when it is opened, and never over a newer drawing', async () => {
    const openHome = async (hash?: string) => {
      const at = Math.floor(wallClock.wallNow().getTime() / 1_000);
      const event = { type: 'app_home_opened', user: workspace.maya, tab: 'home', view: { hash } };
      const envelope = {
        type: 'event_callback',
        team_id: workspace.team,
        event_id: `Ev${hash ?? 0}`,
        event_time: at,
        event,
      };
      expect(await workspace.send('json', envelope)).toMatchObject({ status: 200 });
      await workspace.adapter.settled();
    };
    await openHome();
    const drawn = viewOf('views.publish');
    expect(last('views.publish')?.sent).toMatchObject({ user_id: workspace.maya });
    expect(drawn).toMatchObject({ type: 'home', blocks: sentView('views.publish')['blocks'] });
    await openHome('1.0');
    expect(last('views.publish')?.answer).toMatchObject({ ok: false, error: 'hash_conflict' });
  });

  it('takes a refusal for what it is: nothing was sent', async () => {
    const before = (await direct()).messages.length;
    const nobody = await workspace.adapter.sendPrivate(workspace.team, 'U0NOBODY', everyNode);
    expect(nobody).toEqual({ ok: false, error: 'user_not_found', unknown: false });
    const elsewhere = await workspace.adapter.sendPrivate('T0OTHER', workspace.maya, everyNode);
    expect(elsewhere).toEqual({ ok: false, error: 'not_installed', unknown: false });
    expect((await direct()).messages).toHaveLength(before);
  });

  it('tells one person something in a place, and in their own conversation where the place refuses', async () => {
    const call = createCall({ installations: workspace.installations, apiUrl: workspace.apiUrl, log: silentLog });
    const uploadPictures = () => Promise.resolve(new Map<string, string>());
    const desk: Desk = {
      uploadPictures,
      call,
      receive: () => Promise.resolve(nothing),
      confirm: () => undefined,
      clock: wallClock,
      log: silentLog,
      deadlineMs: 500,
    };
    await workspace.adapter.sendPrivate(workspace.team, workspace.maya, everyNode);
    const { channel, messages } = await direct();
    await postToOneIn(desk, workspace.team, { channel, user: workspace.maya }, renderMessage(everyNode));
    expect(last('chat.postEphemeral')).toMatchObject({
      sent: { channel, user: workspace.maya, parse: 'none' },
      answer: { ok: true },
    });
    expect((await direct()).messages).toHaveLength(messages.length);
    await postToOneIn(desk, workspace.team, { channel: 'C0NOWHERE', user: workspace.maya }, renderMessage(everyNode));
    expect(last('chat.postEphemeral')?.answer).toMatchObject({ ok: false, error: 'channel_not_found' });
    expect((await direct()).messages).toHaveLength(messages.length + 1);
  });

  it('is asked what a place is and who somebody is, and its answers are understood', async () => {
    const { sender } = workspace.adapter;
    const tenant = workspace.team;
    // The bot is in none of its channels, and emulate has none that belongs to everybody.
    const seen = await sender.inspect?.({ tenant, place: 'C000000001', serviceUrl: undefined });
    expect(seen).toEqual({ ok: true, traits: ['not-a-member', 'public'] });
    const gone = await sender.inspect?.({ tenant, place: 'C0NOWHERE', serviceUrl: undefined });
    expect(gone).toMatchObject({ ok: true });
    expect(await sender.inspectUser?.({ tenant, user: workspace.maya })).toEqual({
      ok: true,
      active: true,
      guest: false,
    });
  });

  it('was asked for by every method the Slack half calls', () => {
    const folder = new URL('../../src/slack/', import.meta.url);
    const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
    const named = sources.flatMap(
      (text) => text.match(/(?<=')(?:chat|views|conversations|users)\.[a-zA-Z.]+(?=')/g) ?? [],
    );
    const tried = new Set(workspace.calls.map(({ method }) => method));
    expect([...new Set(named)].filter((method) => !tried.has(method))).toEqual([]);
    expect(named).toContain('chat.postMessage');
  });
});
