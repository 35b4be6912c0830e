import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { URLSearchParams } from 'node:url';
import { slackTenant } from './organisation.mjs';

export const signingSecret = 'a signing secret of the bench';

/** What stands over a body that Slack sends. */
export function signedHeaders(body) {
  const at = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex');
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': at,
    'x-slack-signature': `v0=${signature}`,
  };
}

/** Slack, sending the commands of many people over a fixed number of connections that stay open. */
export function createSlack(connections) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections });
  let sent = 0;

  let late = 0;

  /**
   * Sends one command; resolves to the milliseconds until its acknowledgement, which must say `done`, or that the
   * answer follows: such late ones are counted.
   */
  function command(url, user, text, done = /Logged/) {
    sent += 1;
    const body = new URLSearchParams({
      command: '/care',
      text,
      team_id: slackTenant,
      user_id: user,
      channel_id: `D${user.slice(1)}`,
      channel_name: 'directmessage',
      trigger_id: `${sent}.${user}`,
      response_url: 'http://127.0.0.1:9/nowhere',
    }).toString();
    return send(url, body, new RegExp(`${done.source}|Working on it`));
  }

  /** Types into a field that looks for clients; resolves to the milliseconds until the options are there, one at least. */
  function search(url, user, text) {
    const payload = {
      type: 'block_suggestion',
      team: { id: slackTenant },
      user: { id: user, team_id: slackTenant },
      ...{ action_id: 'search:clients', block_id: 'client', value: text },
      view: { id: 'V1', callback_id: 'log', private_metadata: '' },
    };
    return send(url, new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), /"options":\[\{/);
  }

  const send = (url, body, expected) => exchange(`${url}/slack/events`, signedHeaders(body), body, expected);

  function exchange(url, headers, body, expected) {
    return new Promise((resolve, reject) => {
      const started = performance.now();
      const sending = request(url, { method: 'POST', headers, agent }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => (text += part));
        response.on('end', () => {
          const taken = performance.now() - started;
          if (text.includes('Working on it')) late += 1;
          if (response.statusCode === 200 && expected.test(text)) resolve(taken);
          else reject(new Error(`answered ${response.statusCode}: ${text.slice(0, 300)}`));
        });
      });
      sending.on('error', (error) => {
        // A connection nobody used while the other sides had their turn may be closed by now: nothing was read from it.
        if (sending.reusedSocket && error.code === 'ECONNRESET') resolve(exchange(url, headers, body, expected));
        else reject(error);
      });
      sending.end(body);
    });
  }
  return { command, search, late: () => late, close: () => agent.destroy() };
}
