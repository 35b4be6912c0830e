import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readFailure } from '../../src/slack/read-failure.ts';
import type { Fault } from '../../src/simulator/slack/faults.ts';
import { faultRows } from '../helpers/fault-rows.ts';
import { handOf, slackChannel } from '../helpers/world.ts';
import { refreshNote } from './posting.ts';
import { minute, openFaultScene, toEast, type FaultScene } from './fault-scene.ts';

/** docs/faults.md, outbound to Slack. */
let scene: FaultScene;
beforeAll(async () => {
  scene = await openFaultScene();
});
afterEach(() => scene.rest());
afterAll(() => scene.world.close());

const fail = (kind: Fault['kind'], more: Partial<Fault> = {}): void =>
  scene.world.slack.faults.set([{ kind, method: 'chat.postMessage', channel: slackChannel, times: 1, ...more }]);
const onSlack = async (name: string): Promise<string | undefined> =>
  (await scene.rows(name)).find((row) => row.includes(' slack '));

describe('a fault that passes', () => {
  it.each(faultRows([1, 30, 300]))(
    'F01 429 with Retry-After %d: waits exactly so long, arrives once',
    async (retryAfter) => {
      const name = `f01-${retryAfter}`;
      fail('429', { retryAfter });
      await scene.send(name, toEast);
      expect(await onSlack(name)).toBe('team:east pending slack 1 ratelimited');
      await scene.pass(retryAfter * 1_000 - 1);
      expect(scene.inChannel(name, 'slack')).toBe(0);
      await scene.pass(1);
      expect(await onSlack(name)).toBe('team:east sent slack 2 -');
      expect(scene.inChannel(name, 'slack')).toBe(1);
    },
  );

  it('F02 429 without Retry-After: waits by our own pauses, which grow, arrives once', async () => {
    fail('429-bare', { times: 3 });
    await scene.send('f02', toEast);
    for (const [tries, pause] of [
      [1, 2_000],
      [2, 4_000],
      [3, 8_000],
    ] as const) {
      expect(await onSlack('f02')).toBe(`team:east pending slack ${tries} ratelimited`);
      await scene.pass(pause / 2 - 1);
      expect(await onSlack('f02')).toBe(`team:east pending slack ${tries} ratelimited`);
      await scene.pass(pause / 2 + 1);
    }
    expect(await onSlack('f02')).toBe('team:east sent slack 4 -');
    expect(scene.inChannel('f02', 'slack')).toBe(1);
  });

  it.each(
    faultRows(
      [
        ['F04 500', '500', 'http_500'],
        ['F05 502 with a page of HTML', '502', 'http_502'],
        ['F05 503 with a page of HTML', '503', 'http_503'],
        ['F06 a connection that breaks before anything is done', 'refused', 'no_reply'],
        ['F13 fatal_error', 'error:fatal_error', 'fatal_error'],
        ['F15 duplicate_message_not_found', 'error:duplicate_message_not_found', 'duplicate_message_not_found'],
      ] as const,
      ([, kind]) => (kind === 'refused' ? 'no answer' : 'an answer'),
    ),
  )('%s: unknown, sent again, arrives once', async (title, kind, reason) => {
    const name = title.slice(0, 3) + kind;
    fail(kind);
    await scene.send(name, toEast);
    expect(await onSlack(name)).toBe(`team:east unknown slack 1 ${reason}`);
    expect(scene.inChannel(name, 'slack')).toBe(0);
    await scene.pass(2_000);
    expect(await onSlack(name)).toBe('team:east sent slack 2 -');
    expect(scene.inChannel(name, 'slack')).toBe(1);
    expect(scene.supervisorReads()).not.toContain('could not be delivered');
  });

  it.each(
    faultRows([
      ['service_unavailable', 'error:service_unavailable'],
      ['request_timeout', 'error:request_timeout'],
    ] as const),
  )('%s: surely not done, tried again, arrives once', async (reason, kind) => {
    fail(kind);
    await scene.send(reason, toEast);
    expect(await onSlack(reason)).toBe(`team:east pending slack 1 ${reason}`);
    await scene.pass(2_000);
    expect(await onSlack(reason)).toBe('team:east sent slack 2 -');
    expect(scene.inChannel(reason, 'slack')).toBe(1);
  });
});

