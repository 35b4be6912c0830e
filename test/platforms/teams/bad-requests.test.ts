import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { EmulatorValidation } from 'botframework-connector';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Json, TokenOverrides } from '../../../src/simulator/teams/types.ts';
import { createTeams } from '../../../src/teams/create-teams.ts';
import type { TeamsOptions } from '../../../src/teams/create-teams.ts';
import { maya, startTeams } from './start-teams.ts';
import type { Running } from './start-teams.ts';

let running: Running;
beforeAll(async () => {
  running = await startTeams();
});
afterAll(() => running.close());
afterEach(() => {
  running.received.length = 0;
});
const quiet = (): void => void vi.spyOn(console, 'error').mockReturnValue(undefined);
const seconds = (): number => Math.floor(Date.now() / 1000);

/** Nothing but a status: no reason, no state, nobody called. */
async function refused(
  status: number,
  activity: Json | string | Uint8Array,
  token?: string,
  headers?: Record<string, string>,
): Promise<void> {
  quiet();
  const answer = await running.local.post(activity, token, headers);
  expect({ status: answer.status, body: answer.body }).toEqual({ status, body: undefined });
  expect(running.received).toEqual([]);
}

describe('a token that is not Teams’ own', () => {
  const rows: [string, TokenOverrides | (() => TokenOverrides)][] = [
    ['B17 algorithm none', { alg: 'none' }],
    ['B18 HS256 with the public key', { alg: 'HS256' }],
    ['B19 another audience', { claims: { aud: 'another-app' } }],
    ['B19 no audience', { claims: { aud: undefined } }],
    ['B20 another issuer', { claims: { iss: 'https://sts.windows.net/evil/' } }],
    ['B20 an emulator’s issuer', { claims: { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' } }],
    ['B21 expired by more than five minutes', () => ({ claims: { exp: seconds() - 301 } })],
    ['B21 without an end', { claims: { exp: undefined } }],
    ['B22 valid only later', () => ({ claims: { nbf: seconds() + 600 } })],
    ['B23 no serviceurl claim', { claims: { serviceurl: undefined } }],
    ['B25 an unknown key id', { kid: 'unknown' }],
    ['a signature by another key', { foreignKey: true }],
    ['a skill’s claims', { claims: { ver: '1.0', appid: 'another-app' } }],
  ];
  it.each(rows)('is refused: %s', async (_what, overrides) => {
    const token = await running.local.token(typeof overrides === 'function' ? overrides() : overrides);
    await refused(401, running.local.activity({ user: maya }), token);
  });

  it('is accepted within five minutes of skew, and otherwise right', async () => {
    const token = await running.local.token({ claims: { exp: seconds() - 60 } });
    expect(await running.local.post(running.local.activity({ user: maya }), token)).toMatchObject({ status: 200 });
    expect(running.received).toHaveLength(1);
  });

  it.each([
    ['no token', {}],
    ['an empty one', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['noise', { authorization: 'Bearer a.b.c' }],
  ])('is refused: %s', async (_what, headers) => {
    await refused(401, running.local.activity({ user: maya }), undefined, headers);
  });

  it('is refused: two of them', async () => {
    const token = await running.local.token();
    await refused(401, running.local.activity({ user: maya }), undefined, {
      authorization: `Bearer ${token}, Bearer ${token}`,
    });
  });

  it('leaves nothing behind, whatever tenant it claims', async () => {
    const issuers = EmulatorValidation.ToBotFromEmulatorTokenValidationParameters.issuer;
    const before = Array.isArray(issuers) ? issuers.length : -1;
    for (let turn = 0; turn < 5; turn += 1) {
      await refused(
        401,
        running.local.activity({ user: maya }),
        await running.local.token({ foreignKey: true, claims: { tid: `t-${String(turn)}` } }),
      );
    }
    expect(issuers).toHaveLength(before);
  });
});

describe('an activity that does not belong here', () => {
  const rows: [string, (activity: Json) => Json][] = [
    [
      'B24 a foreign tenant',
      (activity) => ({
        ...activity,
        conversation: { ...(activity['conversation'] as Json), tenantId: 'evil' },
        channelData: { tenant: { id: 'evil' } },
      }),
    ],
    ['B24 two tenants', (activity) => ({ ...activity, channelData: { tenant: { id: 'evil' } } })],
    [
      'B24 no tenant',
      (activity) => ({ ...activity, conversation: { id: 'a:1', conversationType: 'personal' }, channelData: {} }),
    ],
    ['B23 no service address', ({ serviceUrl: _gone, ...activity }) => activity],
    ['another channel', (activity) => ({ ...activity, channelId: 'emulator' })],
    ['a channel of Azure’s own', (activity) => ({ ...activity, channelId: 'AseChannel' })],
    [
      'tenants of a wrong shape',
      (activity) => ({ ...activity, conversation: { tenantId: { toLowerCase: 1 } }, channelData: 7 }),
    ],
  ];
  it.each(rows)('is refused: %s', async (_what, change) => {
    await refused(401, change(running.local.activity({ user: maya })), await running.local.token());
  });

  it.each([
    'https://evil.example/',
    'http://127.0.0.1.evil.example/',
    'http://127.0.0.1@evil.example/',
    'http://evil.example#@127.0.0.1/',
    'ftp://127.0.0.1/',
    'not an address',
  ])('is refused: B26 answers to go to %s', async (serviceUrl) => {
    const token = await running.local.token({ claims: { serviceurl: serviceUrl } });
    await refused(401, { ...running.local.activity({ user: maya }), serviceUrl }, token);
  });

  it('is refused when its service address is not the token’s', async () => {
    await refused(
      401,
      { ...running.local.activity({ user: maya }), serviceUrl: `${running.origin}/elsewhere/` },
      await running.local.token(),
    );
  });
});

describe('a body that is no activity', () => {
  it.each([
    'null',
    '[]',
    '42',
    '"text"',
    '{',
    '',
    '{}',
    '{"type":7}',
    `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
    `{"type":"message","a":${'{"a":'.repeat(9_999)}1${'}'.repeat(10_000)}`,
  ])('is refused, even with a right token: %.30s', async (body) => refused(400, body, await running.local.token()));

  it('is refused: B14 bytes that are no UTF-8', async () => {
    await refused(400, Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), await running.local.token());
  });

  it('is refused: B09 more than 256 KB', async () => {
    await refused(413, JSON.stringify({ type: 'message', text: 'x'.repeat(300_000) }), await running.local.token());
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16'])(
    'is refused: B11 %s',
    async (type) => {
      await refused(415, running.local.activity({ user: maya }), await running.local.token(), { 'content-type': type });
    },
  );

  it('is refused: B13 a compressed one', async () => {
    await refused(415, gzipSync(Buffer.alloc(1_000_000)), await running.local.token(), { 'content-encoding': 'gzip' });
  });

  it('is refused: a verified activity without the fields every activity has', async () => {
    const { from: _gone, ...activity } = running.local.activity({ user: maya });
    await refused(400, activity, await running.local.token());
  });

  it('is refused: B12 another method', async () => {
    const answer = await fetch(`${running.origin}/api/messages`);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('changes no prototype: B16', async () => {
    const activity = JSON.stringify(running.local.activity({ user: maya })).replace(
      '{',
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},',
    );
    expect(await running.local.post(activity, await running.local.token())).toMatchObject({ status: 200 });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('settings that would leave a door open', () => {
  const start = (bot: Partial<TeamsOptions>) => startTeams({ bot, install: [] });
  it('stop the start: an empty app id, with which the library would verify nobody', async () => {
    await expect(start({ appId: ' ' })).rejects.toThrow('Teams needs an app id');
  });
  it('stop the start: no tenant', async () => {
    await expect(start({ allowedTenants: [''] })).rejects.toThrow('Teams needs a tenant');
  });
  it('stop the start: a fixed token that could leave this computer', async () => {
    await expect(start({ allowedServiceHosts: ['127.0.0.1', 'smba.trafficmanager.net'] })).rejects.toThrow(
      'TEAMS_CONNECTOR_TOKEN is for tests',
    );
  });
  it('stop the start: a tenant’s own bot without a password', () => {
    expect(() => createTeams({ appId: 'a', tenantId: 't', appType: 'SingleTenant' } as TeamsOptions)).toThrow(
      /MicrosoftAppPassword/,
    );
  });
});

describe('a body is read only behind a token', () => {
  /** Sends the head of a request whose body never comes, and resolves to what is answered all the same. */
  function headOnly(lines: readonly string[]): Promise<string> {
    const { hostname, port } = new URL(running.origin);
    return new Promise((resolve, reject) => {
      let answered = '';
      const socket = connect(Number(port), hostname, () => {
        const head = ['POST /api/messages HTTP/1.1', `host: ${hostname}`, 'content-length: 200000', ...lines, '', ''];
        socket.write(head.join('\r\n'));
      });
      socket.on('data', (part) => (answered += part.toString()));
      socket.on('close', () => resolve(answered));
      socket.on('error', reject);
    });
  }
  const json = 'content-type: application/json';

  it.each([
    ['none', []],
    ['another scheme', ['authorization: Basic YTpi']],
    ['noise', ['authorization: Bearer a.b.c']],
    ['two', ['authorization: Bearer a.b.c', 'authorization: Bearer a.b.c']],
  ])('refused without waiting for it, and hung up: %s', async (_what, headers) => {
    const answered = await headOnly([json, ...headers]);
    expect(answered).toMatch(/^HTTP\/1.1 401 /);
    expect(answered).toMatch(/connection: close/i);
    expect(running.received).toEqual([]);
  });

  it.each([
    ['for another app', { aud: 'another-app' }],
    ['by another issuer', { iss: 'https://sts.windows.net/evil/' }],
  ])('a token %s opens no body either', async (_what, claims) => {
    const token = await running.local.token({ claims });
    expect(await headOnly([json, `authorization: Bearer ${token}`])).toMatch(/^HTTP\/1.1 401 /);
  });
});
