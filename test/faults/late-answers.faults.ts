import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wallClock } from '../../src/clock.ts';
import { signedRequest } from '../../src/simulator/slack/sign-request.ts';
import { readBlocks } from '../helpers/read-slack.ts';
import { readCard } from '../helpers/read-teams.ts';
import { aFolder, removeFolder } from '../store/embedded-fixtures.ts';
import { startBuilt, type BuiltService, type Environment } from './built-service.ts';
import { makeCoordinators, mustRun, prepareOrganisation, slackTenant, type Coordinator } from './organisation.ts';
import { openPlatforms, signingSecret, type Platforms } from './platforms.ts';
import { findDatabase, killNow } from './victims.ts';

const people = makeCoordinators(2);

/** The contact is committed and its answer is on its way to a platform that does not say a word; then SIGKILL. */
describe('a service that is killed between what it did and saying so', () => {
  let stateDir = '';
  let platforms: Platforms;
  let environment: Environment;
  let service: BuiltService;
  let clientOf: ReadonlyMap<string, string>;

  beforeAll(async () => {
    stateDir = await aFolder();
    platforms = await openPlatforms(people);
    environment = {
      PORT: '0',
      HOST: '127.0.0.1',
      BATON_STATE_DIR: stateDir,
      BATON_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      LOG_LEVEL: 'warn',
      ...platforms.environment,
    };
    service = await startBuilt(environment);
    clientOf = await prepareOrganisation(people, stateDir, environment);
    platforms.point(service.url);
    for (const { platform, user } of people) if (platform === 'teams') await platforms.teams.install({ user });
  });
  afterAll(async () => {
    service.signal('SIGTERM');
    await service.ended;
    await platforms.close();
    await removeFolder(stateDir);
  });

  /** Typed to Baton in their own conversation; nobody waits for the response. */
  async function types({ platform, user }: Coordinator, text: string): Promise<void> {
    if (platform === 'teams') return void platforms.teams.message({ user, text }).catch(() => undefined);
    const event = { type: 'message', channel_type: 'im', channel: platforms.slack.direct(user), user, text };
    const body = JSON.stringify({
      team_id: slackTenant,
      api_app_id: 'ABATON',
      type: 'event_callback',
      event_id: 'EvLate',
      event_time: Math.floor(wallClock.wallNow().getTime() / 1_000),
      event: { ...event, ts: '1700000000.000100', team: slackTenant, user_team: slackTenant },
    });
    const at = Math.floor(wallClock.wallNow().getTime() / 1_000);
    const request = signedRequest(body, { secret: signingSecret, at, type: 'json' });
    void fetch(`${service.url}/slack/events`, request).catch(() => undefined);
  }
  const read = ({ platform, user }: Coordinator): readonly string[] => {
    const pieces =
      platform === 'slack'
        ? platforms.slack.messages(platforms.slack.direct(user), user).map(({ blocks }) => readBlocks(blocks))
        : platforms.teams.messages(platforms.teams.chatOf(user) ?? '').map(({ card }) => readCard(card));
    return pieces.map((some) => some.flatMap((one) => (one.kind === 'text' ? [one.text] : [])).join('\n'));
  };
  const contacts = async (): Promise<number> =>
    (JSON.parse(await mustRun(environment, 'export', 'contacts', '--format', 'json')) as unknown[]).length;

  it.each(people)('on $platform: the answer comes once, and it was done once', async (person) => {
    const code = clientOf.get(person.id) ?? '';
    const before = await contacts();
    platforms.teams.faults.clear();
    platforms.slack.faults.set([{ kind: 'hang', method: 'chat.postMessage', times: 10 }]);
    // Whether the account is still there is asked as well.
    if (person.platform === 'teams') platforms.teams.faults.add({ kind: 'hang', times: 10 });
    await types(person, `log ${code} phone reached 15m`);
    while ((await contacts()) === before);
    await killNow('service', service, stateDir);
    expect(read(person).filter((text) => text.includes('Logged'))).toEqual([]);
    platforms.teams.faults.clear();
    platforms.slack.faults.set([]);
    service = await startBuilt(environment);
    platforms.point(service.url);

    const told = (): readonly string[] => read(person).filter((text) => text.includes('Logged'));
    const started = wallClock.wallNow().getTime();
    while (told().length === 0 && wallClock.wallNow().getTime() - started < 60_000) await wallClock.pause(100);
    // Long enough for a second one.
    await wallClock.pause(5_000);
    expect(told()).toHaveLength(1);
    expect(told()[0]).toContain('My answer to what you did');
    expect(told()[0]).toContain(code);
    expect(await contacts()).toBe(before + 1);
  });

  /** Nobody logs a contact meanwhile: who tries waits. */
  async function holdsContacts<T>(work: () => Promise<T>): Promise<T> {
    const owner = new pg.Client({ connectionString: (await findDatabase(stateDir)).url });
    await owner.connect();
    try {
      await owner.query('set role none');
      await owner.query('begin');
      await owner.query('lock table contact in exclusive mode');
      return await work();
    } finally {
      await owner.end();
    }
  }
  /** Logs a contact by a slash command, or by a press; tells what the person reads at first. */
  async function actsSlowly({ platform, user }: Coordinator, code: string): Promise<string> {
    if (platform === 'slack') {
      const channel = platforms.slack.direct(user);
      const { body } = await platforms.slack.command({ user, channel, text: `log ${code} phone no-answer` });
      return JSON.stringify(body);
    }
    const list = platforms.teams.messages(platforms.teams.chatOf(user) ?? '').at(-1);
    return JSON.stringify(await platforms.teams.press({ user, activity: list?.id ?? '', title: 'Left message' }));
  }

  it.each(people)(
    'on $platform, after “Working on it” was shown: it comes once, and it was done once',
    async (person) => {
      const code = clientOf.get(person.id) ?? '';
      if (person.platform === 'teams') {
        await platforms.teams.message({ user: person.user, text: `log ${code} phone reached 15m fu today` });
        await platforms.teams.message({ user: person.user, text: 'next' });
      }
      const late = (): readonly string[] => read(person).filter((text) => text.includes('My answer to what you did'));
      const [before, told] = [await contacts(), late().length];
      const shown = await holdsContacts(async () => {
        const first = await actsSlowly(person, code);
        platforms.slack.faults.set(
          ['response_url', 'chat.postMessage'].map((method) => ({ kind: 'hang', method, times: 10 })),
        );
        if (person.platform === 'teams') platforms.teams.faults.add({ kind: 'hang', times: 10 });
        return first;
      });
      expect(shown).toContain('Working on it');
      while ((await contacts()) === before);
      await killNow('service', service, stateDir);
      expect(late()).toHaveLength(told);
      platforms.teams.faults.clear();
      platforms.slack.faults.set([]);
      service = await startBuilt(environment);
      platforms.point(service.url);

      const started = wallClock.wallNow().getTime();
      while (late().length === told && wallClock.wallNow().getTime() - started < 60_000) await wallClock.pause(100);
      // Long enough for a second one.
      await wallClock.pause(5_000);
      expect(late()).toHaveLength(told + 1);
      expect(late().at(-1)).toContain(code);
      expect(await contacts()).toBe(before + 1);
    },
  );
});
