import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Card } from '../../../src/chat/card.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import { answer, nothing } from '../../../src/chat/reply.ts';
import { wallClock } from '../../../src/clock.ts';
import { ConnectorError } from '../../../src/teams/connector.ts';
import { heldDeadline, holdDeadline } from '../../helpers/hold-deadline.ts';
import { channel, maya, startTeams, tenantId } from './start-teams.ts';
import type { Running } from './start-teams.ts';

const open: Running[] = [];
const start = async (...options: Parameters<typeof startTeams>): Promise<Running> => {
  const running = await startTeams(...options);
  open.push(running);
  return running;
};
afterEach(async () => {
  for (const running of open.splice(0)) await running.close();
});

const card = (text: string): Card => ({
  kind: 'test.card',
  summary: text,
  nodes: [
    { kind: 'text', text },
    {
      kind: 'buttons',
      buttons: [
        { action: 'a.b', label: 'Go', subject: 's' },
        { action: 'a.form', label: 'Form', opensForm: true },
      ],
    },
  ],
});
const written = (running: Running, user = maya): string[] =>
  running.local
    .messages(running.local.chatOf(user) ?? '')
    .filter(({ from }) => from === 'bot')
    .map(({ summary, text }) => summary ?? text ?? '');
/** A reply that comes when the test says so. */
function later(reply: Reply): { wait: () => Promise<Reply>; come: () => void } {
  let come = (): void => undefined;
  const coming = new Promise<Reply>((resolve) => {
    come = () => resolve(reply);
  });
  return { wait: () => coming, come: () => come() };
}

describe('the deadline', () => {
  const working = 'Working on it. The answer follows in our chat.';

  it('is kept for a button: Teams is answered, and the answer follows in the chat', async () => {
    const deadline = holdDeadline(wallClock);
    const running = await start({ bot: { clock: deadline.clock, deadlineMs: heldDeadline } });
    running.answer(answer(card('Before')));
    await running.local.message({ user: maya, text: 'next' });
    const [message] = running.local.messages(running.local.chatOf(maya) ?? '').filter(({ from }) => from === 'bot');
    const slow = later({ kind: 'answer', replace: card('At last') });
    running.answer(slow.wait);
    deadline.pass();
    const pressed = await running.local.press({ user: maya, activity: message?.id ?? '', title: 'Go' });
    expect(pressed.body).toMatchObject({ type: 'application/vnd.microsoft.activity.message', value: working });
    expect(written(running)).toEqual(['Before']);
    slow.come();
    await running.teams.stop();
    expect(written(running)).toEqual(['Before', 'At last']);
  });

  it('is kept for a command, a dialog and a search', async () => {
    const running = await start({ bot: { deadlineMs: 50 } });
    const slow = later(answer(card('At last')));
    running.answer(slow.wait);
    await running.local.message({ user: maya, conversation: channel, text: 'next' });
    expect(written(running)).toEqual([working]);
    const dialog = await running.local.invoke({ user: maya, name: 'task/fetch', value: { data: { verb: 'a.form' } } });
    expect(dialog.body).toEqual({ task: { type: 'message', value: working } });
    const search = await running.local.search({ user: maya, dataset: 'people', query: 'j' });
    expect(search.body).toMatchObject({ value: { results: [] } });
    slow.come();
    await running.teams.stop();
    expect(written(running)).toEqual([working, 'At last', 'At last']);
  });
});

describe('the library that routes', () => {
  it('starts no timer of its own, which would say "typing" past our connector', async () => {
    const running = await start();
    const timers = vi.spyOn(globalThis, 'setTimeout');
    await running.local.message({ user: maya, text: 'help' });
    const everySecond = timers.mock.calls.filter(([, milliseconds]) => milliseconds === 1_000);
    expect(everySecond).toEqual([]);
  });
});

