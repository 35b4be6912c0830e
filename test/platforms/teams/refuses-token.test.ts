import { describe, expect, it } from 'vitest';
import { refusesToken } from '../../../src/teams/refuses-token.ts';
import { createConnector } from '../../../src/teams/connector.ts';
import { createServiceHosts } from '../../../src/teams/service-hosts.ts';

describe('a token that Microsoft does not give', () => {
  it.each([
    ['the secret ran out', { errorCode: 'invalid_client' }, true],
    ['the app is not allowed', { errorCode: 'unauthorized_client' }, true],
    ['401', { status: 401 }, true],
    ['403', { statusCode: 403 }, true],
    ['too many requests', { status: 429 }, false],
    ['the network', { errorCode: 'network_error' }, false],
    ['too late', new Error('too late'), false],
    ['no error at all', undefined, false],
  ])('%s', async (_why, reason: unknown, refused) => {
    expect(refusesToken(reason)).toBe(refused);
    const connector = createConnector({
      bearer: () => Promise.reject(reason instanceof Error ? reason : Object.assign(new Error('no'), reason)),
      hosts: createServiceHosts(['127.0.0.1']),
      timeoutMs: 5_000,
    });
    const to = { serviceUrl: 'http://127.0.0.1:9/', conversationId: 'a' };
    const sent = connector.send(to, { text: 'x' });
    await expect(sent).rejects.toMatchObject({ code: 'no-token', tokenRefused: refused });
  });
});
