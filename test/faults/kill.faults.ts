import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { wallClock } from '../../src/clock.ts';
import { aFolder, query, removeFolder } from '../store/embedded-fixtures.ts';
import { startBuilt, type BuiltService, type Environment } from './built-service.ts';
import { createChance } from './chance.ts';
import { keyOf } from './contact-order.ts';
import { clientNames, makeCoordinators, mustRun, prepareOrganisation } from './organisation.ts';
import { openPlatforms, type Platforms } from './platforms.ts';
import { startStream, type Tally } from './stream.ts';
import { findDatabase, killNow, type Victim } from './victims.ts';

const seed = Number(process.env['FAULTS_SEED'] ?? 20261123);
const kills: Readonly<Record<Victim, number>> = { service: 5, postmaster: 6, database: 5, both: 4 };
const people = makeCoordinators(40);

const contactsSchema = z.array(
  z.object({ client: z.string(), by: z.string(), minutes: z.number(), source: z.string() }),
);
const auditSchema = z.array(z.object({ verb: z.string(), subjectId: z.string(), client: z.string().optional() }));

describe('twenty kills in the middle of a stream of contacts', () => {
  let stateDir = '';
  let platforms: Platforms;
  let environment: Environment;
  let service: BuiltService;
  let tally: Tally;
  let logs = '';

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
    const clientOf = await prepareOrganisation(people, stateDir, environment);
    platforms.point(service.url);
    for (const person of people) if (person.platform === 'teams') await platforms.teams.install({ user: person.user });
    tally = await runUnderKills(clientOf);
  });

  afterAll(async () => {
    service.signal('SIGTERM');
    await service.ended;
    await platforms.close();
    await removeFolder(stateDir);
  });

  async function runUnderKills(clientOf: ReadonlyMap<string, string>): Promise<Tally> {
    const chance = createChance(seed);
    const victims = chance.shuffle(
      Object.entries(kills).flatMap(([victim, times]) => Array.from({ length: times }, () => victim as Victim)),
    );
    let standing = Promise.resolve(service.url);
    const stream = startStream({
      people,
      clientOf,
      platforms,
      service: () => standing,
      concurrency: 4,
      lives: (url) => url === service.url && service.outcome() === undefined,
    });
    const back: string[] = [];
    for (const victim of victims) {
      const wanted = stream.tally.tries + chance.between(3, 16);
      await until('the stream to go on', () => {
        stream.check();
        return stream.tally.tries >= wanted;
      });
      // Anywhere between the arrival of a request and its answer.
      await wallClock.pause(chance.between(0, 30));
      const since = wallClock.wallNow().getTime();
      if (victim === 'service' || victim === 'both') {
        standing = restart(victim);
        await standing;
      } else {
        await killNow(victim, service, stateDir);
      }
      await until(`the service to be ready after ${victim}`, () => isReady(service));
      back.push(`${victim} ${wallClock.wallNow().getTime() - since} ms`);
    }
    await stream.end();
    const { acknowledged, tries, repeated, interrupted, working, failed, longest } = stream.tally;
    console.log(
      [
        `seed ${seed}: ${victims.length} kills, ${acknowledged.length} contacts acknowledged in ${tries} tries;`,
        `${interrupted} were interrupted, ${repeated} repetitions, ${working} answered "working on it",`,
        `${failed} answered "something went wrong"; the longest wait was ${longest} ms.`,
        `\nback after: ${back.join(', ')}`,
      ].join(' '),
    );
    return stream.tally;
  }

  async function restart(victim: Victim): Promise<string> {
    await killNow(victim, service, stateDir);
    logs += service.log();
    service = await startBuilt(environment);
    platforms.point(service.url);
    return service.url;
  }

  it('loses no contact that anybody was told is logged, and doubles none', async () => {
    const contacts = contactsSchema.parse(
      JSON.parse(await mustRun(environment, 'export', 'contacts', '--format', 'json')),
    );
    expect(contacts.map(keyOf).sort()).toEqual(tally.acknowledged.map(keyOf).sort());
    expect(tally.acknowledged.length).toBeGreaterThan(100);
    const byKey = new Map(tally.acknowledged.map((order) => [keyOf(order), order.person]));
    for (const contact of contacts) {
      const person = byKey.get(keyOf(contact));
      expect([contact.by, contact.source]).toEqual([person?.id, person?.platform]);
    }
  });

  it('killed in the middle of things, not between them', () => {
    expect(tally.interrupted).toBeGreaterThanOrEqual(10);
  });

  it('holds one audit row for every contact', async () => {
    const rows = auditSchema
      .parse(JSON.parse(await mustRun(environment, 'export', 'audit', '--format', 'json')))
      .filter(({ verb }) => verb === 'contact.log');
    expect(new Set(rows.map(({ subjectId }) => subjectId)).size).toBe(rows.length);
    expect(rows.length).toBe(tally.acknowledged.length);
  });

  it('leaves every client with exactly one open follow-up, and one done for every contact', async () => {
    const { url } = await findDatabase(stateDir);
    const clients = await query(
      url,
      `select c.code, count(distinct k.id)::int as contacts, count(distinct f.id) filter (where f.state = 'done')::int as done,
              count(distinct f.id) filter (where f.state = 'open')::int as open, count(distinct f.id)::int as all
       from client c left join contact k on k.client_id = c.id left join follow_up f on f.client_id = c.id
       group by c.code`,
    );
    expect(clients.length).toBe(people.length);
    for (const client of clients) {
      const contacts = Number(client['contacts']);
      expect(client).toMatchObject({ open: 1, done: contacts, all: contacts + 1 });
    }
  });

  it('claimed as many deliveries as there were orders, however often each was sent', async () => {
    const { url } = await findDatabase(stateDir);
    const [claimed] = await query(
      url,
      `select count(*)::int as claimed, count(answer)::int as answered from inbound_delivery d
       where exists (select from contact k where k.organisation_id = d.organisation_id and k.logged_at = d.received_at)`,
    );
    expect(claimed).toEqual({ claimed: tally.acknowledged.length, answered: tally.acknowledged.length });
  });

  it('wrote no client into its log', () => {
    logs += service.log();
    expect(logs).not.toBe('');
    for (const name of clientNames(people)) expect(logs).not.toContain(name);
  });
});

/** Throws when the service ended by itself: losing its database must never do that. */
function isReady(service: BuiltService): Promise<boolean> {
  const outcome = service.outcome();
  if (outcome !== undefined) throw new Error(`the service ended by itself with ${outcome}: ${service.log()}`);
  return fetch(`${service.url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ status }) => status === 200,
    () => false,
  );
}

async function until(what: string, so: () => boolean | Promise<boolean>, patience = 20_000): Promise<void> {
  const started = wallClock.wallNow().getTime();
  for (;;) {
    if (await so()) return;
    if (wallClock.wallNow().getTime() - started > patience) throw new Error(`waited in vain for ${what}`);
    await wallClock.pause(5);
  }
}
