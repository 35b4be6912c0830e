import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Inbound } from '../../../src/chat/inbound.ts';
import { nothing } from '../../../src/chat/reply.ts';
import { wallClock } from '../../../src/clock.ts';
import { silentLog } from '../../../src/log.ts';
import { createSlack } from '../../../src/slack/create-slack.ts';
import { UnknownWorkspace } from '../../../src/store/slack-installations.ts';
import type { Installation } from '../../../src/slack/installations.ts';

describe('installing in a workspace', () => {
  let origin = '';
  let close: () => Promise<unknown>;
  let saved: Installation[];
  let received: Inbound[];
  let logged: string[];
  beforeEach(async () => {
    saved = [];
    received = [];
    logged = [];
    const app = express();
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    app.post('/fake/oauth.v2.access', express.urlencoded({ extended: false }), (request, response) => {
      const { code } = request.body;
      if (code !== 'good' && code !== 'elsewhere') return void response.json({ ok: false, error: 'invalid_code' });
      response.json({
        ok: true,
        app_id: 'A1',
        authed_user: { id: 'U1' },
        team: { id: code === 'good' ? 'T1' : 'T2', name: 'clinic' },
        token_type: 'bot',
        access_token: 'xoxb-new',
        scope: 'commands,chat:write',
        bot_user_id: 'UB',
        is_enterprise_install: false,
      });
    });
    app.post('/fake/auth.test', (_request, response) => {
      response.json({ ok: true, bot_id: 'B1', user_id: 'UB', team_id: 'T1', url: 'https://x.example' });
    });
    const adapter = createSlack({
      signingSecret: 's',
      clock: wallClock,
      log: { ...silentLog, warn: (event, fields) => void logged.push(JSON.stringify({ event, ...fields })) },
      apiUrl: `${origin}/fake/`,
      receive: (inbound) => {
        received.push(inbound);
        return Promise.resolve(nothing);
      },
      installations: {
        botToken: () => Promise.resolve(undefined),
        save: (installation) => {
          if (installation.tenant !== 'T1') return Promise.reject(new UnknownWorkspace(installation.tenant));
          if (saved.some(({ state }) => state === installation.state)) return Promise.reject(new Error('used'));
          saved.push(installation);
          return Promise.resolve();
        },
        remove: () => Promise.resolve(),
      },
      oauth: {
        clientId: 'c',
        clientSecret: 'cs',
        stateSecret: 'a-state-secret',
        authorizationUrl: `${origin}/consent`,
      },
    });
    app.use(adapter.router);
    close = async () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    };
  });
  afterEach(() => close());

  async function begin(): Promise<{ consent: URL; cookie: string }> {
    const response = await fetch(`${origin}/slack/install`, { redirect: 'manual' });
    expect(response.status).toBe(302);
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    return { consent: new URL(response.headers.get('location') ?? ''), cookie };
  }
  const comeBack = (code: string, state: string, cookie: string) =>
    fetch(`${origin}/slack/oauth_redirect?${new URLSearchParams({ code, state }).toString()}`, { headers: { cookie } });

  it('asks for no scope that reads messages', async () => {
    const { consent } = await begin();
    const scopes = consent.searchParams.get('scope')?.split(',') ?? [];
    expect(scopes).toContain('commands');
    expect(scopes.filter((scope) => scope.includes('history'))).toEqual([]);
  });

  it('keeps the token and tells that it happened', async () => {
    const { consent, cookie } = await begin();
    const response = await comeBack('good', consent.searchParams.get('state') ?? '', cookie);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Baton is installed');
    expect(saved).toMatchObject([{ tenant: 'T1', botToken: 'xoxb-new', botUser: 'UB', installedBy: 'U1' }]);
    expect(received).toMatchObject([{ tenant: 'T1', user: 'U1', what: { kind: 'installed' } }]);
  });

  it('ties the way back to this browser, by a cookie that other pages do not send', async () => {
    const response = await fetch(`${origin}/slack/install`, { redirect: 'manual' });
    expect(response.headers.get('set-cookie')).toMatch(/; Secure/);
    expect(response.headers.get('set-cookie')).toMatch(/; HttpOnly/);
    expect(response.headers.get('set-cookie')).toMatch(/; SameSite=Lax/);
    const { consent, cookie } = await begin();
    const back = await comeBack('good', consent.searchParams.get('state') ?? '', cookie);
    expect(back.headers.get('set-cookie')).toMatch(/; SameSite=Lax/);
  });

  it('counts once: the same way back keeps no second token', async () => {
    const { consent, cookie } = await begin();
    const state = consent.searchParams.get('state') ?? '';
    expect((await comeBack('good', state, cookie)).status).toBe(200);
    const again = await comeBack('good', state, cookie);
    expect(again.status).toBe(400);
    expect(await again.text()).toMatch(/Please start again/);
    expect(saved).toHaveLength(1);
    expect(received).toHaveLength(1);
  });

  it('says of a workspace that nobody named what is to be done first, and keeps nothing', async () => {
    const { consent, cookie } = await begin();
    const response = await comeBack('elsewhere', consent.searchParams.get('state') ?? '', cookie);
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(text).toContain('Baton does not know the workspace T2 yet, so nothing was kept.');
    expect(text).toContain('add it to the organisation’s file and to apply the file');
    expect({ saved, received }).toEqual({ saved: [], received: [] });
    expect(logged.at(-1)).toBe('{"event":"slack.install-failed","code":"unknown_workspace","place":"T2"}');
    expect(text + logged.join()).not.toContain('xoxb');
  });

  it('tells each way from every other, and none by what is kept of it', async () => {
    const [one, other] = [await begin(), await begin()];
    expect(one.consent.searchParams.get('state')).not.toBe(other.consent.searchParams.get('state'));
    await comeBack('good', one.consent.searchParams.get('state') ?? '', one.cookie);
    expect(saved[0]?.state).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['a code Slack does not know', 'bad', true, true],
    ['a state that is not ours', 'good', false, true],
    ['another browser', 'good', true, false],
  ])('refuses %s, in words and without detail', async (_, code, ours, sameBrowser) => {
    const { consent, cookie } = await begin();
    const state = ours ? (consent.searchParams.get('state') ?? '') : 'forged';
    const response = await comeBack(code, state, sameBrowser ? cookie : '');
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/Please start again/);
    expect(saved).toEqual([]);
    expect(received).toEqual([]);
  });
});
