import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { collectedFeatures } from '../dist/app.js';
import { wallClock } from '../dist/clock.js';
import { randomIds } from '../dist/ids.js';
import { openStore } from '../dist/store/store.js';
import { benchCrisisCard } from './benches/crisis-card.mjs';
import { benchDelivery } from './benches/delivery.mjs';
import { benchDigest } from './benches/digest.mjs';
import { benchDueItems } from './benches/due-items.mjs';
import { benchImport } from './benches/import-caseload.mjs';
import { benchMemory } from './benches/memory.mjs';
import { benchSlackCommand } from './benches/slack-command.mjs';
import { benchStart } from './benches/start.mjs';
import { benchTeamsMessage } from './benches/teams-message.mjs';
import { benchTypeAhead, writePlainNames } from './benches/type-ahead.mjs';
import { asOrganisation, openServer, query, withoutRowSecurity } from './databases.mjs';
import {
  applyOrganisation,
  importClients,
  makeCoordinators,
  masterKey,
  namesOf,
  teamsTenant,
  writeSheet,
} from './organisation.mjs';
import { fillClients } from './fill-clients.mjs';
import { openDisk } from './measure-disk.mjs';
import { runBaton, startService } from './processes.mjs';
import { openSlackApi, stormingChannel } from './slack-api.mjs';
import { signingSecret } from './slack-requests.mjs';
import { appId, connectorToken, issuer, openTeamsChannel } from './teams-channel.mjs';

const coordinators = 500;
/** Open follow-ups of those whose digests come. */
const itemsOfDigests = 10_000;
/** Clients among whom the type-ahead looks. */
const searched = 10_000;
/** Among how many open items the due bench looks; a million takes some minutes to write, so only where it is asked for. */
const itemSizes = () => (process.env.BENCH_ITEMS ?? '10000,100000').split(',').map(Number);