describe('a reply that does not say that it was done', () => {
  it.each(
    faultRows(
      [
        ['a reply that is lost', 'lost-reply', 'no_reply'],
        ['F11 a connection that breaks in the middle of the answer', 'reset', 'no_reply'],
        ['F12 200 with half of the JSON', 'truncated', 'no_reply'],
        ['F14 internal_error after success', 'done-error:internal_error', 'internal_error'],
        ['F26 an answer about another channel', 'other-channel', 'wrong_reply'],
      ] as const,
      ([, , reason]) => reason,
    ),
  )('%s: unknown, sent again: the one duplicate, and no third', async (_title, kind, reason) => {
    const name = `maybe-${kind}`;
    fail(kind);
    await scene.send(name, toEast);
    expect(await onSlack(name)).toBe(`team:east unknown slack 1 ${reason}`);
    expect(scene.inChannel(name, 'slack')).toBe(1);
    await scene.pass(2_000);
    expect(await onSlack(name)).toBe('team:east sent slack 2 -');
    await scene.pass(60 * minute);
    expect(scene.inChannel(name, 'slack')).toBe(2);
  });

  it.each(faultRows(['lost-reply', 'truncated', 'done-error:internal_error', 'other-channel'] as const))(
    '%s twice: parked for a human to look, with what to do, and never a third message',
    async (kind) => {
      const name = `twice-${kind}`;
      fail(kind, { times: 2 });
      await scene.send(name, toEast);
      await scene.pass(2_000);
      expect(await onSlack(name)).toMatch(/^team:east parked slack 2 (no_reply|internal_error|wrong_reply)$/);
      expect(scene.supervisorReads()).toContain('It may have arrived: look there before you retry.');
      await scene.pass(24 * 60 * minute);
      expect(scene.inChannel(name, 'slack')).toBe(2);
    },
  );

  it('a lost reply, then F15: Slack knows the repetition but not the first message: parked, no duplicate', async () => {
    scene.world.slack.faults.set([
      { kind: 'lost-reply', method: 'chat.postMessage', channel: slackChannel, times: 1 },
      { kind: 'error:duplicate_message_not_found', method: 'chat.postMessage', channel: slackChannel, times: 1 },
    ]);
    await scene.send('f10-15', toEast);
    await scene.pass(2_000);
    expect(await onSlack('f10-15')).toBe('team:east parked slack 2 duplicate_message_not_found');
    expect(scene.inChannel('f10-15', 'slack')).toBe(1);
  });

  it('an escalation is sent until its arrival is known, one message a lost reply', async () => {
    fail('lost-reply', { times: 2 });
    await scene.send('f10-esc', { ...toEast, priority: 'escalation' });
    await scene.pass(2_000);
    await scene.pass(4_000);
    expect(await onSlack('f10-esc')).toBe('team:east sent slack 3 -');
    expect(scene.inChannel('f10-esc', 'slack')).toBe(3);
  });

  it('F24, F25 what came of it is asked of no history and no metadata: there is no scope for either', async () => {
    const asked: string[] = [];
    const note = (message: unknown): void => {
      const { request } = message as { request: { path: string } };
      if (request.path.includes('/api/')) asked.push(request.path.slice(request.path.lastIndexOf('/') + 1));
    };
    subscribe('undici:request:create', note);
    try {
      fail('lost-reply', { times: 2 });
      await scene.send('f24', { ...toEast, priority: 'escalation' });
      await scene.pass(2_000);
      await scene.pass(4_000);
    } finally {
      unsubscribe('undici:request:create', note);
    }
    expect(asked).toEqual(['chat.postMessage', 'chat.postMessage', 'chat.postMessage']);
    expect(await onSlack('f24')).toBe('team:east sent slack 3 -');
  });

  it('F12 a body that is no JSON is never taken for Slack’s code: not logged, not stored', async () => {
    fail('truncated');
    await scene.send('f12-quiet', toEast);
    expect(await onSlack('f12-quiet')).toBe('team:east unknown slack 1 no_reply');
    expect(JSON.stringify(scene.world.logged)).not.toContain('f12-quiet');
  });
});

