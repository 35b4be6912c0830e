import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signedRequest } from '../../../src/simulator/slack/sign-request.ts';
import { SECRET, startSlack, type Running } from './start-slack.ts';

const seconds = () => Math.floor(Date.now() / 1_000);
const command = (text = 'next', more: Record<string, string> = {}) =>
  new URLSearchParams({
    command: '/care',
    text,
    team_id: 'T1',
    user_id: 'U1',
    channel_id: 'D1',
    channel_name: 'directmessage',
    trigger_id: '1.2.3',
    ...more,
  }).toString();
const event = (body: unknown = { type: 'app_home_opened', user: 'U1', tab: 'home' }) =>
  JSON.stringify({ type: 'event_callback', team_id: 'T1', event_id: 'Ev1', event_time: 1, event: body });

describe('what is not a fresh, signed, well-formed request of Slack’s', () => {
  let running: Running;
  beforeAll(async () => {
    running = await startSlack({ slack: { bodyMs: 200 } });
  });
  afterAll(() => running.stop());
  beforeEach(() => {
    running.received.length = 0;
    running.logged.length = 0;
  });

  async function send(body: string | Uint8Array, more: Partial<Parameters<typeof signedRequest>[1]> = {}) {
    const request = signedRequest(body, { secret: SECRET, at: seconds(), type: 'form', ...more });
    const response = await fetch(running.events, request);
    return { status: response.status, text: await response.text() };
  }
  async function expectRefusal(answered: Promise<{ status: number; text: string }>, status: number) {
    const { status: got, text } = await answered;
    expect(got).toBe(status);
    expect(text.length).toBeLessThan(40);
    expect(text).not.toMatch(/at |Error|node_modules|next/);
    expect(running.received).toEqual([]);
  }
  /** A request written byte by byte, for what fetch would not send. */
  function raw(head: string[], body = '', end = true): Promise<string> {
    const { hostname, port } = new URL(running.events);
    return new Promise((resolve, reject) => {
      let answered = '';
      const socket = connect(Number(port), hostname, () => {
        socket.write([`POST /slack/events HTTP/1.1`, `host: ${hostname}`, ...head, '', body].join('\r\n'));
        if (end) socket.end();
      });
      socket.on('data', (part) => (answered += part.toString()));
      socket.on('close', () => resolve(answered));
      socket.on('error', reject);
    });
  }
  const headers = (body: string) =>
    Object.entries(signedRequest(body, { secret: SECRET, at: seconds(), type: 'form' }).headers).map((pair) =>
      pair.join(': '),
    );

  it('passes a good command, so that the refusals below mean something', async () => {
    expect((await send(command())).status).toBe(200);
    expect(running.received).toHaveLength(1);
  });
  it('tolerates a charset beside the content type', async () => {
    const type = 'application/x-www-form-urlencoded; charset=utf-8';
    expect((await send(command(), { type })).status).toBe(200);
    expect((await send(event(), { type: 'application/json; charset=UTF-8' })).status).toBe(200);
  });

  it('B01 wrong signature', () => expectRefusal(send(command(), { secret: 'another-secret' }), 401));
  it.each(['x-slack-signature', 'x-slack-request-timestamp'])('B02 missing %s', async (name) => {
    const request = signedRequest(command(), { secret: SECRET, at: seconds(), type: 'form' });
    const kept = Object.entries(request.headers).filter(([key]) => key !== name);
    const response = await fetch(running.events, { ...request, headers: Object.fromEntries(kept) });
    await expectRefusal(
      response.text().then((text) => ({ status: response.status, text })),
      401,
    );
  });
  it('B03 version 1 of the signature', () => expectRefusal(send(command(), { version: 'v1' }), 401));
  it('B04 stale', () => expectRefusal(send(command(), { at: seconds() - 302 }), 401));
  it('B05 of the future', () => expectRefusal(send(command(), { at: seconds() + 310 }), 401));
  it('B05 with a timestamp that is no number', () =>
    expectRefusal(send(command(), { headers: { 'x-slack-request-timestamp': 'soon' } }), 401));
  it('B06 replayed: the same delivery id, so that the first answer is given again', async () => {
    const request = signedRequest(command(), { secret: SECRET, at: seconds(), type: 'form' });
    for (let time = 0; time < 2; time += 1) expect((await fetch(running.events, request)).status).toBe(200);
    const [first, second] = running.received;
    expect(running.received).toHaveLength(2);
    expect(second?.delivery).toBe(first?.delivery);
    expect(first?.delivery).toMatch(/^[0-9a-f]{64}$/);
  });
  it('B07 signature of another body', () => {
    const { headers: signed } = signedRequest(command('help'), { secret: SECRET, at: seconds(), type: 'form' });
    return expectRefusal(send(command(), { headers: signed }), 401);
  });
  it.each(['x-slack-signature', 'x-slack-request-timestamp'])('B08 %s twice', async (name) => {
    const body = command();
    const lines = headers(body);
    const twice = lines.filter((line) => line.startsWith(name));
    const answered = await raw([...lines, ...twice, `content-length: ${body.length}`], body);
    expect(answered).toMatch(/^HTTP\/1.1 401 [^]*Unauthorized$/);
    expect(running.received).toEqual([]);
  });
  it('B09 huge body, announced', () => expectRefusal(send(command('x'.repeat(300_000))), 413));
  it('B09 huge body, unannounced', async () => {
    const body = command('x'.repeat(300_000));
    const chunk = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    expect(await raw([...headers(body), 'transfer-encoding: chunked'], chunk, false)).toMatch(/^HTTP\/1.1 413 /);
    expect(running.received).toEqual([]);
  });
  it('B10 slow body', async () => {
    const body = command();
    expect(await raw([...headers(body), `content-length: ${body.length}`], 'co', false)).toMatch(/^HTTP\/1.1 408 /);
    expect(running.received).toEqual([]);
  });
  it.each(['text/plain', 'multipart/form-data; boundary=x', 'application/json; charset=latin1', ''])(
    'B11 content type "%s"',
    (type) => expectRefusal(send(command(), { type }), 415),
  );
  it.each(['GET', 'PUT', 'DELETE'])('B12 %s', async (method) => {
    const response = await fetch(running.events, { method });
    await expectRefusal(
      response.text().then((text) => ({ status: response.status, text })),
      405,
    );
  });
  it('B13 gzip bomb', () =>
    expectRefusal(send(gzipSync(Buffer.alloc(5_000_000)), { headers: { 'content-encoding': 'gzip' } }), 415));
  it('B14 invalid UTF-8, in bytes', () =>
    expectRefusal(send(Buffer.concat([Buffer.from('{"type":"'), Buffer.from([0xff, 0xfe])]), { type: 'json' }), 400));
  it('B14 invalid UTF-8, percent-encoded', () => expectRefusal(send(`${command()}&x=%ff`), 400));
  it('B15 JSON 10,000 deep', () =>
    expectRefusal(send('{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000), { type: 'json' }), 400));
  it('B15 JSON 10,000 deep in an interaction', () =>
    expectRefusal(send(new URLSearchParams({ payload: '['.repeat(10_000) }).toString()), 400));
  it.each(['__proto__', 'constructor'])('B16 key %s', (key) => {
    const body = event().replace('"tab"', `"x":{"${key}":{"admin":true}},"tab"`);
    return expectRefusal(send(body, { type: 'json' }), 400);
  });
  it.each([
    '{}',
    '[]',
    'null',
    '42',
    '"x"',
    '',
    '{',
    '{"type":"event_callback"}',
    '{"type":"url_verification"}',
    '{"type":"what"}',
  ])('JSON %s', (body) => expectRefusal(send(body, { type: 'json' }), 400));
  it.each([
    'payload=null',
    'payload=%7B%7D',
    'payload=x',
    'x=1',
    '',
    command().replace('user_id', 'nobody'),
    `${command()}&team_id=T2`,
  ])('form %s', (body) => expectRefusal(send(body), 400));
  it('a button with a value no button of ours can have', () => {
    const action = { action_id: 'a.b', value: 'x'.repeat(400) };
    const payload = { type: 'block_actions', team: { id: 'T1' }, user: { id: 'U1' }, actions: [action] };
    return expectRefusal(send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString()), 400);
  });

  it('answers Slack’s check of the address', async () => {
    const sent = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
    expect(await send(sent, { type: 'json' })).toEqual({ status: 200, text: '{"challenge":"abc"}' });
    expect((await send('ssl_check=1&token=x')).status).toBe(200);
    expect(running.received).toEqual([]);
  });
  it('logs a refusal without anything that was sent', async () => {
    await send(command('Jane Doe 1974'), { secret: 'another-secret' });
    expect(running.logged).toEqual(['slack.request-refused {"status":401,"reason":"signature"}']);
  });
});
