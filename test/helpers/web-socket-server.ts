import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** One client of a server. */
export interface Connection {
  send(text: string): void;
  /** The close frame, and the end once the client answered it. */
  close(): void;
  /** The connection is gone without a word. */
  cut(): void;
}

export interface WebSocketServer {
  /** `ws://127.0.0.1:PORT`. */
  readonly url: string;
  close(): Promise<void>;
}

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** One unmasked, unfragmented frame, as a server sends it (RFC 6455, 5.2). */
function frame(opcode: number, body: Buffer): Buffer {
  const head = Buffer.alloc(body.length < 126 ? 2 : body.length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  if (head.length === 2) head[1] = body.length;
  else if (head.length === 4) {
    head[1] = 126;
    head.writeUInt16BE(body.length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(body.length), 2);
  }
  return Buffer.concat([head, body]);
}

/** The first frame of a client in what arrived, unmasked, and how many bytes it took; undefined while it is not whole. */
function readFrame(bytes: Buffer): { opcode: number; body: Buffer; size: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] ?? 0) & 127;
  const at = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < at + 4) return undefined;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < at + 4 + length) return undefined;
  const mask = bytes.subarray(at, at + 4);
  const body = Buffer.from(bytes.subarray(at + 4, at + 4 + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
  return { opcode: (bytes[0] ?? 0) & 15, body, size: at + 4 + length };
}

/** A WebSocket server of the tests' own, on this machine: text, pings and closing, and nothing else. */
export async function serveWebSockets(handlers: {
  opened: (connection: Connection, request: IncomingMessage) => void;
  said: (connection: Connection, text: string) => void;
  gone: (connection: Connection) => void;
}): Promise<WebSocketServer> {
  const streams = new Set<Duplex>();
  const server = createServer((_request, response) => response.writeHead(426).end());
  server.on('upgrade', (request, stream: Duplex) => {
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${GUID}`).digest('base64');
    stream.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    streams.add(stream);
    const connection: Connection = {
      send: (text) => stream.write(frame(opcodes.text, Buffer.from(text))),
      close: () => stream.write(frame(opcodes.close, Buffer.from([0x03, 0xe8]))),
      cut: () => stream.destroy(),
    };
    let rest = Buffer.alloc(0);
    stream.on('data', (part: Buffer) => {
      rest = Buffer.concat([rest, part]);
      for (let read = readFrame(rest); read !== undefined; read = readFrame(rest)) {
        rest = rest.subarray(read.size);
        if (read.opcode === opcodes.text) handlers.said(connection, read.body.toString());
        if (read.opcode === opcodes.ping) stream.write(frame(opcodes.pong, read.body));
        if (read.opcode === opcodes.close) stream.end(frame(opcodes.close, read.body));
      }
    });
    stream.on('error', () => undefined);
    stream.on('close', () => {
      streams.delete(stream);
      handlers.gone(connection);
    });
    handlers.opened(connection, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    close: async () => {
      for (const stream of streams) stream.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
