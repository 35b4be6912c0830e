import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readValues } from '../../../src/teams/form-values.ts';
import { answer, nothing } from '../../../src/chat/reply.ts';
import { parts } from '../../../src/simulator/teams/find-in-card.ts';
import { button, card, createChatView, form, text } from './chat-view.ts';
import { maya, outsider, startTeams, tenantId } from './start-teams.ts';
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

const { chat, last, posted } = createChatView(() => running);

describe('a dialog', () => {
  const open = async (): Promise<string> => {
    const id = await posted(button({ action: 'contacts.log', label: 'Log', opensForm: true }));
    running.answer({ kind: 'form', form });
    const { dialog } = await running.local.press({ user: maya, activity: id, title: 'Log' });
    return dialog?.id ?? '';
  };

  it('opens with the form', async () => {
    await open();
    expect(running.received).toMatchObject([
      { what: { kind: 'button', action: 'contacts.log', subject: 'c-1', version: 2 } },
    ]);
    expect(running.local.dialogs(maya).at(-1)).toMatchObject({ title: 'Log a contact' });
  });

  it('stays open with its sentences and what was typed, then closes, and the answer is in the chat', async () => {
    const dialog = await open();
    running.answer({ kind: 'form-errors', form, errors: { client: 'Choose a client.' } });
    await running.local.submit({ user: maya, dialog, values: { note: 'typed' } });
    const shown = running.local.dialogs(maya).find(({ id }) => id === dialog);
    expect(JSON.stringify(shown?.card)).toContain('Choose a client.');
    expect(parts(shown?.card).find((part) => part['id'] === 'v-note')).toMatchObject({ value: 'typed' });
    running.answer(answer(card('Logged')));
    const { status, body } = await running.local.submit({ user: maya, dialog, values: { client: 'c-1' } });
    expect({ status, body }).toEqual({ status: 200, body: undefined });
    expect(running.received.at(-1)).toMatchObject({
      what: { kind: 'form-submitted', values: { client: 'c-1', note: 'typed', urgent: false } },
    });
    expect(running.local.dialogs(maya).some(({ id }) => id === dialog)).toBe(false);
    expect(text(last())).toBe('Logged');
  });

  it('says so when there is no form to open, and the answer is in the chat', async () => {
    const id = await posted(button({ opensForm: true }));
    running.answer(answer(card('Somebody was first.')));
    const { body } = await running.local.press({ user: maya, activity: id, title: 'Undo' });
    expect(body).toEqual({ task: { type: 'message', value: 'Done. The answer is in our chat.' } });
    expect(text(last())).toBe('Somebody was first.');
  });

  it('is refused in words when its request is forged', async () => {
    const { body } = await running.local.invoke({ user: maya, name: 'task/submit', value: { data: { form: 7 } } });
    expect(body).toMatchObject({
      task: { type: 'message', value: expect.stringContaining('does not know this form') as string },
    });
    expect(running.received).toEqual([]);
  });

  it('searches clients as people type, and offers what was found', async () => {
    running.answer({ kind: 'options', options: [{ value: 'c-1', label: 'K7T2-9 <at>x</at>' }] });
    const { body } = await running.local.search({ user: maya, dataset: 'clients', query: 'k7' });
    expect(running.received).toMatchObject([{ what: { kind: 'option-search', search: 'clients', query: 'k7' } }]);
    expect(body).toMatchObject({ value: { results: [{ value: 'c-1', title: 'K7T2-9 <\u2060at>x<\u2060/at>' }] } });
  });

  it.each([
    [100, true, 14],
    [20, false, 14],
    [10, true, 10],
  ])('says that there are more than the first: of %i (and more: %s) it shows %i', async (count, more, shown) => {
    const options = Array.from({ length: count }, (_, index) => ({ value: `c-${index}`, label: `Client ${index}` }));
    running.answer({ kind: 'options', options, more });
    const { body } = await running.local.search({ user: maya, dataset: 'clients', query: 'k7' });
    const { results } = (body as { value: { results: readonly { value: string; title: string }[] } }).value;
    expect(results).toHaveLength(shown + 1);
    expect(readValues({ 'v-client': 'keep-typing', 'v-tier': 'high' })).toEqual({ tier: 'high' });
    expect(results.at(-1)).toEqual({ value: 'keep-typing', title: `The first ${shown}: keep typing for others` });
  });
});

describe('the life of an installation', () => {
  it('tells when Baton is installed and removed, not when it is upgraded', async () => {
    await running.local.install({ user: outsider });
    const upgrade = {
      ...running.local.activity({ user: outsider }),
      type: 'installationUpdate',
      action: 'remove-upgrade',
    };
    await running.local.post(upgrade, await running.local.token());
    await running.local.uninstall({ user: outsider });
    expect(running.received.map(({ what }) => what.kind)).toEqual(['installed', 'uninstalled']);
  });

  it('keeps how to write to each person, refreshed at every message', async () => {
    const key = `${tenantId}/${maya}`;
    running.references.all.set(key, {
      conversationId: 'old',
      serviceUrl: 'https://old.example/',
      botId: 'b',
      userId: 'u',
    });
    await running.local.message({ user: maya, text: 'help' });
    expect(running.references.all.get(key)).toMatchObject({
      conversationId: chat(),
      serviceUrl: running.local.settings().serviceUrl,
    });
    await running.teams.sendPrivate(tenantId, maya, card('Later'));
    expect(text(last())).toBe('Later');
  });

  it('takes whoever comes without an Entra id for nobody, whatever id stands beside it', async () => {
    const activity = running.local.activity({ user: maya });
    await running.local.post({ ...activity, from: { id: '29:guest', name: 'Guest' } }, await running.local.token());
    expect(running.received).toEqual([]);
  });

  it('ignores reactions', async () => {
    const reaction = {
      ...running.local.activity({ user: maya }),
      type: 'messageReaction',
      reactionsAdded: [{ type: 'like' }],
    };
    expect(await running.local.post(reaction, await running.local.token())).toMatchObject({
      status: 200,
      body: undefined,
    });
    expect(running.received).toEqual([]);
  });
});
