import { announceReady } from './announce-ready.ts';
import { openHouse, startService, type House, type Service } from './app.ts';
import { createPushableClock, wallClock } from './clock.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { refuseLocalMode } from './refuse-local-mode.ts';
import { createLog, type Log } from './log.ts';
import { preloadPlatforms } from './open-platforms.ts';
import { describeDatabaseFailure } from './store/describe-failure.ts';

/** Starts the service: settings → house → listen → drain on SIGTERM, which waits for a start that is under way. */
async function start(): Promise<void> {
  const signal = nextSignal();
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const { service, house } = config.local ? await startLocal(config, log) : await startReal(config, log);
  const platforms = [config.slack && 'Slack', config.teams && 'Teams'].filter(Boolean).join(' and ');
  const what = config.local
    ? 'local mode: a private database, a simulated Slack and Teams, synthetic clients'
    : platforms;
  const platform = config.local
    ? 'local'
    : [config.slack && 'slack', config.teams && 'teams'].filter(Boolean).join(',');
  announceReady({ url: service.url, what, platform }, { log, say: (line) => void process.stdout.write(line) });
  void drainOn(signal, service, house, log);
}

async function startReal(config: Config, log: Log): Promise<{ service: Service; house: House }> {
  preloadPlatforms(config);
  if (config.databaseUrl !== undefined && config.logins === undefined) {
    log.warn(
      'the service comes in as the owner of the database and could become it again: DATABASE_APP_URL and ' +
        'DATABASE_WORKER_URL are not set (docs/operations.md)',
    );
  }
  const house = await openHouse(config, { clock: wallClock, log });
  const { privacy, port, host, metrics, pager, slack, teams } = config;
  return orClose(house, () =>
    startService({ house, log, privacy, port, host, metrics, pager, platforms: () => ({ slack, teams }) }),
  );
}

/** Local mode: nothing of it is loaded where a platform is configured. */
async function startLocal(config: Config, log: Log): Promise<{ service: Service; house: House }> {
  const refusal = refuseLocalMode(config);
  if (refusal !== undefined) throw new ConfigError([refusal]);
  if (config.pager !== undefined) log.info('PAGER_URL is not used in local mode: its crises are nobody’s');
  const clock = createPushableClock();
  const { startLocalService, beforeLocalMode } = await import('./local-mode.ts');
  const house = await openHouse(config, { clock, log, beforeMigrating: beforeLocalMode });
  return orClose(house, () => startLocalService({ config, house, clock, log }));
}

/** A service that cannot start (its port is taken) leaves no private database running for nobody. */
async function orClose(house: House, start: () => Promise<Service>): Promise<{ service: Service; house: House }> {
  try {
    return { service: await start(), house };
  } catch (error) {
    await house.close();
    throw error;
  }
}

/** Resolves to the first signal to stop. A terminal and npm may both send one, so that a second says nothing new. */
function nextSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => resolve(name));
  });
}

async function drainOn(signal: Promise<string>, service: Service, house: House, log: Log): Promise<void> {
  log.info('stopping', { signal: await signal });
  try {
    await service.stop();
    await house.close();
    process.exit(0);
  } catch {
    process.exit(1);
  }
}

try {
  await start();
} catch (error) {
  const known = error instanceof ConfigError ? error.message : describeDatabaseFailure(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const port = code === 'EADDRINUSE' ? 'The port is taken. Set PORT to another one.' : undefined;
  process.stderr.write(
    `${known ?? port ?? `Baton could not start (${error instanceof Error ? error.name : 'unknown'} ${code}).`}\n`,
  );
  process.exit(1);
}
