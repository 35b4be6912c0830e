import { once } from 'node:events';
import { connect } from 'node:net';
import { signedRequest } from '../../src/simulator/slack/sign-request.ts';
import { signingSecret, slackTenant, type World } from '../helpers/world.ts';

/** One request of a platform, byte for byte, to send as often and wherever a test wants. */
export interface RawRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

const users = { slack: 'U0MAYA', teams: '0a000000-0000-4000-8000-0000000000a1' } as const;

/** Maya's line to Baton: a slash command in Slack, a message in Teams. `id` makes it a delivery of its own. */
export async function lineOfMaya(
  world: World,
  platform: 'slack' | 'teams',
  text: string,
  id: string,
): Promise<RawRequest> {
  if (platform === 'teams') {
    const activity = { ...world.teams.activity({ user: users.teams, text }), id };
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await world.teams.token()}` };
    return { path: '/api/messages', headers, body: JSON.stringify(activity) };
  }
  const body = new URLSearchParams({
    token: 'unused',
    team_id: slackTenant,
    team_domain: 'riverside',
    channel_id: world.slack.direct(users.slack),
    channel_name: 'directmessage',
    user_id: users.slack,
    user_name: 'maya',
    command: '/care',
    text,
    api_app_id: 'ABATON',
    is_enterprise_install: 'false',
    response_url: `${world.service.url}/local/slack/respond/${id}`,
    trigger_id: id,
  }).toString();
  return signed(body, 'form');
}

/** An event of Slack's, as the Events API sends it. `ago`: seconds since it happened. */
export function slackEvent(
  world: World,
  event: Readonly<Record<string, unknown>>,
  more: { readonly id: string; readonly ago?: number; readonly retry?: number },
): RawRequest {
  const { id, ago = 0, retry } = more;
  const body = JSON.stringify({
    token: 'unused',
    team_id: slackTenant,
    api_app_id: 'ABATON',
    type: 'event_callback',
    event_id: id,
    event_time: Math.floor(world.clock.wallNow().getTime() / 1_000) - ago,
    authorizations: [{ team_id: slackTenant, user_id: 'UBATON', is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
    event,
  });
  const retried = { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' };
  return signed(body, 'json', retry === undefined ? {} : retried);
}

/** What Maya types to Baton in their own conversation, as an event. */
export const typedByMaya = (world: World, text: string): Record<string, unknown> => ({
  type: 'message',
  channel_type: 'im',
  channel: world.slack.direct(users.slack),
  user: users.slack,
  ts: '1700000000.000100',
  text,
  team: slackTenant,
  user_team: slackTenant,
});

function signed(body: string, type: 'form' | 'json', headers: Record<string, string> = {}): RawRequest {
  const request = signedRequest(body, { secret: signingSecret, at: Math.floor(Date.now() / 1_000), type, headers });
  return { path: '/slack/events', headers: request.headers, body };
}

export async function send(url: string, { path, headers, body }: RawRequest): Promise<RawAnswer> {
  const response = await fetch(url + path, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}

/** Sends every byte of it and is gone before an answer can come. */
export async function sendAndLeave(url: string, { path, headers, body }: RawRequest): Promise<void> {
  const { port, host } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  const length = Buffer.byteLength(body);
  const lines = Object.entries({ host, 'content-length': String(length), ...headers }).map(([k, v]) => `${k}: ${v}`);
  await new Promise<void>((resolve, reject) => {
    socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`, (error) =>
      error ? reject(error) : resolve(),
    );
  });
  socket.destroy();
}