describe('an answer to a change of a message that is out', () => {
  it.each(
    faultRows([
      ['F26 about another message', 'other-ts'],
      ['F12 cut in half', 'truncated'],
      ['F04 500', '500'],
    ] as const),
  )('%s: the change is made again, and there is one message', async (title, kind) => {
    const name = `change-${title.slice(0, 3)}`;
    await scene.send(name, toEast);
    fail(kind, { method: 'chat.update' });
    scene.notes.texts.set(name, `note ${name}. And more.`);
    await refreshNote(scene.world, name);
    await scene.world.delivered();
    expect(await onSlack(name)).toMatch(/^team:east sent slack 2 (wrong_reply|no_reply|http_500)$/);
    await scene.pass(4_000);
    expect(scene.inChannel(name, 'slack')).toBe(1);
    expect(JSON.stringify(scene.world.slack.messages(slackChannel).at(-1)?.blocks)).toContain('And more.');
    expect(await onSlack(name)).toBe('team:east sent slack 2 -');
  });
});

describe('opening a person’s conversation', () => {
  it.each(
    faultRows([
      ['500', '500'],
      ['half an answer', 'truncated'],
      ['internal_error', 'error:internal_error'],
      ['fatal_error', 'done-error:fatal_error'],
    ] as const),
  )('fails three times by %s: nothing was posted, so it is tried on and arrives once', async (title, kind) => {
    const name = `open-${title.replaceAll(' ', '-')}`;
    scene.world.slack.faults.set([{ kind, method: 'conversations.open', times: 3 }]);
    await scene.send(name);
    for (const tries of [1, 2, 3]) {
      expect(await scene.rows(name)).toEqual([`person:maya pending slack ${tries} not_opened`]);
      await scene.pass(8_000);
    }
    expect(await scene.rows(name)).toEqual(['person:maya sent slack 4 -']);
    expect(scene.withPerson(name, 'maya')).toBe(1);
  });
});

describe('a storm of 429 on one channel', () => {
  it('F03 holds that channel only: people, the other platform and what somebody waits for are not held', async () => {
    const storm = {
      kind: '429',
      method: 'chat.postMessage',
      channel: slackChannel,
      times: 1_000,
      retryAfter: 30,
    } as const;
    scene.world.slack.faults.set([storm]);
    for (let count = 1; count <= 12; count += 1) await scene.post(`f03-${count}`, toEast);
    for (const person of ['maya', 'jon', 'dana'] as const) await scene.post(`f03-${person}`, { to: { person } });
    await scene.world.delivered();
    expect(scene.inChannel('f03-1', 'slack')).toBe(0);
    for (let count = 1; count <= 12; count += 1) expect(scene.inChannel(`f03-${count}`, 'teams')).toBe(1);
    for (const person of ['maya', 'jon', 'dana'] as const) expect(scene.withPerson(`f03-${person}`, person)).toBe(1);

    const hand = handOf(scene.world, 'slack', 'maya');
    const before = Date.now();
    const form = await hand.types('log');
    expect(form.form?.title).toBe('Log a contact');
    expect((await hand.types('help')).text).toContain('next');
    expect(Date.now() - before).toBeLessThan(3_000);

    // The held channel is not asked again before its time: one no for all that waits.
    const asked = async (): Promise<number> =>
      (await Promise.all(Array.from({ length: 12 }, (_, at) => onSlack(`f03-${at + 1}`)))).filter((row) =>
        row?.endsWith('1 ratelimited'),
      ).length;
    const nos = await asked();
    expect(nos).toBe(1);
    await scene.pass(29_000);
    expect(await asked()).toBe(nos);

    scene.world.slack.faults.set([]);
    await scene.pass(1_000);
    await scene.pass(minute);
    const order = scene.world.slack
      .messages(slackChannel)
      .map(({ blocks }) => /note f03-(\d+)\./.exec(JSON.stringify(blocks))?.[1])
      .filter((found) => found !== undefined);
    expect(order).toHaveLength(12);
    expect(new Set(order).size).toBe(12);
  });
});

