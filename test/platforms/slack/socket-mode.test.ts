import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Inbound } from '../../../src/chat/inbound.ts';
import { wallClock } from '../../../src/clock.ts';
import { silentLog } from '../../../src/log.ts';
import { createSlack, type SlackAdapter } from '../../../src/slack/create-slack.ts';
import { oneWorkspace } from '../../../src/slack/installations.ts';
import { gate, say } from './start-slack.ts';

const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** One unmasked text frame, as a server sends it. */
function frame(text: string): Buffer {
  const body = Buffer.from(text);
  const head =
    body.length < 126
      ? Buffer.from([0x81, body.length])
      : Buffer.from([0x81, 126, body.length >> 8, body.length & 255]);
  return Buffer.concat([head, body]);
}

/** The text frames of a client, unmasked; other frames are dropped. */
function readFrames(socket: Duplex, take: (text: string) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (part: Buffer) => {
    rest = Buffer.concat([rest, part]);
    for (;;) {
      if (rest.length < 2) return;
      const short = (rest[1] ?? 0) & 127;
      const at = short === 126 ? 4 : 2;
      if (rest.length < at + 4) return;
      const length = short === 126 ? rest.readUInt16BE(2) : short;
      if (rest.length < at + 4 + length) return;
      const mask = rest.subarray(at, at + 4);
      const body = rest.subarray(at + 4, at + 4 + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
      if (((rest[0] ?? 0) & 15) === 1) take(Buffer.from(body).toString());
      rest = rest.subarray(at + 4 + length);
    }
  });
}

describe('Socket Mode', () => {
  let server: Server;
  let socket: Duplex;
  let adapter: SlackAdapter;
  let received: Inbound[];
  let answers: Map<string, (payload: unknown) => void>;
  let door: ReturnType<typeof gate>;
  let begun: string[];
  beforeEach(async () => {
    received = [];
    answers = new Map();
    begun = [];
    door = gate();
    server = createServer((_request, response) => {
      const { port } = server.address() as AddressInfo;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/link` }));
    });
    server.on('upgrade', (request, stream: Duplex) => {
      const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${MAGIC}`).digest('base64');
      stream.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      );
      stream.on('error', () => undefined);
      socket = stream;
      readFrames(stream, (text) => {
        const { envelope_id, payload } = JSON.parse(text) as { envelope_id: string; payload?: unknown };
        answers.get(envelope_id)?.(payload);
      });
      stream.write(frame(JSON.stringify({ type: 'hello', num_connections: 1 })));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    adapter = createSlack({
      signingSecret: 's',
      clock: wallClock,
      log: silentLog,
      apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
      installations: oneWorkspace('xoxb-1'),
      begin: (work) => {
        begun.push('begun');
        return work(() => begun.push('acknowledged'));
      },
      receive: async (inbound) => {
        received.push(inbound);
        await door.opened;
        return say('Logged');
      },
    });
    await adapter.startSocketMode('xapp-1');
  });
  afterEach(async () => {
    await adapter.stop();
    socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  function send(envelope_id: string, type: string, payload: unknown): Promise<unknown> {
    const answered = new Promise((resolve) => answers.set(envelope_id, resolve));
    socket.write(
      frame(JSON.stringify({ envelope_id, type, payload, accepts_response_payload: type === 'slash_commands' })),
    );
    return answered;
  }
  const command = { command: '/care', text: 'next', team_id: 'T1', user_id: 'U1', channel_id: 'D1', trigger_id: '1.2' };

  it('brings the same commands and takes the same answers', async () => {
    door.open();
    expect(await send('e1', 'slash_commands', command)).toMatchObject({ response_type: 'ephemeral', text: 'Logged' });
    expect(received).toMatchObject([{ tenant: 'T1', user: 'U1', what: { kind: 'command', text: 'next' } }]);
    expect(begun).toEqual(['begun', 'acknowledged']);
  });

  it('gives the same delivery id to a repetition', async () => {
    door.open();
    await send('e1', 'slash_commands', command);
    await send('e2', 'slash_commands', command);
    await send('e3', 'slash_commands', { ...command, trigger_id: '1.3' });
    const [first, second, third] = received.map(({ delivery }) => delivery);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('acknowledges an event only once it is stored', async () => {
    let acknowledged = false;
    const user = { id: 'U2', deleted: true };
    const event = {
      type: 'event_callback',
      team_id: 'T1',
      event_id: 'Ev1',
      event_time: 1,
      event: { type: 'user_change', user },
    };
    const sent = send('e1', 'events_api', event).then(() => {
      acknowledged = true;
    });
    while (received.length === 0) await wallClock.pause(5);
    expect(acknowledged).toBe(false);
    door.open();
    await sent;
    expect(received).toMatchObject([{ delivery: 'Ev1', what: { kind: 'user-changed', active: false } }]);
  });
});
