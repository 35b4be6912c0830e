import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { signedRequest } from '../../src/simulator/slack/sign-request.ts';
import type { Json, TokenOverrides } from '../../src/simulator/teams/types.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { handOf, openWorld, signingSecret, slackTenant, type World } from '../helpers/world.ts';

/**
 * The doors of the running service, from outside: each request with the status it gets, and that it left nothing in
 * the database. What each adapter does by itself stands in test/platforms/slack and test/platforms/teams.
 */
let world: World;
/** In Teams, Maya’s Entra object id. */
const mayaInTeams = '0a000000-0000-4000-8000-0000000000a1';
const command = 'log K7T2-9 phone reached 15m';
const seconds = (): number => Math.floor(Date.now() / 1_000);
beforeAll(async () => {
  world = await openWorld();
  await enrol(world.store, world.clock, [{ ...aClient({ code: 'K7T2-9', name: 'Dan Dee' }), dueOn: '2026-11-23' }]);
});
afterAll(() => world.close());
// Microsoft’s library says on the console what it refuses.
beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue(undefined));

async function rows(): Promise<Record<string, number>> {
  return world.store.inOrganisation('riverside', async (tx) => ({
    contacts: await tx.db.contact.count(),
    deliveries: await tx.db.inboundDelivery.count(),
    audit: await tx.db.auditEvent.count(),
  }));
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Sends nothing into the house: the status, a word at most, no row. */
async function expectRefusal(status: number, send: () => Promise<Answer>): Promise<void> {
  const before = await rows();
  const logged = world.logged.length;
  const answer = await send();
  await world.settled();
  expect(answer.status).toBe(status);
  expect(answer.text.length).toBeLessThan(40);
  expect(answer.text).not.toMatch(/ at |Error|node_modules|K7T2|log |signature|expired|issuer/i);
  expect(await rows()).toEqual(before);
  expect(JSON.stringify(world.logged.slice(logged))).not.toMatch(/K7T2|phone|Dan|Dee/);
}

describe('at the door of Slack', () => {
  const form = (text = command, more: Record<string, string> = {}): string =>
    new URLSearchParams({
      command: '/care',
      text,
      team_id: slackTenant,
      user_id: 'U0MAYA',
      channel_id: 'D0MAYA',
      channel_name: 'directmessage',
      ...more,
    }).toString();
  type Options = Partial<Parameters<typeof signedRequest>[1]>;
  const sign = (body: string | Uint8Array, more: Options = {}): ReturnType<typeof signedRequest> =>
    signedRequest(body, { secret: signingSecret, at: seconds(), type: 'form', ...more });
  const send = async (request: RequestInit, path = '/slack/events'): Promise<Answer> => {
    const response = await fetch(`${world.service.url}${path}`, request);
    return { status: response.status, text: await response.text() };
  };
  const signed = (body: string | Uint8Array, more: Options = {}): Promise<Answer> => send(sign(body, more));
  const json = (body: string): Promise<Answer> => signed(body, { type: 'json' });
  const without = (name: string): Promise<Answer> => {
    const request = sign(form());
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([key]) => key !== name));
    return send({ ...request, headers });
  };
  /** One header twice, as fetch would not send it. */
  const twice = (name: string): Promise<Answer> => {
    const { headers, body } = sign(form());
    return new Promise((resolve, reject) => {
      const repeated = { ...headers, [name]: [headers[name] ?? '', headers[name] ?? ''] };
      const options = { method: 'POST', headers: { ...repeated, 'content-length': body.length } };
      const request = httpRequest(`${world.service.url}/slack/events`, options, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      request.on('error', reject);
      request.end(body);
    });
  };
  const event = (inner: string): string =>
    `{"type":"event_callback","team_id":"${slackTenant}","event_id":"Ev1","event_time":1,"event":${inner}}`;
  const press = (action: Json): string =>
    new URLSearchParams({
      payload: JSON.stringify({
        type: 'block_actions',
        team: { id: slackTenant },
        user: { id: 'U0MAYA' },
        actions: [action],
      }),
    }).toString();

  const refused: readonly [string, number, () => Promise<Answer>][] = [
    ['B01 a wrong signature', 401, () => signed(form(), { secret: 'another secret' })],
    ['B02 no signature', 401, () => without('x-slack-signature')],
    ['B02 no timestamp', 401, () => without('x-slack-request-timestamp')],
    ['B03 version 1 of the signature', 401, () => signed(form(), { version: 'v1' })],
    ['B04 stale', 401, () => signed(form(), { at: seconds() - 302 })],
    ['B05 of the future', 401, () => signed(form(), { at: seconds() + 310 })],
    ['B07 the signature of another body', 401, () => signed(form(), { headers: sign(form('help')).headers })],
    ['B08 two signatures', 401, () => twice('x-slack-signature')],
    ['B08 two timestamps', 401, () => twice('x-slack-request-timestamp')],
    ['B09 300 KB', 413, () => signed(form('x'.repeat(300_000)))],
    ['B11 plain text', 415, () => signed(form(), { type: 'text/plain' })],
    ['B11 several parts', 415, () => signed(form(), { type: 'multipart/form-data; boundary=x' })],
    ['B12 GET', 405, () => send({ method: 'GET' })],
    ['B12 PUT', 405, () => send({ ...sign(form()), method: 'PUT' })],
    [
      'B13 a compressed bomb',
      415,
      () => signed(gzipSync(Buffer.alloc(5_000_000)), { headers: { 'content-encoding': 'gzip' } }),
    ],
    ['B14 bytes that are no UTF-8', 400, () => signed(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), { type: 'json' })],
    ['B14 percent signs that are no UTF-8', 400, () => signed(`${form()}&x=%ff`)],
    ['B15 JSON 10,000 deep', 400, () => json('{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000))],
    ['B15 the same in an interaction', 400, () => signed(`payload=${'%5B'.repeat(10_000)}`)],
    ['B16 the key __proto__', 400, () => json(event('{"type":"x","__proto__":{"admin":true}}'))],
    ['B16 the key constructor', 400, () => json(event('{"type":"x","constructor":{"prototype":{}}}'))],
    ...['null', '{}', '[]', '42', '"x"', '', '{'].map((body): [string, number, () => Promise<Answer>] => [
      `JSON ${body}`,
      400,
      () => json(body),
    ]),
    ['a field twice', 400, () => signed(`${form()}&user_id=U0DANA`)],
    ['a form without a user', 400, () => signed(form().replace('user_id', 'nobody'))],
    ['B56 a value longer than any button’s', 400, () => signed(press({ action_id: 'a.b', value: 'x'.repeat(400) }))],
    ['B56 an interaction of no kind', 400, () => signed('payload=%7B%22type%22%3A%22what%22%7D')],
    ['an address that is none', 404, () => send(sign(form()), '/slack/event')],
  ];
  it.each(refused)('%s → %i', (_what, status, request) => expectRefusal(status, request));

  it('B06 a replay gets the first answer again, and is one contact', async () => {
    const before = await rows();
    const request = sign(form());
    const answers = [await send(request), await send(request), await send(request)];
    expect(answers[0]?.text).toContain('Logged: ');
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    const after = await rows();
    expect(after['contacts']).toBe((before['contacts'] ?? 0) + 1);
    expect(after['deliveries']).toBe((before['deliveries'] ?? 0) + 1);
    expect(after['audit']).toBe((before['audit'] ?? 0) + 1);
  });

  it('B06 three replays at once are one contact, with one answer', async () => {
    const before = await rows();
    const request = sign(form('log K7T2-9 video reached 20m'));
    const answers = await Promise.all([send(request), send(request), send(request)]);
    expect(answers[0]?.text).toContain('video, reached, 20 min');
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await rows())['contacts']).toBe((before['contacts'] ?? 0) + 1);
  });

  it('B06 a refusal replayed is refused with the same words, and is one denial', async () => {
    const before = await rows();
    const request = sign(form('next', { user_id: 'U0STRANGER' }));
    const answers = [await send(request), await send(request)];
    expect(answers[0]?.text).toContain('I do not know you here yet');
    expect(answers[1]).toEqual(answers[0]);
    expect((await rows())['audit']).toBe((before['audit'] ?? 0) + 1);
  });

  it('a workspace nobody installed Baton in is a stranger', async () => {
    const before = await rows();
    const { status, text } = await signed(form(command, { team_id: 'T0NOBODY' }));
    expect(status).toBe(200);
    expect(text).toContain('I do not know you here yet');
    expect(await rows()).toEqual(before);
  });
});