describe('a no that stays', () => {
  it.each(
    faultRows(
      [
        ['F16', 'channel_not_found', 'Baton is not in that channel. Invite it there, then retry.'],
        ['F17', 'is_archived', 'The channel is archived. Give the team another place, then retry.'],
        ['F18', 'not_in_channel', 'Baton is not in that channel. Invite it there, then retry.'],
        ['F18', 'restricted_action', 'Baton may not write there. Change who may post, then retry.'],
        ['F19', 'account_inactive', 'Baton is not installed there any more. It goes out by itself'],
        ['F21', 'missing_scope', 'Baton lacks a right there. Tell your administrator, then retry.'],
        [
          '',
          'a_code_of_next_year',
          'The platform refused it (a_code_of_next_year). Retry, or tell your administrator.',
        ],
      ] as const,
      ([, code]) => readFailure('team', { code, unknown: false }),
    ),
  )('%s %s of a place: parked at the first try, the supervisor reads why', async (_fault, code, words) => {
    fail(`error:${code}`);
    await scene.send(code, toEast);
    expect(await scene.rows(code)).toEqual([`team:east parked slack 1 ${code}`, 'team:east sent teams 1 -']);
    expect(scene.supervisorReads()).toContain('1 message could not be delivered.');
    expect(scene.supervisorReads()).toContain(words);
    await scene.pass(24 * 60 * minute);
    expect(scene.inChannel(code, 'slack')).toBe(0);
  });

  it.each(faultRows(['missing_scope', 'restricted_action'] as const))(
    'F21 %s of a person: reached on their other platform',
    async (code) => {
      scene.world.slack.faults.set([{ kind: `error:${code}`, method: 'conversations.open', times: 1 }]);
      await scene.send(`p-${code}`);
      expect(await scene.rows(`p-${code}`)).toEqual(['person:maya sent teams 2 -']);
      expect(scene.withPerson(`p-${code}`, 'maya', 'teams')).toBe(1);
      expect(scene.withPerson(`p-${code}`, 'maya')).toBe(0);
    },
  );

  it.each(faultRows(['msg_too_long', 'msg_blocks_too_long', 'invalid_blocks'] as const))(
    'F22 %s: once more as plain text, with an alarm for us',
    async (code) => {
      fail(`error:${code}`);
      await scene.send(code, toEast);
      expect(await onSlack(code)).toBe('team:east sent slack 1 -');
      expect(scene.inChannel(code, 'slack')).toBe(1);
      expect(scene.world.loggedNow).toContainEqual({
        event: 'delivery.card-refused',
        fields: { platform: 'slack', kind: 'notes.note', reason: code },
      });
    },
  );

  it('F22 twice: parked, the supervisor reads that an administrator has to look', async () => {
    fail('error:msg_too_long', { times: 2 });
    await scene.send('f22-twice', toEast);
    expect(await onSlack('f22-twice')).toBe('team:east parked slack 1 msg_too_long');
    expect(scene.supervisorReads()).toContain('The message could not be shown. Tell your administrator.');
  });

  it('F20 token_revoked in the middle: people are reached on Teams, the supervisor too, the place waits for Baton', async () => {
    await scene.send('f20-before', toEast);
    scene.world.slack.faults.set([{ kind: 'error:token_revoked', times: 1_000 }]);
    await scene.post('f20', toEast);
    await scene.post('f20-maya');
    await scene.world.delivered();
    expect(await onSlack('f20-before')).toBe('team:east sent slack 1 -');
    expect(await scene.rows('f20')).toEqual(['team:east parked slack 1 token_revoked', 'team:east sent teams 1 -']);
    expect(await scene.rows('f20-maya')).toEqual(['person:maya sent teams 2 -']);
    expect(scene.withPerson('f20-maya', 'maya', 'teams')).toBe(1);
    expect(scene.supervisorReads('teams')).toContain('It goes out by itself once it is installed again.');
    // A change of a message that is out waits as well, and is not lost.
    scene.notes.texts.set('f20-before', 'note f20-before. And more.');
    await refreshNote(scene.world, 'f20-before');
    await scene.world.delivered();
    scene.world.slack.faults.set([]);
    await scene.pass(minute);
    await scene.world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`
        update workspace set installed_at = ${scene.world.clock.now()}::timestamptz
        where organisation_id = 'riverside' and id = 'rs-slack'`,
    );
    await scene.pass(60 * minute);
    expect(await onSlack('f20')).toBe('team:east sent slack 1 -');
    expect(scene.inChannel('f20', 'slack')).toBe(1);
    expect(JSON.stringify(scene.world.slack.messages(slackChannel))).toContain('note f20-before. And more.');
  });
});
