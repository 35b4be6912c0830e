import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { teamsTenant } from './organisation.mjs';

export const appId = '11111111-2222-4333-8444-555555555555';
export const issuer = 'https://api.botframework.com';
export const connectorToken = 'a bearer of the bench';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const kid = randomUUID();
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function signToken(serviceUrl) {
  const now = Math.floor(Date.now() / 1_000);
  const claims = { iss: issuer, aud: appId, serviceurl: serviceUrl, nbf: now - 60, exp: now + 3_600 };
  const head = `${encode({ alg: 'RS256', typ: 'JWT', kid })}.${encode(claims)}`;
  return `${head}.${createSign('RSA-SHA256').update(head).sign(privateKey).toString('base64url')}`;
}

/**
 * The Teams side as thin as it can be: an identity provider with one RSA key, a connector that takes every answer, and
 * people who write over one connection. Its token is made once, as the channel uses one for an hour.
 */
export async function openTeamsChannel() {
  const answers = [];
  const server = createServer((incoming, response) => {
    let text = '';
    incoming.setEncoding('utf8').on('data', (part) => (text += part));
    incoming.on('end', () => {
      const json = (value) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
      if (incoming.url === '/openid') {
        return json({ issuer, jwks_uri: `${origin}/keys`, id_token_signing_alg_values_supported: ['RS256'] });
      }
      if (incoming.url === '/keys') {
        const key = publicKey.export({ format: 'jwk' });
        return json({ keys: [{ ...key, kid, use: 'sig', endorsements: ['msteams'] }] });
      }
      if (incoming.headers.authorization !== `Bearer ${connectorToken}`) return response.writeHead(401).end();
      answers.push(text);
      return json({ id: randomUUID() });
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const serviceUrl = `${origin}/`;
  const token = signToken(serviceUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  /** One message of a person; resolves to the milliseconds until it is acknowledged, its answer delivered before. */
  function message(url, user, text, expected) {
    const body = JSON.stringify({
      type: 'message',
      id: randomUUID(),
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl,
      from: { id: `29:${user}`, name: 'Robin', aadObjectId: user },
      recipient: { id: `28:${appId}`, name: 'Baton' },
      conversation: { id: `a:${user}`, conversationType: 'personal', tenantId: teamsTenant },
      channelData: { tenant: { id: teamsTenant } },
      text,
      textFormat: 'plain',
    });
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${token}`,
    };
    answers.length = 0;
    return new Promise((resolve, reject) => {
      const started = performance.now();
      const sending = request(`${url}/api/messages`, { method: 'POST', headers, agent }, (response) => {
        response.resume();
        response.on('end', () => {
          const taken = performance.now() - started;
          if (response.statusCode === 200 && answers.some((answer) => answer.includes(expected))) resolve(taken);
          else reject(new Error(`answered ${response.statusCode}: ${answers.join('\n').slice(0, 300)}`));
        });
      });
      sending.on('error', (error) => {
        if (sending.reusedSocket && error.code === 'ECONNRESET') resolve(message(url, user, text, expected));
        else reject(error);
      });
      sending.end(body);
    });
  }
  return {
    origin,
    message,
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
