import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { recordBroken } from './audit/record-broken.ts';
import { absences } from './care/absences/feature.ts';
import { caseloads } from './care/caseloads/feature.ts';
import { clientsReachedBy } from './care/clients/feature.ts';
import { contacts } from './care/contacts/feature.ts';
import { days } from './care/days/feature.ts';
import { deliveries } from './care/deliveries/feature.ts';
import { digests } from './care/digests/feature.ts';
import { duty } from './care/duty/feature.ts';
import { escalations } from './care/escalations/feature.ts';
import { mayReachWhenTold } from './care/escalations/reach-when-told.ts';
import { evidence } from './care/evidence/feature.ts';
import { followUps } from './care/follow-ups/feature.ts';
import { huddles } from './care/huddles/feature.ts';
import { referrals } from './care/referrals/feature.ts';
import { weekReviews } from './care/week-reviews/feature.ts';
import { collectFeatures, type CollectedFeatures } from './feature/collect-features.ts';
import { requireHouseCards, type CardTraits } from './feature/house-cards.ts';
import { createDispatcher } from './dispatch/dispatch.ts';
import { createDrawer } from './dispatch/draw-for-reader.ts';
import { createAnswers } from './dispatch/confirm-answers.ts';
import { help } from './dispatch/help-feature.ts';
import { lateAnswers } from './dispatch/late-answers.ts';
import { createTokenNotes } from './dispatch/note-refused-token.ts';
import { noteWorkspace } from './feature/tell-administrators.ts';
import type { Sender } from './feature/sender.ts';
import { createUserWatch } from './dispatch/watch-users.ts';
import { describeCause } from './describe-cause.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { usualCourtesy } from './delivery/courtesies.ts';
import { createLateAnswers } from './delivery/late-answers.ts';
import { startDeliveries } from './delivery/start-deliveries.ts';
import { watchTokens } from './delivery/watch-tokens.ts';
import { createHealth } from './health.ts';
import { randomIds, type Ids } from './ids.ts';
import type { Log } from './log.ts';
import { measureService } from './measure-service.ts';
import { openMetrics } from './open-metrics.ts';
import { openSlack, openSlackSocket, openTeams } from './open-platforms.ts';
import { startPages } from './paging/start-pages.ts';
import { withPager } from './paging/write-pages.ts';
import { refuseQuietly } from './refuse-quietly.ts';
import { secureHeaders } from './secure-headers.ts';
import { listen, serveHttp } from './serve-http.ts';
import { outboxOfTables } from './schedule/outbox-of-tables.ts';
import { createSweep } from './retention/sweep.ts';
import { startSchedules } from './schedule/start-schedules.ts';
import { startTicking } from './schedule/start-ticking.ts';
import type { House, Service, ServiceOptions } from './service.ts';
import type { OnTokenUsed } from './slack/call-slack.ts';
import type { NoteToken } from './store/slack-installations.ts';
import { readLocalMasterKey } from './store/master-key.ts';
import { openDatabase, type DatabaseAsItIs } from './store/open-database.ts';
import { openStore, type Store } from './store/store.ts';

/**
 * Every noun of the care team. A new noun adds one line here and touches no other old file. Absences stand before those
 * whose things they cover: what they hear of a leaver decides whose these become.
 */
const features = [
  clientsReachedBy(mayReachWhenTold),
  absences,
  contacts,
  followUps,
  referrals,
  caseloads,
  digests,
  weekReviews,
  days,
  deliveries,
  duty,
  escalations,
  huddles,
  evidence,
  help,
  lateAnswers,
];
export const collectedFeatures: CollectedFeatures = collectFeatures(features);
const houseCards = requireHouseCards(features);
const kindsWith = (has: (traits: CardTraits) => boolean): readonly string[] =>
  [...collectedFeatures.cardTraits].flatMap(([kind, traits]) => (has(traits) ? [kind] : []));

export type { House, Platforms, Service, ServiceOptions } from './service.ts';

/** Milliseconds until a request is acknowledged without its answer. */
const usualDeadlineMs = 2_000;
const packageRoot = fileURLToPath(new URL('..', import.meta.url));

/** How a house is opened. */
export interface OpenHousePorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly ids?: Ids;
  /** Leaves the schema as it is and refuses every write. */
  readonly looksOnly?: boolean;
  /** Looks at the database with the schema it has, before anything of it is changed; throws to leave it so. */
  readonly beforeMigrating?: (store: Store, database: DatabaseAsItIs) => Promise<void>;
}

/** Opens the database of the settings, at this binary's schema. */
export async function openHouse(config: Config, ports: OpenHousePorts): Promise<House> {
  const { clock, log, ids = randomIds, looksOnly = false, beforeMigrating } = ports;
  const stateDir = config.stateDir ?? join(packageRoot, '.baton');
  const { databaseUrl, logins } = config;
  const database = await openDatabase({ databaseUrl, logins, stateDir, log, clock, ids });
  let store: Store | undefined;
  try {
    const masterKey = config.masterKey ?? (await readLocalMasterKey(stateDir));
    if (config.masterKey === undefined && databaseUrl !== undefined) {
      log.warn('no BATON_MASTER_KEY beside DATABASE_URL: the key of the state folder is used');
    }
    store = openStore({
      ...{ ...database, masterKey, clock, ids, looksOnly, recordBroken, revive: () => database.revive() },
      ...{ connections: config.connections.app, workerConnections: config.connections.worker },
    });
    await beforeMigrating?.(store, database);
    if (!looksOnly) await database.bringUp();
  } catch (error) {
    // A private database is left running for nobody.
    await store?.close();
    await database.close();
    throw error;
  }
  const opened = store;
  return {
    database,
    store: opened,
    features: collectedFeatures,
    clock,
    ids,
    async close() {
      await opened.close();
      await database.close();
    },
  };
}

