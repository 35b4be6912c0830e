import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What stands in for the network between Baton and a platform: a port that can be shut, or that speaks no TLS. */
export interface Gateway {
  readonly port: number;
  /** `through`: everything reaches the service. `shut`: nobody listens. `no-tls`: a handshake is refused at once. */
  set(mode: 'through' | 'shut' | 'no-tls'): Promise<void>;
}

/** A TLS alert of the server: fatal, handshake_failure (RFC 8446, 6.2). */
const refusal = Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]);

/** `to`: the port everything goes to. It listens `through` at first. */
export async function openGateway(to: () => number): Promise<Gateway> {
  const open = new Set<Socket>();
  let server: Server | undefined;
  let mode: 'through' | 'shut' | 'no-tls' = 'through';
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => open.delete(socket));
  };
  const accept = (socket: Socket): void => {
    keep(socket);
    if (mode === 'no-tls') {
      socket.once('data', () => socket.end(refusal));
      return;
    }
    const service = connect(to(), '127.0.0.1');
    keep(service);
    socket.pipe(service).pipe(socket);
    socket.once('close', () => service.destroy());
    service.once('close', () => socket.destroy());
  };
  const listen = async (port: number): Promise<number> => {
    server = createServer(accept).listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const shut = async (): Promise<void> => {
    const closing = server;
    server = undefined;
    if (closing === undefined) return;
    const closed = once(closing, 'close');
    closing.close();
    for (const socket of open) socket.destroy();
    await closed;
  };
  const port = await listen(0);
  return {
    port,
    async set(wanted) {
      mode = wanted;
      await shut();
      if (wanted !== 'shut') await listen(port);
    },
  };
}
