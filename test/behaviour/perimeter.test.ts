import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { chooseMetricsWay, guardMetrics } from '../../src/guard-metrics.ts';
import { httpLimits, serveHttp } from '../../src/serve-http.ts';
import { openWorld, type World } from '../helpers/world.ts';
import express from 'express';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** What stands before every door: headers of each answer, and how much one address may take. */
describe('security headers', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it.each([
    ['GET', '/healthz'],
    ['GET', '/readyz'],
    ['GET', '/metrics'],
    ['GET', '/nothing-here'],
    ['GET', '/slack/events'],
    ['POST', '/slack/events'],
    ['POST', '/api/messages'],
    ['GET', '/api/messages'],
  ])('stand on the answer to %s %s', async (method, path) => {
    const { headers } = await fetch(`${world.service.url}${path}`, { method });
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('say https only where it came by https', async () => {
    const { headers } = await fetch(`${world.service.url}/healthz`, { headers: { 'x-forwarded-proto': 'https' } });
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  });
});

describe('the metrics', () => {
  const none = { token: undefined, port: undefined, host: '127.0.0.1' };
  it.each([
    ['this machine', none, '127.0.0.1', 'beside'],
    ['everybody, without a token', none, '0.0.0.0', 'nowhere'],
    ['everybody, with a token', { ...none, token: 'x'.repeat(16) }, '0.0.0.0', 'beside'],
    ['a port of their own', { ...none, port: 9_100 }, '0.0.0.0', 'apart'],
    ['a port of their own for everybody', { ...none, port: 9_100, host: '0.0.0.0' }, '0.0.0.0', 'nowhere'],
    ['that behind a token', { token: 'x'.repeat(16), port: 9_100, host: '0.0.0.0' }, '0.0.0.0', 'apart'],
  ])('at %s', (_where, metrics, host, is) => {
    expect(chooseMetricsWay(metrics, host).is).toBe(is);
  });

  it('are shown to whoever brings the token', async () => {
    const token = 'a token of sixteen';
    const app = express().use('/metrics', guardMetrics(token), (_request, response) => void response.send('figures'));
    const server = serveHttp(app).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const ask = async (authorization?: string): Promise<number> =>
      (await fetch(`http://127.0.0.1:${port}/metrics`, { headers: authorization ? { authorization } : {} })).status;
    expect(await ask(`Bearer ${token}`)).toBe(200);
    for (const wrong of [undefined, '', 'Bearer ', token, `Bearer ${token}x`, `bearer ${token.toUpperCase()}`]) {
      expect(await ask(wrong)).toBe(401);
    }
    server.closeAllConnections();
    server.close();
  });

  it('have settings of their own', () => {
    expect(readConfig({ METRICS_PORT: '9100' }).metrics).toEqual({ token: undefined, port: 9_100, host: '127.0.0.1' });
    expect(() => readConfig({ METRICS_TOKEN: 'short' })).toThrow('METRICS_TOKEN is at least 16 characters');
  });
});

describe('one address', () => {
  it('has as many connections and requests on one as the table says, and a slow head ends', async () => {
    const limits = {
      ...httpLimits,
      maxConnections: 2,
      maxRequestsPerSocket: 2,
      headersTimeout: 300,
      requestTimeout: 400,
    };
    const server = serveHttp((_request, response) => void response.end('ok'), {
      ...limits,
      connectionsCheckingInterval: 20,
    });
    server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const open = (): Promise<Socket> =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1', () => resolve(socket));
      });
    const ended = (socket: Socket): Promise<string> =>
      new Promise((resolve) => {
        let said = '';
        socket.on('data', (part) => (said += part.toString()));
        socket.on('close', () => resolve(said));
        socket.on('error', () => undefined);
      });
    const [first, second] = [await open(), await open()];
    // A third one is closed before it has said anything.
    expect(await ended(await open())).toBe('');
    const many = ended(second);
    second.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(3));
    const said = await many;
    expect(said.match(/HTTP\/1.1 200/g)).toHaveLength(2);
    expect(said).toMatch(/HTTP\/1.1 503/);
    const slow = ended(first);
    first.write('GET / HTTP/1.1\r\nhost: x\r\n');
    expect(await slow).toMatch(/^HTTP\/1.1 408 /);
    server.closeAllConnections();
    server.close();
  });

  it('is bounded in the service too', () => {
    expect(httpLimits).toMatchObject({ maxConnections: 1_000, maxRequestsPerSocket: 1_000, headersTimeout: 10_000 });
  });
});