/** Puts the rooms together: dispatcher, adapters, health, one HTTP server. Requests wait until all of it stands. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { house, privacy } = options;
  const { store, clock, ids } = house;
  const health = createHealth(house);
  const { log, features, requests } = measureService(health.registry, house, options.log);
  const outbox = withPager(outboxOfTables, options.pager);
  const senders: { slack?: Sender; teams?: Sender } = {};
  const answers = createAnswers({ store, clock, log });
  const { answerDeadlineMs = usualDeadlineMs, patienceMs = answerDeadlineMs / 2 } = options;
  const dispatch = createDispatcher({
    store,
    ...{ answers, features, clock, ids, log, privacy, outbox },
    ended: requests.ended,
    ...(options.limit === undefined ? {} : { limit: options.limit }),
    patienceMs,
  });
  const watch = createUserWatch({
    ...{ receive: dispatch, senderOf: (platform) => senders[platform], clock, patienceMs: patienceMs / 2 },
  });
  const receive = requests.watching(watch.receive);

  const app = express();
  app.disable('x-powered-by');
  app.use(secureHeaders);
  app.use(health.router);
  const metrics = await openMetrics(options, app, health.metrics);
  app.use('/slack/events', requests.door('slack'));
  app.use('/api/messages', requests.door('teams'));
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  app.use((_request, _response, next) => void opened.then(() => next()));
  const server = serveHttp(app);
  const url = await listen(server, options.port, options.host);

  const noteToken: NoteToken = (tx, change) => noteWorkspace(tx, { features, outbox, privacy }, change);
  const tellOfToken = createTokenNotes({ store, clock, features, outbox, privacy });
  const tokens = watchTokens({ clock, registry: health.registry, tell: tellOfToken });
  const platforms = options.platforms(url);
  const onTokenUsed: OnTokenUsed = (tenant, refusedWith) => tokens.heard('slack', tenant, refusedWith);
  const ports = { ...options, ...house, log, confirm: answers.confirm, begin: requests.begin('slack') };
  const slack =
    platforms.slack === undefined
      ? undefined
      : await openSlack(platforms.slack, { ...ports, noteToken, onTokenUsed }, receive);
  const teams = platforms.teams === undefined ? undefined : await openTeams(platforms.teams, ports, receive);
  Object.assign(senders, tokens.over({ ...(slack && { slack: slack.sender }), ...(teams && { teams: teams.sender }) }));
  for (const router of [platforms.before, slack?.router, teams?.router]) {
    if (router !== undefined) app.use(router);
  }
  app.use((_request, response) => {
    response.status(404).type('text/plain').send('Not found');
  });
  app.use(refuseQuietly);
  // Before anybody is let in: a pushed clock asks for a tick.
  const schedules = await startSchedules({
    store,
    ...{ features, outbox, clock, ids, log, privacy },
    everySecond: options.ticking ?? true,
  });
  // Beside the schedules, never in their way.
  const sweeping = startTicking(createSweep({ store, clock }), {
    everySecond: options.ticking ?? true,
    onFailure: (error) => log.warn('sweep failed', describeCause(error)),
  });
  const late = createLateAnswers({ store, clock, registry: health.registry, flush: answers.flush });
  const answering = startTicking(late.sweep, {
    everySecond: options.ticking ?? true,
    onFailure: (error) => log.warn('late answers failed', describeCause(error)),
  });
  open();
  const sending = startDeliveries({
    ...{
      store,
      clock,
      ids,
      log,
      url: house.database.logins?.worker ?? house.database.url ?? '',
      registry: health.registry,
    },
    senders,
    onPersonGone: (who) => watch.check(who),
    onResult: late.onResult,
    draw: createDrawer({ features, privacy }),
    parkedCard: houseCards.parked,
    courtesy: {
      ...usualCourtesy,
      bundleKind: houseCards.bundle.kind,
      digest: houseCards.digest,
      unfolded: kindsWith(({ unfolded }) => unfolded === true),
    },
    openAction: houseCards.bundle.open,
    ...(options.pace === undefined ? {} : { pace: options.pace }),
  });
  const pages = startPages({
    ...{ store, clock, ids, log, settings: options.pager, registry: health.registry },
    everySecond: options.ticking ?? true,
    ...(options.pagerTimeoutMs === undefined ? {} : { timeout: options.pagerTimeoutMs }),
    shownOn: (event) => [...kindsWith(({ shows }) => shows === event).map((kind) => ({ kind })), houseCards.parked],
  });
  health.watch(sending, tokens);

  const service: Service = {
    ...{ url, receive, slack, teams },
    async tick() {
      await schedules.tick();
      await sweeping.tick();
      await answering.tick();
      await pages?.look();
    },
    delivered: () => sending.idle(),
    paged: async () => pages?.idle(),
    async stop() {
      const drained = Promise.all([
        ...[schedules.stop(), sweeping.stop(), answering.stop(), sending.stop(), pages?.stop()],
        slack?.stopSocketMode(),
      ]);
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      metrics?.close();
      server.closeIdleConnections();
      await Promise.race([closed, clock.pause(8_000)]);
      await drained;
      server.closeAllConnections();
      await Promise.all([slack?.stop(), teams?.stop()]);
      await answers.flush();
    },
  };
  if (slack !== undefined && platforms.slack?.appToken !== undefined) {
    await openSlackSocket(slack, { appToken: platforms.slack.appToken, service, health });
  }
  return service;
}
