import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wallClock } from '../../src/clock.ts';
import { startEmbeddedPostgres, type EmbeddedServer } from '../../src/store/embedded/start-embedded-postgres.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { slackHand } from '../helpers/slack-hand.ts';
import { teamsHand } from '../helpers/teams-hand.ts';
import { aFolder, removeFolder } from '../store/embedded-fixtures.ts';
import { runCommandLine, startBuilt, type BuiltService, type Environment } from './built-service.ts';
import { makeCoordinators, mustRun, prepareOrganisation, type Coordinator } from './organisation.ts';
import { emptyChannel, openPlatforms, type Platforms } from './platforms.ts';
import { openReadyProxy, type ReadyProxy } from './ready-proxy.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const people = makeCoordinators(6);
const quiet = { info: () => undefined, warn: () => undefined };
/** What the next version's schema adds: nothing that this one needs goes. */
const step = 'CREATE TABLE "of_the_next_version" ("organisation_id" TEXT NOT NULL, PRIMARY KEY ("organisation_id"));';

/** This build with one migration more, as the next version will be; returns its program. */
async function makeNextVersion(folder: string): Promise<string> {
  const next = path.join(folder, 'next');
  await mkdir(next);
  for (const part of ['dist', 'prisma', 'package.json']) {
    await cp(path.join(root, part), path.join(next, part), { recursive: true });
  }
  await symlink(path.join(root, 'node_modules'), path.join(next, 'node_modules'));
  const migration = path.join(next, 'prisma/migrations/99990101000000_of_the_next_version');
  await mkdir(migration);
  await writeFile(path.join(migration, 'migration.sql'), step);
  return path.join(next, 'dist/main.js');
}

describe('the next version, brought in while this one serves', () => {
  let folder = '';
  let server: EmbeddedServer;
  let platforms: Platforms;
  let environment: Environment;
  let proxy: ReadyProxy;
  let old: BuiltService;
  let next: BuiltService | undefined;
  let clientOf: ReadonlyMap<string, string>;

  beforeAll(async () => {
    folder = await aFolder();
    server = await startEmbeddedPostgres({ stateDir: folder, log: quiet });
    platforms = await openPlatforms(people);
    environment = {
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: server.url,
      BATON_STATE_DIR: folder,
      BATON_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      LOG_LEVEL: 'warn',
      ...platforms.environment,
    };
    clientOf = await prepareOrganisation(people, folder, environment);
    proxy = await openReadyProxy();
    platforms.point(proxy.url);
    old = await startBuilt(environment);
    proxy.add(old.url);
    await until('this version is ready', () => proxy.readiness(old.url).at(-1) === 200);
    for (const { platform, user } of people) if (platform === 'teams') await platforms.teams.install({ user });
  }, 300_000);
  afterAll(async () => {
    for (const service of [old, next]) {
      service?.signal('SIGTERM');
      await service?.ended;
    }
    await proxy.close();
    await platforms.close();
    await server.stop();
    await removeFolder(folder);
  });

  async function until(what: string, happened: () => boolean): Promise<void> {
    const started = wallClock.wallNow().getTime();
    while (!happened()) {
      if (wallClock.wallNow().getTime() - started > 60_000) throw new Error(`${what}: did not happen`);
      await wallClock.pause(50);
    }
  }
  const handOf = ({ platform, user, id }: Coordinator): Hand => {
    const settled = (): Promise<void> => Promise.resolve();
    const { slack, teams } = platforms;
    return platform === 'slack'
      ? slackHand({ slack, person: id, user, channel: emptyChannel.slack, settled })
      : teamsHand({ teams, person: id, user, channel: emptyChannel.teams, settled });
  };

  it('loses no request, and neither says that it is not ready', async () => {
    const typed = new Map(people.map(({ id }) => [id, 0]));
    let enough = false;
    const work = async (person: Coordinator): Promise<void> => {
      const hand = handOf(person);
      for (let minutes = 1; !enough && minutes <= 240; minutes += 1) {
        await hand.types(`log ${clientOf.get(person.id) ?? ''} phone reached ${minutes}m`);
        typed.set(person.id, minutes);
        await until(`the answer to ${minutes} of ${person.id}`, () =>
          hand.sees().some((message) => textOf(message).includes(`reached, ${minutes} min`)),
        );
        // No faster than a person may.
        await wallClock.pause(600);
      }
    };
    const working = Promise.all(people.map(work));
    next = await startBuilt(environment, { program: [process.execPath, await makeNextVersion(folder)] });
    const { url } = next;
    proxy.add(url);
    await until('the next version is ready', () => proxy.readiness(url).at(-1) === 200);
    // Both serve for a while, on the schema of the next one.
    const looks = proxy.readiness(old.url).length;
    await until('both have served', () => proxy.readiness(old.url).length > looks + 50);
    expect(new Set(proxy.readiness(old.url).slice(proxy.readiness(old.url).indexOf(200)))).toEqual(new Set([200]));
    enough = true;
    await working;
    old.signal('SIGTERM');
    expect(await old.ended).toBe(0);
    expect(proxy.lost()).toBe(0);
    const contacts = JSON.parse(await mustRunNext('export', 'contacts', '--format', 'json')) as { minutes: number }[];
    expect(contacts).toHaveLength([...typed.values()].reduce((sum, count) => sum + count, 0));
  }, 300_000);

  /** The command line of this version refuses the newer schema: that of the next one writes out. */
  const mustRunNext = (...words: string[]): Promise<string> =>
    mustRun(environment, ...words).then(
      () => Promise.reject(new Error('this version’s command line took the newer schema')),
      async () => {
        const ran = await runCommandLine(path.join(folder, 'next/dist/cli.js'), environment, ...words);
        expect(ran.code).toBe(0);
        return ran.out;
      },
    );
});