describe('at the door of Teams', () => {
  const activity = (change: (given: Json) => Json = (given) => given): Json =>
    change(world.teams.activity({ user: mayaInTeams, text: command }));
  const post = async (
    body: Json | string | Uint8Array,
    token?: string,
    headers?: Record<string, string>,
  ): Promise<Answer> => {
    const answer = await world.teams.post(body, token, headers);
    return { status: answer.status, text: answer.body === undefined ? '' : JSON.stringify(answer.body) };
  };
  const withToken = async (overrides: TokenOverrides, body: Json = activity()): Promise<Answer> =>
    post(body, await world.teams.token(overrides));
  const right = async (body: Json | string | Uint8Array, headers?: Record<string, string>): Promise<Answer> =>
    post(body, await world.teams.token(), headers);
  const foreign = 'https://evil.example/';
  const elsewhere = (tenant: string) => (given: Json) => ({
    ...given,
    conversation: { ...(given['conversation'] as Json), tenantId: tenant },
    channelData: { tenant: { id: tenant } },
  });

  const refused: readonly [string, number, () => Promise<Answer>][] = [
    ['no token', 401, () => post(activity())],
    ['noise for a token', 401, () => post(activity(), 'a.b.c')],
    ['B17 algorithm none', 401, () => withToken({ alg: 'none' })],
    ['B18 HS256 with the public key', 401, () => withToken({ alg: 'HS256' })],
    ['B19 another audience', 401, () => withToken({ claims: { aud: 'another-app' } })],
    ['B20 another issuer', 401, () => withToken({ claims: { iss: 'https://sts.windows.net/evil/' } })],
    [
      'B20 an emulator’s issuer',
      401,
      () => withToken({ claims: { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' } }),
    ],
    ['B21 expired', 401, () => withToken({ claims: { exp: seconds() - 301 } })],
    ['B22 valid only later', 401, () => withToken({ claims: { nbf: seconds() + 600 } })],
    ['B23 a token without a service address', 401, () => withToken({ claims: { serviceurl: undefined } })],
    ['B23 an activity without one', 401, () => right(activity(({ serviceUrl: _gone, ...rest }) => rest))],
    ['B24 a foreign tenant', 401, () => right(activity(elsewhere('7b6a2f3e-0000-4000-8000-0000000000ff')))],
    ['B25 an unknown key id', 401, () => withToken({ kid: 'unknown' })],
    ['B25 the right key id, another key', 401, () => withToken({ foreignKey: true })],
    [
      'B26 answers to a foreign host',
      401,
      () => withToken({ claims: { serviceurl: foreign } }, { ...activity(), serviceUrl: foreign }),
    ],
    ['another channel’s activity', 401, () => right({ ...activity(), channelId: 'emulator' })],
    ['B09 300 KB', 413, () => right(JSON.stringify({ ...activity(), text: 'x'.repeat(300_000) }))],
    ['B11 plain text', 415, () => right(activity(), { 'content-type': 'text/plain' })],
    [
      'B12 GET',
      405,
      async () => {
        const response = await fetch(`${world.service.url}/api/messages`);
        return { status: response.status, text: await response.text() };
      },
    ],
    ['B13 a compressed bomb', 415, () => right(gzipSync(Buffer.alloc(5_000_000)), { 'content-encoding': 'gzip' })],
    ['B14 bytes that are no UTF-8', 400, () => right(Uint8Array.from([0x7b, 0xff, 0xfe, 0x7d]))],
    ['B15 JSON 10,000 deep', 400, () => right(`{"type":"message","a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`)],
    ...['null', '{}', '[]', '42', '"x"', '', '{'].map((body): [string, number, () => Promise<Answer>] => [
      `JSON ${body}`,
      400,
      () => right(body),
    ]),
    ['an activity of nobody', 400, () => right(activity(({ from: _gone, ...rest }) => rest))],
  ];
  it.each(refused)('%s → %i', (_what, status, request) => expectRefusal(status, request));

  it('B16 keys of JavaScript’s own change no prototype and name nobody', async () => {
    const body = JSON.stringify({ ...activity(), text: 'next' }).replace(
      '{',
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},',
    );
    expect((await right(body)).status).toBe(200);
    await world.settled();
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('B06 a replay is one contact, and gets the first answer again', async () => {
    const before = await rows();
    const sent = activity();
    const hand = handOf(world, 'teams', 'maya');
    const seen = hand.sees().length;
    for (let time = 0; time < 3; time += 1) expect((await right(sent)).status).toBe(200);
    await world.settled();
    const after = await rows();
    expect(after['contacts']).toBe((before['contacts'] ?? 0) + 1);
    expect(after['deliveries']).toBe((before['deliveries'] ?? 0) + 1);
    const answers = hand.sees().slice(seen);
    expect(answers.length).toBeGreaterThan(0);
    expect(new Set(answers.map(({ pieces }) => JSON.stringify(pieces))).size).toBe(1);
  });
});

describe('at the other doors', () => {
  it.each(['/simulator/api/state', '/', '/.env', '/slack/../api', '/metrics/..%2f'])('%s shows nothing', (path) =>
    expectRefusal(404, async () => {
      const response = await fetch(`${world.service.url}${path}`);
      return { status: response.status, text: await response.text() };
    }),
  );
});
