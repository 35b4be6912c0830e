import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wallClock } from '../../src/clock.ts';
import { callGateway, signPage, type PageBody } from '../../src/paging/call-gateway.ts';
import { openPagerGateway, type Mode, type PagerGateway } from '../helpers/pager-gateway.ts';
import { patient } from '../helpers/patient.ts';

const page: PageBody = {
  ...{ version: 1, id: '0b7e6f0e-7d6c-4b5e-9c3f-1f2e3d4c5b6a', event: 'call', organisation: 'riverside' },
  ...{ person: 'dana', team: 'east', incident: '5f0e6a7c-1111-4222-8333-944445555666', severity: 'crisis', rung: 2 },
  at: '2026-11-23T19:25:00.000Z',
};

describe('one call of a pager’s gateway', () => {
  let gateway: PagerGateway;
  /** Where a redirect leads: nobody may ever come there. */
  let visits = 0;
  const elsewhere = createServer((_request, response) => {
    visits += 1;
    response.writeHead(200).end();
  });
  let elsewhereUrl = '';
  beforeAll(async () => {
    gateway = await openPagerGateway();
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    elsewhereUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    elsewhere.closeAllConnections();
    elsewhere.close();
    await gateway.close();
  });
  const call = (url = gateway.settings.url, timeout = patient, secret = gateway.settings.secret) =>
    callGateway({ settings: { url, secret }, clock: wallClock, timeout }, page);

  it('is signed as the documentation says', async () => {
    // printf '1764500000.{"version":1}' | openssl dgst -sha256 -hmac "$PAGER_SECRET"
    expect(signPage('x'.repeat(32), '{"version":1}', new Date(1_764_500_000_999))).toBe(
      't=1764500000,v1=91e173e76c3a82867a0e6f14101fd988f825ac56e46e908fbb1f21ecd9af2927',
    );
    gateway.set('ok');
    expect(await call()).toEqual({ ok: true });
    expect(gateway.taken.at(-1)).toEqual(page);
    expect(gateway.wrong).toEqual([]);
  });

  it('is taken by nobody who has another secret', async () => {
    expect(await call(undefined, undefined, 'y'.repeat(40))).toEqual({
      ok: false,
      reason: 'http_401',
      retryAfter: undefined,
    });
    expect(gateway.wrong).toEqual(['a wrong signature']);
  });

  const statuses: readonly (readonly [
    string,
    Mode,
    { readonly reason: string; readonly retryAfter: number | undefined },
  ])[] = [
    ['an error', { status: 500 }, { reason: 'http_500', retryAfter: undefined }],
    ['too many', { status: 429, headers: { 'retry-after': '30' } }, { reason: 'http_429', retryAfter: 30_000 }],
    [
      'a pause it cannot mean',
      { status: 503, headers: { 'retry-after': '9'.repeat(300) } },
      { reason: 'http_503', retryAfter: undefined },
    ],
    [
      'a pause until a date',
      { status: 503, headers: { 'retry-after': 'Mon, 23 Nov 2026 20:00:00 GMT' } },
      { reason: 'http_503', retryAfter: undefined },
    ],
    ['nothing, and hangs up', 'drop', { reason: 'no_connection', retryAfter: undefined }],
  ];
  it.each(statuses)('fails when the gateway says %s', async (_what, mode, expected) => {
    gateway.set(mode);
    expect(await call()).toEqual({ ok: false, ...expected });
  });

  it.each([301, 302, 303, 307, 308])('follows no redirect (%i), not even to itself', async (status) => {
    gateway.set({ status, headers: { location: elsewhereUrl } });
    expect(await call()).toEqual({ ok: false, reason: `http_${status}`, retryAfter: undefined });
    expect(visits).toBe(0);
  });

  it('ends when its time is over', async () => {
    gateway.set('hang');
    expect(await call(undefined, 50)).toEqual({ ok: false, reason: 'no_answer', retryAfter: undefined });
  });

  it('fails quietly where there is nobody of that name, or nobody listens', async () => {
    expect(await call('https://pager.invalid/')).toMatchObject({ ok: false, reason: 'no_connection' });
    expect(await call('http://127.0.0.1:1/')).toMatchObject({ ok: false, reason: 'no_connection' });
  });
});
