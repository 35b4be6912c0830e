import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';

/** What a load balancer does: it sends each request to a process that says it is ready, and never to two. */
export interface ReadyProxy {
  readonly url: string;
  /** Requests go there too, as soon as it is ready. */
  add(process: string): void;
  /** What each process said when it was asked whether it is ready, in order. */
  readiness(process: string): readonly number[];
  /** Requests that no process answered, or that one answered with a failure. */
  lost(): number;
  close(): Promise<void>;
}

const everyMilliseconds = 100;

export async function openReadyProxy(): Promise<ReadyProxy> {
  const said = new Map<string, number[]>();
  let lost = 0;
  let turn = 0;
  const isReady = (url: string): boolean => said.get(url)?.at(-1) === 200;
  const ask = async (url: string): Promise<void> => {
    const status = await fetch(`${url}/readyz`).then(
      (response) => response.status,
      () => 0,
    );
    said.get(url)?.push(status);
  };
  const looks = setInterval(() => void Promise.all([...said.keys()].map(ask)), everyMilliseconds);

  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const ready = [...said.keys()].filter(isReady);
      turn += 1;
      const target = ready[turn % Math.max(1, ready.length)];
      if (target === undefined) return void giveUp(outgoing);
      forward(target, incoming, Buffer.concat(parts), outgoing);
    });
  });
  function giveUp(outgoing: ServerResponse): void {
    lost += 1;
    outgoing.writeHead(503).end();
  }
  function forward(target: string, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): void {
    const { method, headers, url = '' } = incoming;
    // A connection of its own for each: one that is kept open may be closed by a process that stops.
    const passed = send(`${target}${url}`, { method, headers, agent: false }, (answer) => {
      if ((answer.statusCode ?? 500) >= 500) lost += 1;
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => giveUp(outgoing));
    passed.end(body);
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    add: (url) => void said.set(url, said.get(url) ?? []),
    readiness: (url) => said.get(url) ?? [],
    lost: () => lost,
    close: () =>
      new Promise((resolve) => {
        clearInterval(looks);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
