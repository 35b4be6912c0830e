import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signedRequest } from '../../../src/simulator/slack/sign-request.ts';
import { SECRET, startSlack, type Running } from './start-slack.ts';

/** What Slack sends where a whole Enterprise organisation installed the app, and what old clients leave out. */
describe('what Slack leaves out', () => {
  let running: Running;
  beforeAll(async () => {
    running = await startSlack();
  });
  afterAll(() => running.stop());
  beforeEach(() => {
    running.received.length = 0;
  });
  let count = 0;
  const fieldsOf = (body: object): Record<string, string> =>
    'command' in body
      ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)]))
      : { payload: JSON.stringify(body) };

  async function send(body: object, type: 'json' | 'form'): Promise<number> {
    const text = type === 'json' ? JSON.stringify(body) : new URLSearchParams(fieldsOf(body)).toString();
    const at = Math.floor(Date.now() / 1_000);
    const { status } = await fetch(running.events, signedRequest(text, { secret: SECRET, at, type }));
    await running.adapter.settled();
    return status;
  }
  const event = (envelope: object, inner: object = { type: 'app_home_opened', user: 'U1', tab: 'home' }) =>
    send({ type: 'event_callback', event_id: `Ev${(count += 1)}`, event_time: 1, event: inner, ...envelope }, 'json');

  it.each([
    ['an authorization', { authorizations: [{ enterprise_id: 'E1', team_id: 'T1', user_id: 'UB', is_bot: true }] }],
    ['the team of the context', { team_id: null, context_team_id: 'T1', context_enterprise_id: 'E1' }],
    [
      'an organisation-wide authorization and the context',
      {
        team_id: null,
        enterprise_id: 'E1',
        context_team_id: 'T1',
        authorizations: [
          { enterprise_id: 'E1', team_id: null, user_id: 'UB', is_bot: true, is_enterprise_install: true },
        ],
      },
    ],
  ])('an event without team_id is read by %s', async (_what, envelope) => {
    expect(await event(envelope)).toBe(200);
    expect(running.received).toMatchObject([{ tenant: 'T1', user: 'U1', what: { kind: 'home-opened' } }]);
  });

  it('somebody deactivated in the whole organisation is told of with their own team', async () => {
    const user = { id: 'U1', team_id: 'T1', deleted: true };
    expect(await event({ enterprise_id: 'E1' }, { type: 'user_change', user })).toBe(200);
    expect(running.received).toMatchObject([
      { tenant: 'T1', user: 'U1', what: { kind: 'user-changed', active: false } },
    ]);
  });

  it('an event of the organisation alone is its own tenant’s, and one of nobody’s is acknowledged and not read', async () => {
    expect(await event({ enterprise_id: 'E1' })).toBe(200);
    expect(running.received).toMatchObject([{ tenant: 'E1' }]);
    expect(await event({})).toBe(200);
    expect(running.received).toHaveLength(1);
  });

  it.each([
    ['without state', {}],
    ['with an empty state', { state: {} }],
    ['with null for values', { state: { values: null } }],
    ['with null for state', { state: null }],
    [
      'with null for what it has none of',
      { state: { values: {} }, blocks: null, hash: null, app_installed_team_id: null },
    ],
  ])('a submitted form %s is a form without values', async (_what, more) => {
    const view = { id: 'V1', type: 'modal', callback_id: 'x', private_metadata: '{"session":"s-1"}', ...more };
    const body = { type: 'view_submission', team: { id: 'T1' }, user: { id: 'U1', team_id: 'T1' }, view };
    expect(await send(body, 'form')).toBe(200);
    expect(running.received).toMatchObject([{ what: { kind: 'form-submitted', session: 's-1', values: {} } }]);
  });

  it('a press of an organisation-wide installation names no team but the person’s', async () => {
    const press = {
      type: 'block_actions',
      team: null,
      enterprise: { id: 'E1' },
      user: { id: 'U1', team_id: 'T1' },
      container: { message_ts: null, thread_ts: null, is_ephemeral: null },
      actions: [{ action_id: 'next.open', value: null }],
      response_url: null,
    };
    expect(await send(press, 'form')).toBe(200);
    expect(running.received).toMatchObject([
      { tenant: 'T1', user: 'U1', what: { kind: 'button', action: 'next.open' } },
    ]);
  });

  it('a command with the organisation only is the organisation’s', async () => {
    const command = { command: '/care', text: 'next', enterprise_id: 'E1', user_id: 'U1', channel_id: 'D1' };
    expect(await send(command, 'form')).toBe(200);
    expect(running.received).toMatchObject([{ tenant: 'E1', user: 'U1' }]);
  });

  it('what was malformed stays so', async () => {
    expect(await send({ type: 'view_submission', user: { id: 'U1' }, view: 'x' }, 'form')).toBe(400);
    expect(await send({ type: 'block_actions', user: {}, actions: [] }, 'form')).toBe(400);
    expect(running.received).toEqual([]);
  });
});