/** A server, an organisation, and the benches that run on them. */
export async function prepare(folder) {
  const server = await openServer();
  const slackApi = await openSlackApi();
  const people = makeCoordinators(coordinators);
  const slack = {
    PORT: '0',
    HOST: '127.0.0.1',
    BATON_MASTER_KEY: masterKey,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_BOT_TOKEN: 'xoxb-of-the-bench',
    SLACK_API_URL: slackApi.url,
  };
  const on = (url) => ({ ...slack, DATABASE_URL: url });

  const empty = await server.create('empty');
  await applyOrganisation(folder, on(empty), people);
  const own = await server.create('own', 'empty');
  const codes = await importClients(folder, on(own), people);
  // What the server does by itself within a minute or two; until then its plans are those of empty tables.
  await query(own, 'analyze');
  const theirs = await server.create('theirs', 'own');
  await withoutRowSecurity(theirs);

  const open = (url) =>
    openStore({ url, masterKey: new Uint8Array(Buffer.from(masterKey, 'base64')), clock: wallClock, ids: randomIds });
  const openHouse = (url) => ({ store: open(url), features: collectedFeatures, clock: wallClock });

  const teamsOn = (channel) => ({
    PORT: '0',
    HOST: '127.0.0.1',
    BATON_MASTER_KEY: masterKey,
    DATABASE_URL: own,
    MICROSOFT_APP_ID: appId,
    MICROSOFT_APP_TENANT_ID: teamsTenant,
    TEAMS_OPENID_METADATA_URL: `${channel.origin}/openid`,
    TEAMS_TOKEN_ISSUER: issuer,
    TEAMS_ALLOWED_SERVICE_HOSTS: '127.0.0.1',
    TEAMS_CONNECTOR_TOKEN: connectorToken,
  });

  const withServices = async (services, work) => {
    try {
      return await work();
    } finally {
      for (const service of services) await service.stop();
    }
  };
  const benches = {
    async command() {
      const [baton, raw, echo] = [
        await startService('dist/main.js', on(own)),
        await startService('bench/counterparts/slack-raw.mjs', on(theirs)),
        await startService('bench/counterparts/slack-echo.mjs', on(theirs)),
      ];
      const databases = [own, theirs];
      // What the import told people is out before anything is measured.
      await untilNothingIsDue(own);
      return withServices([baton, raw, echo], () => benchSlackCommand({ baton, raw, echo, people, codes, databases }));
    },
    async teams() {
      const channel = await openTeamsChannel();
      const settings = teamsOn(channel);
      const baton = await startService('dist/main.js', settings);
      const echo = await startService('bench/counterparts/teams-echo.mjs', settings);
      const disk = openDisk(server.stateDir);
      return withServices([baton, echo, { stop: () => channel.close() }, { stop: () => disk.close() }], () =>
        benchTeamsMessage({ channel, baton, echo, people, codes, disk }),
      );
    },
    async search() {
      const url = await server.create('search', 'empty');
      const sheet = path.join(folder, 'search.csv');
      await writeSheet(sheet, people, searched);
      await runBaton(on(url), 'import', 'caseload', sheet);
      await query(url, 'vacuum (analyze)');
      const plainUrl = await server.create('search_plain', 'search');
      await withoutRowSecurity(plainUrl);
      await writePlainNames(plainUrl, namesOf(searched));
      const [baton, plain] = [
        await startService('dist/main.js', on(url)),
        await startService('bench/counterparts/slack-search.mjs', on(plainUrl)),
      ];
      await untilNothingIsDue(url);
      return withServices([baton, plain], () =>
        benchTypeAhead({ baton, plain, people, clients: searched, openStore: open, url }),
      );
    },
    async crisis() {
      const api = await openSlackApi();
      const url = await server.create('crisis');
      const settings = { ...on(url), SLACK_API_URL: api.url };
      const supervisors = makeCoordinators(coordinators + 3)
        .slice(coordinators)
        .map((one) => ({ ...one, role: 'supervisor' }));
      const places = [{ workspace: 'b-slack', channel: stormingChannel }];
      await applyOrganisation(folder, settings, [...people, ...supervisors], { places });
      const clients = await importClients(folder, settings, people);
      const baton = await startService('dist/main.js', settings);
      await untilNothingIsDue(url);
      return withServices([baton, api], () => benchCrisisCard({ baton, slackApi: api, people, codes: clients, url }));
    },
    async digest() {
      // A zone in which it is the middle of the morning, whenever the bench runs: a digest comes in working hours.
      const now = new Date();
      const ahead = 10 - now.getUTCHours();
      const zone = `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
      const today = new Date(now.getTime() + ahead * 3_600_000).toISOString().slice(0, 10);
      const template = await server.create('digest');
      await applyOrganisation(folder, on(template), people, {
        zone,
        workingDays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
        attention: { hours: 'always', perMinute: 60 },
        schedules: { dailyDigest: { at: '08:30' } },
      });
      await fillClients(template, itemsOfDigests, today);
      return benchDigest({
        people,
        async open(round) {
          const api = await openSlackApi();
          const url = await server.create(`digest_${round}`, 'digest');
          const service = await startService('dist/main.js', { ...on(url), SLACK_API_URL: api.url });
          return { url, api, close: () => withServices([service, api], () => Promise.resolve()) };
        },
      });
    },
    async delivery() {
      const url = await server.create('delivery', 'empty');
      const graphile = await server.create('delivery_graphile', 'template0');
      const boss = await server.create('delivery_boss', 'template0');
      const store = open(url);
      return withServices([{ stop: () => store.close() }], () => benchDelivery({ url, store, graphile, boss, people }));
    },
    due: () => benchDueItems({ openStore: open, server, template: 'empty', people, sizes: itemSizes() }),
    import: () => benchImport({ openHouse, server, template: 'empty', folder, people }),
    async start() {
      const stateDir = path.join(server.stateDir, 'own');
      const embedded = { ...slack, BATON_STATE_DIR: stateDir };
      await applyOrganisation(folder, embedded, people.slice(0, 1));
      const [code] = await importClients(folder, embedded, people.slice(0, 1));
      // Two organisations, two codes: each service is asked for a client of its own.
      const channel = await openTeamsChannel();
      return withServices([{ stop: () => channel.close() }], () =>
        benchStart({
          ...{ settings: on(own), embedded, people, codes: { own: codes[0], embedded: code } },
          ...{ channel, teamsSettings: teamsOn(channel) },
        }),
      );
    },
    async memory() {
      const crowd = await server.create('crowd', 'empty');
      await fillClients(crowd, 100_000, new Date().toISOString().slice(0, 10));
      const channel = await openTeamsChannel();
      const teams = teamsOn(channel);
      return withServices([{ stop: () => channel.close() }], () =>
        benchMemory({
          open: {
            slack: () => startService('dist/main.js', on(own)),
            slackEcho: () => startService('bench/counterparts/slack-echo.mjs', on(own)),
            teams: () => startService('dist/main.js', teams),
            teamsEcho: () => startService('bench/counterparts/teams-echo.mjs', teams),
            crowd: () => startService('dist/main.js', on(crowd)),
          },
        }),
      );
    },
  };
  return { server, benches, close: () => Promise.all([server.close(), slackApi.stop()]) };
}

async function untilNothingIsDue(url) {
  const text = `select count(*)::int as due from delivery where state in ('pending', 'sending', 'unknown') and next_at <= now()`;
  for (let looks = 0; looks < 600; looks += 1) {
    const [{ due }] = await query(url, text, [], asOrganisation);
    if (due === 0) return;
    await setTimeout(200);
  }
  throw new Error('what is to be sent does not end');
}
