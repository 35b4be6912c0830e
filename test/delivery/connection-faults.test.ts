import dns from 'node:dns';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { neverLeft } from '../../src/feature/connection-error.ts';
import { minute, openFaultScene, toEast, type FaultScene } from './fault-scene.ts';
import { openGateway, type Gateway } from './gateway.ts';

/** docs/faults.md, F06 to F08: what fails before a request is on its way. Nothing was sent, so nothing is unknown. */
let scene: FaultScene;
let gateway: Gateway;
let home = 0;
/** Where the service finds both platforms: by a name that needs looking up, behind the gateway. */
let scheme: 'http' | 'https';

async function openBehindGateway(): Promise<void> {
  gateway = await openGateway(() => home);
  scene = await openFaultScene({
    slackApiUrl: (local) => {
      home = Number(new URL(local).port);
      return `${scheme}://localhost:${gateway.port}${new URL(local).pathname}`;
    },
    teamsHosts: ['localhost'],
  });
  await pointTeamsAt(`${scheme}://localhost:${gateway.port}/local/teams/`);
}
/** The address of the connector, as the last inbound of everybody told it. */
const pointTeamsAt = (url: string): Promise<number> =>
  scene.world.store.inOrganisation(
    'riverside',
    (tx) => tx.db.$executeRaw`
      update conversation_reference set service_url = ${url} where organisation_id = 'riverside'`,
  );
const noConnection = { slack: 'no_connection', teams: 'no-connection' } as const;
const rowsWaiting = (name: string, tries: number) =>
  expect(scene.rows(name)).resolves.toEqual([
    `team:east pending slack ${tries} ${noConnection.slack}`,
    `team:east pending teams ${tries} ${noConnection.teams}`,
  ]);

describe('a platform that cannot be reached', () => {
  beforeAll(async () => {
    scheme = 'http';
    await openBehindGateway();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await gateway.set('through');
    await scene.rest();
  });
  afterAll(async () => {
    await scene.world.close();
    await gateway.set('shut');
  });

  async function arrives(name: string, tries: number): Promise<void> {
    expect(await scene.rows(name)).toEqual([`team:east sent slack ${tries} -`, `team:east sent teams ${tries} -`]);
    expect([scene.inChannel(name, 'slack'), scene.inChannel(name, 'teams')]).toEqual([1, 1]);
  }

  it('F06 connection refused: tried again and again, arrives once', async () => {
    await gateway.set('shut');
    await scene.send('f06', toEast);
    await rowsWaiting('f06', 1);
    await scene.pass(2_000);
    await scene.pass(4_000);
    await rowsWaiting('f06', 3);
    await gateway.set('through');
    await scene.pass(8_000);
    await arrives('f06', 4);
  });

  it('F07 the name cannot be looked up: tried again, arrives once', async () => {
    // Connections that stand already need no name.
    await gateway.set('through');
    const lookUp = vi.spyOn(dns, 'lookup');
    const broken = (...asked: unknown[]): void => {
      const done = asked.at(-1) as (error: Error) => void;
      const error = Object.assign(new Error('getaddrinfo ENOTFOUND localhost'), { code: 'ENOTFOUND' });
      queueMicrotask(() => done(error));
    };
    // The overloads of lookup differ in what stands before the callback.
    lookUp.mockImplementation(broken);
    await scene.send('f07', toEast);
    await rowsWaiting('f07', 1);
    expect(lookUp).toHaveBeenCalled();
    lookUp.mockRestore();
    await scene.pass(2_000);
    await arrives('f07', 2);
  });

  it('F06 for hours: parked where a supervisor reads what to do, and a retry sends it', async () => {
    await gateway.set('shut');
    await scene.send('f06-long', toEast);
    await scene.triedBefore('f06-long', 58);
    await scene.pass(5 * minute);
    await rowsWaiting('f06-long', 59);
    await scene.pass(5 * minute);
    expect(await scene.rows('f06-long')).toEqual([
      'team:east parked slack 60 no_connection',
      'team:east parked teams 60 no-connection',
    ]);
    await gateway.set('through');
    await scene.pass(5 * minute);
    expect(scene.supervisorReads()).toContain('2 messages could not be delivered.');
    expect(scene.supervisorReads()).toContain('The platform could not be reached for hours.');
  });
});

describe('a platform that speaks no TLS with us', () => {
  beforeEach(async () => {
    scheme = 'https';
    await openBehindGateway();
  });
  afterEach(async () => {
    await scene.world.close();
    await gateway.set('shut');
  });

  it('F08 a refused handshake: nothing was sent, so it is not unknown, and tried on', async () => {
    await gateway.set('no-tls');
    await scene.send('f08', toEast);
    await rowsWaiting('f08', 1);
    await scene.pass(2_000);
    await rowsWaiting('f08', 2);
  });
});

describe('what surely never left', () => {
  const failed = (code: string, words = ''): Error =>
    new TypeError('fetch failed', { cause: Object.assign(new Error(words), { code }) });
  it.each([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'UND_ERR_CONNECT_TIMEOUT',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('F08 %s', (code) => expect(neverLeft(failed(code))).toBe(true));
  it.each([
    'sslv3 alert handshake failure',
    'ssl/tls alert handshake failure',
    'tlsv1 alert protocol version',
    'wrong version number',
  ])('F08 %s', (reason) => expect(neverLeft(failed('EPROTO', `0A000410:SSL routines:x:${reason}:y`))).toBe(true));
  it.each(['ECONNRESET', 'EPIPE', 'EPROTO', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT'])(
    'is not said of %s: it may have carried the request',
    (code) =>
      expect(neverLeft(failed(code, '0A000119:SSL routines:x:decryption failed or bad record mac:y'))).toBe(false),
  );
  it('is not said of anything else', () => {
    for (const error of [undefined, 'ECONNREFUSED', new Error('ECONNREFUSED'), { cause: { code: 'ECONNREFUSED' } }])
      expect(neverLeft(error)).toBe(false);
  });
});
