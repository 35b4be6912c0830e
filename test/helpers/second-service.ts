import { recordBroken } from '../../src/audit/record-broken.ts';
import { collectedFeatures, startService, type Service } from '../../src/app.ts';
import type { CommandLimit } from '../../src/dispatch/command-limit.ts';
import type { Clock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { silentLog } from '../../src/log.ts';
import type { PagerSettings } from '../../src/pager-settings.ts';
import { openStore } from '../../src/store/store.ts';
import { patient } from './patient.ts';
import { generous, signingSecret, type World } from './world.ts';

/**
 * Another process's worth of the same service: its own connections, the same database, the same platforms; and the same
 * clock, unless the test gives it another.
 */
export async function startSecondService(
  world: World,
  clock: Clock = world.clock,
  limit: CommandLimit = generous,
  pager?: PagerSettings,
): Promise<Service> {
  const { slack, teams, databaseUrl } = world;
  const store = openStore({
    url: databaseUrl,
    masterKey: new Uint8Array(32).fill(5),
    clock,
    ids: randomIds,
    recordBroken,
  });
  const trust = teams.settings();
  const service = await startService({
    house: {
      database: { url: databaseUrl, revive: () => Promise.resolve(), close: () => Promise.resolve() },
      store,
      features: collectedFeatures,
      clock,
      ids: randomIds,
      close: () => Promise.resolve(),
    },
    log: silentLog,
    privacy: 'minimal',
    limit,
    pager,
    pagerTimeoutMs: patient,
    port: 0,
    host: '127.0.0.1',
    ticking: false,
    sendTimeoutMs: patient,
    answerDeadlineMs: patient,
    platforms: () => ({
      slack: {
        signingSecret,
        botToken: slack.botToken,
        oauth: undefined,
        appToken: undefined,
        apiUrl: `${world.service.url}/local/slack/api/`,
      },
      teams: {
        appId: '11111111-2222-4333-8444-555555555555',
        appPassword: undefined,
        certificate: undefined,
        appType: 'SingleTenant',
        tenantId: trust.tenantId,
        allowedTenants: [trust.tenantId],
        openIdMetadataUrl: trust.openIdMetadataUrl,
        tokenIssuer: trust.tokenIssuer,
        allowedServiceHosts: [trust.serviceHost],
        connectorToken: trust.connectorToken,
      },
    }),
  });
  return {
    ...service,
    async stop() {
      await service.stop();
      await store.close();
    },
  };
}
