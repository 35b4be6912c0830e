import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOwnHost, strangeness } from '../../src/simulator/refuse-strangers.ts';
import { servePage } from '../../src/simulator/serve-page.ts';
import { startSimulator, type Running } from './simulator-api-service.ts';

const origin = 'http://127.0.0.1:3000';
const own = { host: 'localhost:3000', 'content-type': 'application/json' };
const asked = (method: string, headers: Record<string, string>) => strangeness({ method, headers }, origin)?.status;

describe('who may drive the simulator', () => {
  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', '192.168.1.20:3000', 'LOCALHOST'])(
    'is reached by its own name or an address: %s',
    (host) => expect(isOwnHost(host, origin)).toBe(true),
  );
  it.each(['evil.example', 'evil.example:3000', 'localhost.evil.example', '127.0.0.1.evil.example:3000', ''])(
    'is not reached by a name somebody else gave this computer: %j',
    (host) => expect(isOwnHost(host, origin)).toBe(false),
  );
  it('is reached by the name the service itself goes by', () => {
    expect(isOwnHost('baton:3000', 'http://baton:3000')).toBe(true);
    expect(isOwnHost(undefined, origin)).toBe(false);
  });

  it('takes its own page and a terminal', () => {
    expect(asked('POST', { ...own, origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' })).toBeUndefined();
    expect(asked('POST', { ...own, 'content-type': 'application/json; charset=utf-8' })).toBeUndefined();
    expect(asked('GET', { host: 'localhost:3000', 'sec-fetch-site': 'none' })).toBeUndefined();
  });
  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port of this computer', { origin: 'http://localhost:8080' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a cross-site request without an origin', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }],
    ['a name pointed here', { host: 'evil.example:3000', origin: 'http://evil.example:3000' }],
  ])('refuses %s', (_who, headers) => {
    expect(asked('POST', { ...own, ...headers })).toBe(403);
    expect(asked('GET', { ...own, ...headers })).toBe(403);
  });
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'refuses a body that a page elsewhere could send: %s',
    (type) => expect(asked('POST', { host: 'localhost:3000', 'content-type': type })).toBe(415),
  );
});

describe('the running API', () => {
  let running: Running;
  beforeAll(async () => {
    running = await startSimulator();
  });
  afterAll(() => running.close());

  it('refuses a foreign page before anything happens', async () => {
    const ask = { user: 'maya', text: 'next' };
    const refused = await running.post('slack/command', ask, { origin: 'https://evil.example' });
    expect(refused).toEqual({ status: 403, body: { error: 'Only the page of this simulator may do that.' } });
    expect((await running.post('slack/command', ask, { 'content-type': 'text/plain' })).status).toBe(415);
    expect(running.received).toEqual([]);
  });
  it('answers broken and oversized bodies in words', async () => {
    const broken = await fetch(`${running.origin}/simulator/api/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"advance":',
    });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toEqual({ error: 'Send a JSON object.' });
    const long = await running.post('slack/command', { user: 'maya', text: 'x'.repeat(300_000) });
    expect(long).toEqual({ status: 413, body: { error: 'That is too long.' } });
  });
  it('lets no page elsewhere read it', async () => {
    const state = await fetch(`${running.origin}/simulator/api/state`);
    expect(state.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the page', () => {
  it('is served with a policy that loads nothing from elsewhere; without a build it says what to run', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'baton-page-'));
    const server = createServer(express().use(servePage(folder)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
    try {
      const unbuilt = await fetch(url);
      expect([unbuilt.status, await unbuilt.text()]).toEqual([503, 'The page is not built yet. Run: npm run build']);
      await writeFile(path.join(folder, 'index.html'), '<title>Baton</title>');
      const page = await fetch(url);
      expect([page.status, await page.text()]).toEqual([200, '<title>Baton</title>']);
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|https:|\*(?!;| |$)/);
    } finally {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
