import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Reply } from '../../../src/chat/reply.ts';
import { wallClock } from '../../../src/clock.ts';
import { heldDeadline, holdDeadline } from '../../helpers/hold-deadline.ts';
import { patient } from '../../helpers/patient.ts';
import { card, form, gate, say, startSlack, type Running } from './start-slack.ts';

/** The deadline passes when an answer is made to be late, and never for those before it. */
describe('an answer that takes too long', () => {
  let running: Running;
  let door: ReturnType<typeof gate>;
  let deadline: ReturnType<typeof holdDeadline>;
  beforeEach(async () => {
    deadline = holdDeadline(wallClock);
    running = await startSlack({ slack: { clock: deadline.clock, deadlineMs: heldDeadline } });
  });
  afterEach(() => running.stop());
  function late(reply: Reply): void {
    door = gate();
    deadline.pass();
    running.reply(async () => {
      await door.opened;
      return reply;
    });
  }
  const texts = (channel: string) => running.slack.messages(channel, 'U1').map(({ text }) => text);

  it('to a command: says so in time, and follows in the same place', async () => {
    late(say('Logged'));
    const { status } = await running.slack.command({ user: 'U1', channel: 'C1', text: 'log' });
    expect(status).toBe(200);
    expect(texts('C1')).toEqual(['Working on it. The answer follows here in a moment.']);
    door.open();
    await running.until(() => texts('C1'), 2);
    expect(texts('C1')).toEqual(['Working on it. The answer follows here in a moment.', 'Logged']);
  });

  it('to a button: is acknowledged, and its message changes later', async () => {
    const button = { action: 'a.b', label: 'Go' };
    running.reply({ kind: 'answer', card: card('Before', { nodes: [{ kind: 'buttons', buttons: [button] }] }) });
    await running.slack.command({ user: 'U1', channel: 'C1', text: 'next' });
    late({ kind: 'answer', replace: card('After') });
    const [message] = running.slack.messages('C1', 'U1');
    const act = { user: 'U1', channel: 'C1', message: message?.ts ?? '', action: { action_id: 'a.b' } };
    expect(await running.slack.action(act)).toMatchObject({ status: 200, body: '' });
    expect(texts('C1')).toEqual(['Before']);
    door.open();
    await running.until(() => texts('C1').filter((text) => text === 'After'));
  });

  async function submitted(reply: Reply): Promise<void> {
    running.reply({ kind: 'form', form: form() });
    await running.slack.command({ user: 'U1', channel: 'C1', text: 'log' });
    late(reply);
    const view = running.slack.views('U1')[0]?.id ?? '';
    expect(await running.slack.submit({ user: 'U1', view, values: { mode: 'visit' } })).toMatchObject({ status: 200 });
    expect(running.slack.views('U1')).toMatchObject([{ view: { title: { text: 'Saving…' } } }]);
    door.open();
  }
  const titles = () => running.slack.views('U1').map(({ view }) => ('title' in view ? view.title.text : ''));

  it('to a form: shows "Saving…", then the answer as a private message', async () => {
    await submitted(say('Logged'));
    const direct = running.slack.direct('U1');
    await running.until(() => texts(direct));
    expect(texts(direct)).toEqual(['Logged']);
    expect(titles()).toEqual(['Answered']);
  });

  it('to a form with something wrong: the form comes back with the sentence', async () => {
    await submitted({ kind: 'form-errors', form: form(), errors: { note: 'Please shorten this.' } });
    await running.until(() => titles().filter((title) => title === 'Log a contact'));
    expect(JSON.stringify(running.slack.views('U1'))).toContain('Please shorten this.');
  });

  it('to a search: offers nothing', async () => {
    running.reply({ kind: 'form', form: form() });
    await running.slack.command({ user: 'U1', channel: 'C1', text: 'log' });
    late({ kind: 'options', options: [{ value: 'c-1', label: 'K7T2-9' }] });
    const view = running.slack.views('U1')[0]?.id ?? '';
    const { body } = await running.slack.options({ user: 'U1', view, query: 'ab', action_id: 'search:clients' });
    expect(body).toEqual({ options: [] });
    door.open();
  });

  it('to an event: is acknowledged, and the home tab follows', async () => {
    late({ kind: 'home', card: card('My day') });
    expect(await running.slack.openHome({ user: 'U1' })).toMatchObject({ status: 200 });
    expect(running.slack.home('U1')).toBeUndefined();
    door.open();
    await running.until(() => [running.slack.home('U1')].filter((home) => home !== undefined));
  });

  it('is waited for when the service stops', async () => {
    late(say('Logged'));
    await running.slack.command({ user: 'U1', channel: 'C1', text: 'log' });
    const stopped = running.adapter.stop();
    door.open();
    await stopped;
    expect(texts('C1')).toContain('Logged');
  });

  it('events are acknowledged only once they are stored', async () => {
    const running2 = await startSlack();
    const opened = gate();
    running2.reply(async () => {
      await opened.opened;
      return { kind: 'nothing' };
    });
    let acknowledged = false;
    const sent = running2.slack.deactivate('U2').then(() => {
      acknowledged = true;
    });
    await running2.until(() => running2.received);
    expect(acknowledged).toBe(false);
    opened.open();
    await sent;
    expect(acknowledged).toBe(true);
    await running2.stop();
  });
});

/** Bolt answers 404 by itself after three seconds: on a computer so busy, that stood beside something that was done. */
describe('an answer that comes after more than three seconds, before our own deadline', () => {
  let running: Running;
  beforeEach(async () => {
    running = await startSlack({ slack: { deadlineMs: patient, bodyMs: patient } });
  });
  afterEach(() => running.stop());

  /** Bolt's own limit, by its default, kept until a test lets it pass. */
  function keepBolt(): () => void {
    const kept: (() => void)[] = [];
    const usual = globalThis.setTimeout;
    vi.spyOn(globalThis, 'setTimeout').mockImplementation((...given: Parameters<typeof setTimeout>) => {
      const [callback, milliseconds = 0] = given;
      if (milliseconds > 3_000 && milliseconds < 3_100) kept.push(() => callback());
      return usual(...given);
    });
    return () => {
      for (const pass of kept) pass();
    };
  }

  const sends = {
    command: () => running.slack.command({ user: 'U1', channel: 'C1', text: 'log' }),
    'opened home': () => running.slack.openHome({ user: 'U1' }),
  };
  const came = {
    command: () => running.slack.messages('C1', 'U1').map(({ text }) => text),
    'opened home': () => (running.slack.home('U1') === undefined ? [] : ['My day']),
  };
  it.each([
    { what: 'command', reply: say('Logged'), told: 'Logged' },
    { what: 'opened home', reply: { kind: 'home', card: card('My day') }, told: 'My day' },
  ] as const)('to a $what: is the answer, once, and no error', async ({ what, reply, told }) => {
    const door = gate();
    running.reply(async () => {
      await door.opened;
      return reply;
    });
    const passBolt = keepBolt();
    const sent = sends[what]();
    await running.until(() => running.received);
    passBolt();
    door.open();
    expect(await sent).toMatchObject({ status: 200 });
    await running.until(came[what]);
    expect(came[what]()).toEqual([told]);
    // What is answered with an error Slack may send again.
    expect(running.received).toHaveLength(1);
  });
});
