import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { neverLeft } from '../../../src/feature/connection-error.ts';
import { exchange } from '../../../src/teams/exchange.ts';

describe('one request to the connector', () => {
  let server: Server | undefined;
  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
    server = undefined;
  });
  async function listen(answer: RequestListener): Promise<string> {
    server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  }
  const post = (url: string, signal = AbortSignal.timeout(5_000)) =>
    exchange(url, { method: 'POST', headers: { authorization: 'Bearer secret' }, body: '{"text":"é"}', signal });

  it('brings status, headers and the whole body, both ways', async () => {
    const seen: unknown[] = [];
    const url = await listen((request, response) => {
      request.setEncoding('utf8').on('data', (part: string) => seen.push(part, request.headers['content-length']));
      request.on('end', () => response.writeHead(429, { 'retry-after': '7' }).end('{"id":"é"}'));
    });
    const answered = await post(url);
    expect([answered.ok, answered.status, answered.headers.get('retry-after'), answered.headers.get('x')]).toEqual([
      false,
      429,
      '7',
      null,
    ]);
    expect(await answered.json()).toEqual({ id: 'é' });
    expect(seen).toEqual(['{"text":"é"}', '13']);
  });

  it('follows no redirection: the bearer token stays here', async () => {
    const asked: (string | undefined)[] = [];
    const url = await listen((request, response) => {
      asked.push(request.url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    const failed: unknown = await post(`${url}/here`).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(TypeError);
    expect(neverLeft(failed)).toBe(false);
    expect(asked).toEqual(['/here']);
  });

  it('tells an answer that was cut short from a whole one', async () => {
    const url = await listen((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"id":');
      response.destroy();
    });
    await expect(post(url).then((answered) => answered.json())).rejects.toThrow();
  });

  it('tells a connection that never stood from one that broke', async () => {
    const url = await listen((request) => request.destroy());
    expect(neverLeft(await post(url).catch((error: unknown) => error))).toBe(false);
    await new Promise((resolve) => server?.close(resolve));
    server = undefined;
    expect(neverLeft(await post(url).catch((error: unknown) => error))).toBe(true);
  });

  it('ends with its signal, while it waits for the answer and in the middle of one', async () => {
    const url = await listen((request, response) => {
      if (request.url === '/drip') response.writeHead(200).write('{');
    });
    await expect(post(`${url}/never`, AbortSignal.timeout(50))).rejects.toThrow();
    const answered = await post(`${url}/drip`, AbortSignal.timeout(200));
    await expect(answered.json()).rejects.toThrow();
  });

  it('keeps its connection for the next one', async () => {
    let connections = 0;
    const url = await listen((_request, response) => response.end('{}'));
    server?.on('connection', () => (connections += 1));
    for (let time = 0; time < 3; time += 1) await (await post(url)).json();
    expect(connections).toBe(1);
  });
});
