import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form } from '../../../src/chat/form.ts';
import { answer } from '../../../src/chat/reply.ts';
import { channel, maya, startTeams, tenantId, type Running } from './start-teams.ts';

const canary = 'Marisol Ferrer said she wants to die';
const form: Form = {
  kind: 'escalations.raise',
  session: 's-1',
  title: 'Escalate',
  submit: 'Escalate',
  fields: [{ kind: 'long-text', name: 'note', label: 'Note' }],
};
const card = (text: string) => ({ kind: 'test.card', summary: text, nodes: [{ kind: 'text' as const, text }] });
/** A chat of two people with each other: Teams calls it personal, too. */
const betweenPeople = '19:aad-maya_aad-jon@unq.gbl.spaces';

let running: Running;
beforeEach(async () => {
  running = await startTeams();
});
afterEach(() => running.close());
const ownChat = (): readonly { summary?: string }[] => running.local.messages(running.local.chatOf(maya) ?? '');

async function invokeFrom(conversation: string, name: string, value: unknown): Promise<unknown> {
  const sent = running.local.activity({ user: maya });
  const { text: _text, entities: _entities, ...rest } = sent;
  const where = { id: conversation, conversationType: 'personal', tenantId };
  const activity = { ...rest, type: 'invoke', name, value, conversation: where };
  return (await running.local.post(activity, await running.local.token())).body;
}

describe('the message extension', () => {
  it('opens the form of its command as a dialog that only this person sees', async () => {
    running.answer({ kind: 'form', form });
    const { dialog } = await running.local.extend({ user: maya, conversation: channel, command: 'escalate' });
    expect(dialog?.title).toBe('Escalate');
    expect(running.received.map(({ what }) => what)).toEqual([{ kind: 'command', text: 'escalate' }]);
    expect(running.local.messages(channel)).toEqual([]);
  });

  it('on a message opens the same form, and copies nothing of what the message says', async () => {
    await running.local.message({ user: maya, conversation: channel, text: canary, mention: false });
    running.answer({ kind: 'form', form });
    const activity = running.local.messages(channel)[0]?.id ?? '';
    const { dialog } = await running.local.extend({ user: maya, conversation: channel, command: 'escalate', activity });
    expect(dialog).toBeDefined();
    expect(running.received.map(({ what }) => what)).toEqual([{ kind: 'command', text: 'escalate' }]);
    for (const place of [running.received, dialog, running.logged]) {
      expect(JSON.stringify(place)).not.toContain('Marisol');
    }
  });

  it('sends what was filled in, keeps the form open on a mistake, and answers in the own chat', async () => {
    running.answer({ kind: 'form', form });
    const opened = await running.local.extend({ user: maya, conversation: channel, command: 'escalate' });
    running.answer({ kind: 'form-errors', form, errors: { note: 'Please keep this shorter.' } });
    const dialog = opened.dialog?.id ?? '';
    const again = await running.local.submit({ user: maya, dialog, values: { note: 'she is safe' } });
    expect(JSON.stringify(again.dialog?.card)).toContain('Please keep this shorter.');
    running.answer(answer(card('Escalated: K7T2-9')));
    await running.local.submit({ user: maya, dialog, values: { note: 'she is safe now' } });
    expect(running.received.map(({ what }) => what)).toMatchObject([
      { kind: 'command' },
      { kind: 'form-submitted', form: 'escalations.raise', session: 's-1', values: { note: 'she is safe' } },
      { kind: 'form-submitted', values: { note: 'she is safe now' } },
    ]);
    expect(running.local.dialogs(maya)).toEqual([]);
    expect(ownChat().at(-1)?.summary).toBe('Escalated: K7T2-9');
    expect(running.local.messages(channel)).toEqual([]);
    expect(running.local.failures()).toEqual([]);
  });

  it('says in words what opens no form, in the own chat', async () => {
    running.answer(answer(card('Your role does not include that.')));
    const { body } = await running.local.extend({ user: maya, conversation: channel, command: 'refer' });
    expect(body).toEqual({ task: { type: 'message', value: 'The answer is in our chat.' } });
    expect(ownChat().at(-1)?.summary).toBe('Your role does not include that.');
  });

  it.each([undefined, 7, '', 'escalate K7T2-9 crisis', 'Escalate', 'x'.repeat(65)])(
    'refuses a command that is none of a manifest: %s',
    async (commandId) => {
      const body = await invokeFrom(betweenPeople, 'composeExtension/fetchTask', { commandId });
      expect(body).toMatchObject({ task: { type: 'message' } });
      expect(running.received).toEqual([]);
    },
  );
});

describe('a chat that two people have with each other', () => {
  const known = (): unknown => running.references.all.get(`${tenantId}/${maya}`);

  it.each([
    ['composeExtension/fetchTask', { commandId: 'escalate' }],
    ['composeExtension/submitAction', { data: {} }],
    ['application/search', { queryText: 'fe', dataset: 'clients' }],
  ])('is never taken for the one with Baton: %s', async (name, value) => {
    const before = known();
    running.answer({ kind: 'form', form });
    await invokeFrom(betweenPeople, name, value);
    await running.teams.settled();
    expect(known()).toEqual(before);
    expect(running.received.map(({ place }) => place.kind)).not.toContain('direct');
  });

  it('gets no answer: that goes to the person’s own chat with Baton', async () => {
    running.answer(answer(card('Escalated: K7T2-9')));
    const body = await invokeFrom(betweenPeople, 'composeExtension/fetchTask', { commandId: 'escalate' });
    expect(body).toEqual({ task: { type: 'message', value: 'The answer is in our chat.' } });
    expect(ownChat().at(-1)?.summary).toBe('Escalated: K7T2-9');
  });
});