describe('a delivery', () => {
  it('keeps its id when it is repeated', async () => {
    const running = await start();
    const first = await running.local.message({ user: maya, text: 'help' });
    await running.local.post(first.activity, await running.local.token());
    expect(new Set(running.received.map(({ delivery }) => delivery)).size).toBe(1);
    expect(running.received).toHaveLength(2);
  });

  it('without an id is known by its bytes', async () => {
    const running = await start();
    const { id: _gone, ...activity } = running.local.activity({ user: maya });
    const invoke = {
      ...activity,
      type: 'invoke',
      name: 'application/search',
      value: { dataset: 'clients', queryText: 'a' },
    };
    running.answer({ kind: 'options', options: [] });
    await running.local.post(invoke, await running.local.token());
    await running.local.post(invoke, await running.local.token());
    await running.local.post({ ...invoke, value: { dataset: 'clients', queryText: 'b' } }, await running.local.token());
    const [first, again, other] = running.received.map(({ delivery }) => delivery);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('the signing keys of Teams', () => {
  it('may change: a new key is looked up, at most once an hour', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const running = await start();
      await running.local.message({ user: maya, text: 'help' });
      await running.local.rollKeys();
      vi.spyOn(console, 'error').mockReturnValue(undefined);
      expect(await running.local.message({ user: maya, text: 'help' })).toMatchObject({ status: 401 });
      vi.setSystemTime(Date.now() + 61 * 60_000);
      expect(await running.local.message({ user: maya, text: 'help' })).toMatchObject({ status: 200 });
    } finally {
      vi.useRealTimers();
    }
  });

  it('that cannot be fetched refuse everybody, with no reason told', async () => {
    const running = await start({ bot: { openIdMetadataUrl: 'http://127.0.0.1:9/none' }, install: [] });
    await running.local.install({ user: maya });
    expect(await running.local.message({ user: maya, text: 'help' })).toMatchObject({ status: 401, body: undefined });
    expect(running.received).toEqual([]);
  });
});

describe('a message that does not go out', () => {
  it.each([
    ['429', { status: 429, retryAfterSeconds: 1, unknown: false }],
    ['412', { status: 412, unknown: false }],
    ['500', { status: 500, unknown: true }],
    ['502', { status: 502, unknown: true }],
    ['403', { status: 403, code: 'MessageWritesBlocked', unknown: false }],
    ['refused', { code: 'connection', unknown: true }],
  ] as const)('is tried once and says why: %s', async (kind, expected) => {
    const running = await start();
    running.local.faults.add({ kind, times: 1 });
    const failed = running.teams.sendPrivate(tenantId, maya, card('Once'));
    await expect(failed).rejects.toBeInstanceOf(ConnectorError);
    await expect(failed).rejects.toMatchObject(expected);
    expect(running.local.faults.list()).toEqual([]);
    expect(written(running)).toEqual([]);
  });

  it('may have arrived all the same when the reply is lost, and says so', async () => {
    const running = await start();
    running.local.faults.add({ kind: 'lost-reply', times: 1 });
    await expect(running.teams.sendPrivate(tenantId, maya, card('Once'))).rejects.toMatchObject({ unknown: true });
    expect(written(running)).toEqual(['Once']);
  });

  it('has no chat to go to when the person never met Baton', async () => {
    const running = await start({ install: [] });
    await expect(running.teams.sendPrivate(tenantId, maya, card('x'))).rejects.toMatchObject({ code: 'no-chat' });
  });

  it('is tried again when somebody waits for it and it has surely not arrived', async () => {
    const running = await start();
    running.local.faults.add({ kind: '412', times: 1 });
    running.answer(answer(card('Second try')));
    await running.local.message({ user: maya, text: 'help' });
    expect(written(running)).toEqual(['Second try']);
  });

  it('is not tried again when it may have arrived', async () => {
    const running = await start();
    running.local.faults.add({ kind: '500', times: 1 });
    running.answer(answer(card('Never twice')));
    await running.local.message({ user: maya, text: 'help' });
    expect(written(running)).toEqual([]);
    expect(running.logged).toContainEqual({
      event: 'teams.answer-not-sent',
      fields: { platform: 'teams', code: 'Fault500', status: 500 },
    });
  });
});

describe('a message that went out', () => {
  it('can be redrawn and taken back', async () => {
    const running = await start();
    const sent = await running.teams.sendPrivate(tenantId, maya, card('One'));
    await running.teams.update(sent, card('Two'));
    expect(written(running)).toEqual(['Two']);
    await running.teams.remove(sent);
    expect(running.local.messages(sent.conversationId)).toMatchObject([{ deleted: true }]);
  });

  it('never carries Baton’s token to a host that is not allowed', async () => {
    const running = await start();
    const to = { serviceUrl: 'https://evil.example/', conversationId: 'a:1' };
    await expect(running.teams.send(to, card('x'))).rejects.toMatchObject({ code: 'service-host-not-allowed' });
  });
});

describe('a dispatcher that breaks', () => {
  it('is an answer in words: no status 500, no reason', async () => {
    const running = await start();
    running.answer(() => {
      throw new Error('K7T2-9 Jane Doe');
    });
    await running.local.message({ user: maya, text: 'help' });
    expect(written(running)).toEqual([
      'That did not work. Please try again. If it happens again, tell your administrator.',
    ]);
    expect(JSON.stringify(running.logged)).not.toContain('Jane');
    running.answer(nothing);
  });
});
