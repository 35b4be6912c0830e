import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wallClock } from '../../src/clock.ts';
import { oldestServed } from '../../src/store/oldest-served.ts';
import { startEmbeddedPostgres, type EmbeddedServer } from '../../src/store/embedded/start-embedded-postgres.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { slackHand } from '../helpers/slack-hand.ts';
import { teamsHand } from '../helpers/teams-hand.ts';
import { aFolder, removeFolder } from '../store/embedded-fixtures.ts';
import { buildPreviousVersion, withoutHistory, type PreviousVersion } from './build-previous-version.ts';
import { runCommandLine, startBuilt, type BuiltService, type Environment } from './built-service.ts';
import { makeCoordinators, mustRun, prepareOrganisation } from './organisation.ts';
import { emptyChannel, openPlatforms, type Platforms } from './platforms.ts';

/** Of each platform one who raises, and one whose client it is. */
const people = makeCoordinators(4);
const sides = [
  { platform: 'slack', raiser: people[0]!, owner: people[2]! },
  { platform: 'teams', raiser: people[1]!, owner: people[3]! },
] as const;
const quiet = { info: () => undefined, warn: () => undefined };
const patience = 60_000;
/** Later than an answer that nobody confirmed is sent again, and a round of the engine. */
const longEnoughForASecond = 15_000;

describe.skipIf(withoutHistory)('this version beside the one before it, on one database', () => {
  let folder = '';
  let server: EmbeddedServer;
  let platforms: Platforms;
  let environment: Environment;
  let previous: PreviousVersion;
  let old: BuiltService;
  let current: BuiltService | undefined;
  let clientOf: ReadonlyMap<string, string>;

  const startOld = (): Promise<BuiltService> =>
    startBuilt(environment, { program: [process.execPath, previous.service] });

  beforeAll(async () => {
    folder = await aFolder();
    previous = await buildPreviousVersion(folder);
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
    clientOf = await prepareOrganisation(people, folder, environment, (settings, ...words) =>
      runCommandLine(previous.commandLine, settings, ...words),
    );
    old = await startOld();
    platforms.point(old.url);
    for (const { platform, user } of people) if (platform === 'teams') await platforms.teams.install({ user });
  }, 900_000);
  afterAll(async () => {
    for (const service of [old, current]) {
      service?.signal('SIGTERM');
      await service?.ended;
    }
    await platforms.close();
    await server.stop();
    await removeFolder(folder);
  });

  const handOf = ({ platform, user, id }: (typeof people)[number]): Hand => {
    const settled = (): Promise<void> => Promise.resolve();
    const { slack, teams } = platforms;
    return platform === 'slack'
      ? slackHand({ slack, person: id, user, channel: emptyChannel.slack, settled })
      : teamsHand({ teams, person: id, user, channel: emptyChannel.teams, settled });
  };
  const shownTo = (hand: Hand, words: string): readonly string[] =>
    hand
      .sees()
      .map(textOf)
      .filter((text) => text.includes(words));
  async function until(what: string, happened: () => boolean | Promise<boolean>): Promise<void> {
    const started = wallClock.wallNow().getTime();
    while (!(await happened())) {
      if (wallClock.wallNow().getTime() - started > patience)
        throw new Error(`${what} did not happen: ${old.log()}${current?.log() ?? ''}`);
      await wallClock.pause(100);
    }
  }
  const codeOf = (id: string): string => clientOf.get(id) ?? '';
  const exported = async (what: string): Promise<readonly Record<string, unknown>[]> =>
    JSON.parse(await mustRun(environment, 'export', what, '--format', 'json')) as Record<string, unknown>[];
  /** Logs a contact of one's own client, and reads the one answer to it. */
  async function logs(person: (typeof people)[number], minutes: number): Promise<void> {
    const hand = handOf(person);
    await hand.types(`log ${codeOf(person.id)} phone reached ${minutes}m`);
    await until(`the answer to ${minutes} minutes`, () => shownTo(hand, `reached, ${minutes} min`).length > 0);
  }

  it('this one says that the one before may serve on beside its schema', () => {
    expect(oldestServed).toBe(previous.migrations.at(-1));
  });

  it('the one before serves, and posts cards', async () => {
    for (const { raiser, owner } of sides) {
      await logs(owner, 11);
      await handOf(raiser).types(`escalate ${codeOf(owner.id)} urgent`);
      await until('the card', () => shownTo(handOf(owner), 'Escalation: ').length > 0);
    }
  });

  it('this one starts on its database while it runs; then both serve', async () => {
    current = await startBuilt(environment);
    expect(old.outcome()).toBeUndefined();
    for (const { owner } of sides) await logs(owner, 12);
    platforms.point(current.url);
    for (const { owner } of sides) await logs(owner, 13);
    const contacts = (await exported('contacts')).map(({ minutes }) => minutes);
    expect(contacts.toSorted()).toEqual([11, 11, 12, 12, 13, 13]);
  });

  it('a card that the one before posted is pressed at this one, and acts', async () => {
    for (const { owner } of sides) await handOf(owner).presses('Acknowledge');
    await until('both are taken', async () =>
      (await exported('escalations')).every(({ state }) => state === 'acknowledged'),
    );
    expect((await exported('escalations')).map(({ owner }) => owner).toSorted()).toEqual(
      sides.map(({ owner }) => owner.id).toSorted(),
    );
  });

  it('no answer of either comes a second time', async () => {
    await wallClock.pause(longEnoughForASecond);
    for (const { owner } of sides) {
      const hand = handOf(owner);
      expect([11, 12, 13].map((minutes) => shownTo(hand, `reached, ${minutes} min`).length)).toEqual([1, 1, 1]);
      expect(shownTo(hand, 'My answer to what you did')).toEqual([]);
    }
  });

  it('the one before, started anew, refuses the newer schema and names what to do', async () => {
    await expect(startOld()).rejects.toThrow(/ended with 1: .*newer/s);
    // The one that runs goes on.
    platforms.point(old.url);
    for (const { owner } of sides) await logs(owner, 14);
  });
});
