import { afterEach, describe, expect, it } from 'vitest';
import type { Card } from '../../src/chat/card.ts';
import type { Confirm, Reply } from '../../src/chat/reply.ts';
import { startSlack, type Running as OnSlack } from './slack/start-slack.ts';
import { maya, startTeams, type Running as OnTeams } from './teams/start-teams.ts';

/** What the adapters say of an answer's arrival: nothing that they do not know. */
const go = { action: 'a.b', label: 'Go', subject: 's' };
const card = (text: string): Card => ({
  kind: 'test.card',
  summary: text,
  nodes: [
    { kind: 'text', text },
    { kind: 'buttons', buttons: [go] },
  ],
});
const both: Reply = { kind: 'answer', replace: card('The list'), card: card('Done') };
const toldBy = (): { confirm: Confirm; told: string[] } => {
  const told: string[] = [];
  return { told, confirm: (_reply, left) => void told.push(left ?? 'all') };
};

describe('Teams', () => {
  let running: OnTeams | undefined;
  afterEach(() => running?.close());
  const pressed = async (faults: (running: OnTeams) => void): Promise<readonly string[]> => {
    const { told, confirm } = toldBy();
    running = await startTeams({ bot: { confirm } });
    // Being installed is answered too.
    told.splice(0);
    running.answer({ kind: 'answer', card: card('Before') });
    await running.local.message({ user: maya, text: 'next' });
    const chat = running.local.messages(running.local.chatOf(maya) ?? '');
    const message = chat.findLast(({ from }) => from === 'bot');
    await running.teams.settled();
    expect(told.splice(0)).toEqual(['all']);
    running.answer(both);
    faults(running);
    await running.local.press({ user: maya, activity: message?.id ?? '', title: 'Go' });
    await running.teams.settled();
    return told;
  };
  const throttled = { kind: '429', times: 10, retryAfter: 30 } as const;

  it('has both cards of a button: one in its response, one below', async () => {
    expect(await pressed(() => undefined)).toEqual(['all']);
  });
  it('took the response, and throttles the message below it', async () => {
    expect(await pressed(({ local }) => local.faults.add(throttled))).toEqual(['card']);
  });
  it('throttles the only message', async () => {
    const { told, confirm } = toldBy();
    running = await startTeams({ bot: { confirm } });
    // Being installed is answered too.
    told.splice(0);
    running.answer({ kind: 'answer', card: card('Before') });
    running.local.faults.add(throttled);
    await running.local.message({ user: maya, text: 'next' });
    await running.teams.settled();
    expect(told).toEqual([]);
  });
  it('says in a dialog that the answer follows, and not that it should be done again', async () => {
    running = await startTeams({ bot: { confirm: () => undefined } });
    running.answer({ kind: 'answer', card: card('Saved') });
    running.local.faults.add(throttled);
    const { body } = await running.local.invoke({
      user: maya,
      name: 'task/fetch',
      value: { data: { verb: 'a.form' } },
    });
    expect(JSON.stringify(body)).toContain('It follows in our chat; there is no need to do it again.');
  });
});

describe('Slack', () => {
  let running: OnSlack | undefined;
  afterEach(() => running?.stop());
  const pressed = async (faults: (running: OnSlack) => void): Promise<readonly string[]> => {
    const { told, confirm } = toldBy();
    running = await startSlack({ slack: { confirm } });
    running.reply({ kind: 'answer', card: card('Before') });
    const channel = running.slack.direct('U1');
    await running.slack.command({ user: 'U1', channel, text: 'next' });
    await running.adapter.settled();
    expect(told.splice(0)).toEqual(['all']);
    running.reply(both);
    faults(running);
    const [message] = running.slack.messages(channel, 'U1');
    const action = { action_id: 'a.b', value: 's' };
    await running.slack.action({ user: 'U1', channel, message: message?.ts ?? '', action });
    await running.adapter.settled();
    return told;
  };
  const taken = { kind: '429', times: 10, retryAfter: 30 } as const;

  it('has both cards of a button by its response_url', async () => {
    expect(await pressed(() => undefined)).toEqual(['all']);
  });
  it('takes neither', async () => {
    const faults = [
      { ...taken, method: 'response_url' },
      { ...taken, method: 'chat.postMessage' },
    ];
    expect(await pressed(({ slack }) => slack.faults.set(faults))).toEqual([]);
  });
  it('takes the first nowhere, and the second', async () => {
    const faults = [
      { ...taken, method: 'response_url', times: 1 },
      { ...taken, method: 'chat.postMessage', times: 1 },
    ];
    expect(await pressed(({ slack }) => slack.faults.set(faults))).toEqual(['replace']);
  });
});
