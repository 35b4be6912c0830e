import type { Platform } from './platform.ts';
import { readDirectory, type Directory } from './access/directory.ts';
import { collectedFeatures, startService, type House, type Platforms, type Service } from './app.ts';
import { viewLedger } from './care/deliveries/view-ledger.ts';
import type { PushableClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import { openDemo } from './open-demo.ts';
import { requireDemo } from './require-demo.ts';
import {
  createSimulator,
  type SimulatedMenus,
  type SimulatedOrganisation,
  type Simulator,
} from './simulator/create-simulator.ts';
import { slackManifest } from './slack/manifest.ts';
import type { Store } from './store/store.ts';
import { teamsManifest } from './teams/manifest.ts';

/** Before anything of a database is changed: throws ConfigError where it is somebody's own. */
export async function beforeLocalMode(store: Store): Promise<void> {
  await requireDemo(store);
}

/**
 * Local mode: the simulator in place of the platforms, the demo organisation where there is none yet. Adapters,
 * signatures and tokens are the ordinary ones; only the other side is ours. Nothing of it is loaded otherwise.
 */
export async function startLocalService(options: {
  readonly config: Config;
  readonly house: House;
  readonly clock: PushableClock;
  readonly log: Log;
}): Promise<Service> {
  const { config, house, clock, log } = options;
  const { store, ids } = house;
  const organisation = await openDemo(store, house.features.settings, clock.now());
  const directory = await store.inOrganisation(organisation, readDirectory);
  let origin = '';
  const simulator = createSimulator({
    clock,
    ids,
    log,
    origin: () => origin,
    organisation: describeOrganisation(directory),
    menus: describeMenus(),
    deliveries: (limit) => store.inOrganisation(organisation, (tx) => viewLedger(tx, limit)),
    pushed: async () => {
      await service.tick();
      await service.delivered();
    },
  });
  const service: Service = await startService({
    house,
    log,
    privacy: config.privacy,
    port: config.port,
    host: config.host,
    metrics: config.metrics,
    platforms: (url) => {
      origin = url;
      return describePlatforms(simulator);
    },
  });
  await simulator.greet();
  return {
    ...service,
    async stop() {
      simulator.stop();
      await service.stop();
    },
  };
}

/** The platforms' own menus, as the manifests of both fill them. */
function describeMenus(): SimulatedMenus {
  const { commands } = collectedFeatures;
  const [extension] = teamsManifest(commands, { version: '1.0.0' }).composeExtensions ?? [];
  return { shortcuts: slackManifest(commands).features.shortcuts, extension: extension?.commands ?? [] };
}

/** The organisation as its simulated workspaces: supervisors and administrators see every place of theirs. */
function describeOrganisation(directory: Directory): SimulatedOrganisation {
  const workspace = (platform: Platform): Directory['workspaces'][number] | undefined =>
    directory.workspaces.find((one) => one.platform === platform);
  const userOf = (person: Directory['people'][number], id: string | undefined): string | undefined =>
    person.identities.find((identity) => identity.workspace === id)?.user;
  const placesOf = (id: string): { id: string; name: string; members: string[] }[] =>
    directory.places
      .filter((place) => place.workspace === id)
      .map((place) => ({
        id: place.place,
        name: place.teamName.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
        members: directory.people.flatMap((person) => userOf(person, id) ?? []),
      }));
  const slack = workspace('slack');
  const teams = workspace('teams');
  const peopleIn = (id: string): { user: string; name: string; key: string }[] =>
    directory.people.flatMap((person) => {
      const user = userOf(person, id);
      return user === undefined ? [] : [{ user, name: person.name, key: person.id }];
    });
  return {
    ...(slack === undefined
      ? {}
      : {
          slack: {
            tenant: slack.externalId,
            name: directory.name,
            users: peopleIn(slack.id).map(({ user, name }) => ({ id: user, name })),
            channels: placesOf(slack.id),
          },
        }),
    ...(teams === undefined
      ? {}
      : {
          teams: {
            tenant: teams.externalId,
            name: directory.name,
            users: peopleIn(teams.id).map(({ user, name }) => ({ aadObjectId: user, name })),
            channels: placesOf(teams.id),
          },
        }),
    people: directory.people.map((person) => {
      const slackUser = userOf(person, slack?.id);
      const teamsUser = userOf(person, teams?.id);
      return {
        id: person.id,
        name: person.name,
        ...(slackUser === undefined ? {} : { slackUser }),
        ...(teamsUser === undefined ? {} : { teamsUser }),
      };
    }),
  };
}

function describePlatforms(simulator: Simulator): Platforms {
  const { slack, teams } = simulator;
  return {
    before: simulator.router,
    slack: {
      signingSecret: slack.signingSecret,
      botToken: slack.botToken,
      oauth: undefined,
      appToken: undefined,
      apiUrl: slack.apiUrl(),
    },
    teams: {
      appId: teams.appId,
      appPassword: undefined,
      certificate: undefined,
      appType: 'SingleTenant',
      tenantId: teams.tenant,
      allowedTenants: [teams.tenant],
      openIdMetadataUrl: teams.openIdMetadataUrl(),
      tokenIssuer: teams.tokenIssuer,
      allowedServiceHosts: teams.allowedServiceHosts,
      connectorToken: teams.connectorToken,
    },
  };
}
