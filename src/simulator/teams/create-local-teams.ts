import { Router } from 'express';
import { createPerson } from './act-as-person.ts';
import { createBotRequests } from './bot-requests.ts';
import { createConnectorRoutes } from './connector-routes.ts';
import { createFaults, createPace } from './faults.ts';
import { createIdentityRoutes, TOKEN_ISSUER } from './identity-routes.ts';
import { createSigningKeys } from './signing-keys.ts';
import { createTenantState } from './tenant-state.ts';
import type { LocalTeams, LocalTeamsOptions } from './types.ts';

/**
 * A strict Microsoft Teams on this computer, for development, demonstration and tests: an identity provider, a
 * connector, and people. Each act of a person is the real signed request to the bot's ordinary address; there is no
 * way into the bot past its own door.
 */
export function createLocalTeams(options: LocalTeamsOptions): LocalTeams {
  const { clock, ids, appId, tenant } = options;
  const botId = `28:${appId}`;
  const realm = ids.uuid();
  const connectorToken = options.connectorToken ?? Buffer.from(ids.bytes(32)).toString('base64url');
  // Real service addresses carry a region and end with a slash.
  const serviceUrl = (): string => `${options.origin()}/`;
  const keys = createSigningKeys(ids);
  const faults = createFaults();
  const { users, channels, installed } = options;
  const state = createTenantState({ clock, ids, users, channels, installed });
  const bot = createBotRequests({
    clock,
    ids,
    keys,
    state,
    appId,
    botId,
    tenantId: tenant.id,
    serviceUrl,
    botMessagesUrl: options.botMessagesUrl,
    waits: options.waits,
  });
  const router = Router();
  router.use(createIdentityRoutes({ keys, realm, origin: options.origin, down: () => faults.takeForKeys() }));
  router.use(
    createConnectorRoutes({
      state,
      faults,
      pace: createPace(options.perSecond ?? 7, () => clock.wallNow()),
      clock,
      token: connectorToken,
      tenantId: tenant.id,
      botId,
    }),
  );
  return {
    router,
    ...createPerson({ state, bot, botId }),
    settings: () => ({
      tenantId: tenant.id,
      openIdMetadataUrl: `${options.origin()}/openid/${realm}/.well-known/openidconfiguration`,
      tokenIssuer: TOKEN_ISSUER,
      serviceUrl: serviceUrl(),
      serviceHost: new URL(serviceUrl()).hostname,
      connectorToken,
    }),
    messages: (conversation, user) => state.messages(conversation, user),
    conversations: () => state.conversations(),
    chatOf: (user) => state.chatOf(user),
    dialogs: (user) => state.dialogs(user),
    faults: { add: (fault) => faults.add(fault), clear: () => faults.clear(), list: () => faults.list() },
    failures: () => bot.failures,
    token: (overrides) => bot.token(overrides),
    rollKeys: ({ keepOld = false } = {}) => keys.roll(keepOld),
    post: (activity, token, headers) => bot.post(activity, token, headers),
  };
}
