import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { form, say, startSlack, type Running } from './start-slack.ts';

const canary = 'Marisol Ferrer said she wants to die';
let running: Running;
beforeEach(async () => {
  running = await startSlack({
    local: {
      pace: { perSecond: 1000, burst: 1000 },
      shortcuts: [
        { name: 'Log a contact', type: 'global', callback_id: 'log' },
        { name: 'Escalate a concern', type: 'global', callback_id: 'escalate' },
        { name: 'Escalate in Baton', type: 'message', callback_id: 'message.escalate' },
      ],
    },
  });
});
afterEach(() => running.stop());

/** What somebody wrote to the bot: a message with words that belong to nobody else. */
async function written(): Promise<{ user: string; channel: string; message: string }> {
  await running.slack.typeToBot({ user: 'U1', text: canary });
  running.received.length = 0;
  const channel = running.slack.direct('U1');
  return { user: 'U1', channel, message: running.slack.messages(channel)[0]?.ts ?? '' };
}

describe('a shortcut in Slack', () => {
  it('opens the form of its command', async () => {
    running.reply({ kind: 'form', form: form({ title: 'Escalate' }) });
    const answered = await running.slack.shortcut({ user: 'U1', callback_id: 'escalate' });
    expect(answered).toMatchObject({ status: 200, body: '' });
    expect(running.received.map(({ what }) => what)).toEqual([{ kind: 'command', text: 'escalate' }]);
    expect(running.slack.views('U1').map(({ view }) => view.type)).toEqual(['modal']);
  });

  it('on a message opens the same form, and copies nothing of what the message says', async () => {
    running.reply({ kind: 'form', form: form({ title: 'Escalate' }) });
    const answered = await running.slack.messageShortcut({ ...(await written()), callback_id: 'message.escalate' });
    expect(answered).toMatchObject({ status: 200, body: '' });
    expect(running.received.map(({ what }) => what)).toEqual([{ kind: 'command', text: 'escalate' }]);
    expect(running.slack.views('U1')).toHaveLength(1);
    for (const place of [running.received, running.slack.views('U1'), running.logged]) {
      expect(JSON.stringify(place)).not.toContain('Marisol');
    }
  });

  it('on a message is answered in words where only that person sees them', async () => {
    const at = await written();
    running.reply(say('Your role does not include that.'));
    await running.slack.messageShortcut({ ...at, callback_id: 'message.escalate' });
    await running.adapter.settled();
    const [, ...private_] = running.slack.messages(at.channel, 'U1');
    expect(private_.map(({ text, onlyFor }) => [text, onlyFor])).toContainEqual([
      'Your role does not include that.',
      'U1',
    ]);
  });

  it('knows its place: the channel of the message', async () => {
    const to = { place: 'C1', serviceUrl: undefined };
    const card = { kind: 'test.card', summary: 'K7T2-9', nodes: [{ kind: 'text' as const, text: 'K7T2-9' }] };
    const sent = await running.adapter.sender.post({ tenant: 'T1', to }, card, { key: 'k', plain: false });
    if (!sent.ok) throw new Error(sent.code);
    const at = { user: 'U2', channel: 'C1', message: sent.messageId };
    await running.slack.messageShortcut({ ...at, callback_id: 'message.escalate' });
    expect(running.received).toMatchObject([{ user: 'U2', place: { id: 'C1', kind: 'channel' } }]);
  });

  it('says so when its form comes too late', async () => {
    running.reply({ kind: 'form', form: form() });
    running.slack.faults.set([{ method: 'views.open', kind: 'error:expired_trigger_id', times: 1 }]);
    await running.slack.shortcut({ user: 'U1', callback_id: 'log' });
    await running.adapter.settled();
    const said = running.slack.messages(running.slack.direct('U1'), 'U1').map(({ text }) => text);
    expect(said).toEqual(['The form could not open in time. Please try again.']);
  });
});

describe('the local Slack’s menus', () => {
  it('hold what the manifest offers, each in its own menu', async () => {
    const { shortcut, messageShortcut } = running.slack;
    const at = await written();
    await expect(shortcut({ user: 'U1', callback_id: 'refer' })).rejects.toThrow('no such shortcut');
    await expect(shortcut({ user: 'U1', callback_id: 'message.escalate' })).rejects.toThrow('no such shortcut');
    await expect(messageShortcut({ ...at, callback_id: 'escalate' })).rejects.toThrow('no such shortcut');
    await expect(messageShortcut({ ...at, message: '1.2', callback_id: 'message.escalate' })).rejects.toThrow(
      'no such',
    );
  });
});
