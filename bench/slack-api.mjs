import { once } from 'node:events';
import { createServer } from 'node:http';
import { URLSearchParams } from 'node:url';
import { slackTenant } from './organisation.mjs';

/** A channel in which Slack takes nothing. */
export const stormingChannel = 'C0STORM';

/**
 * A Slack that answers: at once, or after `latency` milliseconds, and with 429 for a share of the messages and for all
 * that goes to the storming channel. Both sides of a bench may speak to it; none of them waits for what is not there.
 */
export async function openSlackApi({ latency = 0, throttled = 0 } = {}) {
  let messages = 0;
  let refused = 0;
  /** Wall milliseconds at which a message was taken, by its ts. */
  const arrived = new Map();
  let turn = 0;
  const answers = {
    'auth.test': () => ({
      team_id: slackTenant,
      user_id: 'U0BATON',
      bot_id: 'B0BATON',
      url: 'https://bench.slack.com/',
    }),
    'users.info': (given) => ({
      user: { id: given.get('user'), team_id: slackTenant, tz: 'America/New_York', profile: {} },
    }),
    'conversations.open': (given) => ({ channel: { id: `D${(given.get('users') ?? '').slice(1)}` } }),
    'conversations.info': (given) => ({ channel: { id: given.get('channel'), is_member: true, is_private: true } }),
    'chat.postMessage'(given) {
      messages += 1;
      const ts = `${1_700_000_000 + messages}.000001`;
      arrived.set(ts, Date.now());
      return { channel: given.get('channel'), ts, message: {} };
    },
  };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part) => (body += part));
    request.on('end', () => {
      const method = request.url?.split('/').at(-1)?.split('?')[0] ?? '';
      const reply = () => {
        turn += 1;
        const given = readBody(request.headers['content-type'] ?? '', body);
        const storms = given.get('channel') === stormingChannel;
        if (method.startsWith('chat.') && (storms || turn % 100 < throttled * 100)) {
          refused += 1;
          response.writeHead(429, { 'retry-after': '1', 'content-type': 'application/json' });
          return response.end('{"ok":false,"error":"ratelimited"}');
        }
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ ok: true, ...answers[method]?.(given) }));
      };
      if (latency === 0) reply();
      else setTimeout(reply, latency);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/api/`,
    messages: () => messages,
    /** How many were told to come again. */
    refused: () => refused,
    arrivedAt: (ts) => arrived.get(ts),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function readBody(type, body) {
  if (!type.includes('json')) return new URLSearchParams(body);
  return new URLSearchParams(
    Object.entries(JSON.parse(body)).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}
