import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { wallClock } from '../../src/clock.ts';
import { aFolder, query, removeFolder } from '../store/embedded-fixtures.ts';
import { startBuilt, type BuiltService, type Environment } from './built-service.ts';
import { countTold, listTaken, send, type Ask, type Said } from './load-asks.ts';
import { makeCoordinators, mustRun, prepareOrganisation } from './organisation.ts';
import { openPlatforms, type Platforms } from './platforms.ts';
import { slowPlatforms } from './slow-platforms.ts';
import { findDatabase, killNow } from './victims.ts';

/** Commands a second, for so many seconds, and seconds between two kills. */
const rate = 20;
const seconds = Number(process.env['FAULTS_SECONDS'] ?? 120);
const killEvery = 20;
/** One command of so many raises an escalation, each about a client of its own. They fall to one supervisor, who reads each. */
const escalateEvery = 100;
/** What waits after the load has a second's latency and refusals before it, and the last of it a lease to end. */
const drainWithin = 240_000;

const people = makeCoordinators(60).map((person, index) =>
  index < 6 ? { ...person, roles: ['coordinator', 'supervisor'] } : person,
);
const wall = (): number => wallClock.wallNow().getTime();
const keyOf = ({ kind, client, minutes }: Ask): string =>
  kind === 'log' ? `log ${client} ${minutes}` : kind === 'escalate' ? `escalate ${client}` : 'look';
/** Whom the first step of an escalation tells, and no card of it has reached, nor stands with what did not arrive. */
const untoldOfEscalations = `
  select n.escalation_id, n.person_id from escalation_notice n
  where n.step = 1 and n.person_id is not null and not exists (
    select from escalation_notice m join post p on p.key = m.post_key join delivery d on d.post_id = p.id
    where m.escalation_id = n.escalation_id and m.person_id = n.person_id
      and (d.message_id is not null or d.state = 'parked'))`;
const caseload = z.array(z.object({ client: z.string(), coordinator: z.string() }));

describe(`twenty commands a second, slow platforms, and a kill every ${killEvery} seconds`, () => {
  let stateDir = '';
  let database = '';
  let platforms: Platforms;
  let environment: Environment;
  let service: BuiltService;
  let kills = 0;
  const asked = new Map<Ask, Said>();
  let there: ReadonlyMap<string, number> = new Map();
  let told: ReadonlyMap<Ask, number> = new Map();

  beforeAll(async () => {
    stateDir = await aFolder();
    platforms = await openPlatforms(people, { before: [slowPlatforms()] });
    environment = {
      PORT: '0',
      HOST: '127.0.0.1',
      BATON_STATE_DIR: stateDir,
      BATON_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      LOG_LEVEL: 'warn',
      ...platforms.environment,
    };
    service = await startBuilt(environment);
    const ownClient = await prepareOrganisation(people, stateDir, environment);
    const others = await addClients(new Set(ownClient.values()));
    platforms.point(service.url);
    for (const { platform, user } of people) if (platform === 'teams') await platforms.teams.install({ user });
    database = (await findDatabase(stateDir)).url;
    const asks = makeAsks(ownClient, others);
    await Promise.all([runLoad(asks), killEveryFew()]);
    await drain();
    there = await lookThere();
    told = countTold(platforms, asked);
    print();
  }, 600_000);

  afterAll(async () => {
    service.signal('SIGTERM');
    await service.ended;
    await platforms.close();
    await removeFolder(stateDir);
  });

  /** Clients to escalate about, beside everybody's own. */
  async function addClients(known: ReadonlySet<string>): Promise<readonly { client: string; coordinator: string }[]> {
    const sheet = join(stateDir, 'more.csv');
    const count = Math.ceil((rate * seconds) / escalateEvery);
    const rows = Array.from({ length: count }, (_, index) => {
      const person = people[index % people.length];
      return `Ottoline Number${index},1970-02-${String((index % 28) + 1).padStart(2, '0')},${person?.name ?? ''}`;
    });
    await writeFile(sheet, ['Pt Name,DOB,Care Coordinator', ...rows, ''].join('\r\n'));
    await mustRun(environment, 'import', 'caseload', sheet);
    const exported = await mustRun(environment, 'export', 'caseload', '--format', 'json');
    return caseload.parse(JSON.parse(exported)).filter(({ client }) => !known.has(client));
  }

  function makeAsks(
    ownClient: ReadonlyMap<string, string>,
    others: readonly { client: string; coordinator: string }[],
  ): readonly Ask[] {
    const left = [...others];
    return Array.from({ length: rate * seconds }, (_, number): Ask => {
      const raised = number % escalateEvery === 7 ? left.pop() : undefined;
      const raiser = people.find(({ id }) => id === raised?.coordinator);
      const person = raiser ?? people[number % people.length];
      if (person === undefined) throw new Error('there is nobody to ask');
      const way = person.platform === 'teams' ? 'teams' : number % 3 === 0 ? 'typed' : 'slash';
      const minutes = Math.floor(number / people.length) + 1;
      const base = { number, person, minutes, way } as const;
      if (raised !== undefined) return { ...base, kind: 'escalate', client: raised.client };
      const logs = (number * 7) % 20 < 13;
      return { ...base, kind: logs ? 'log' : 'look', client: logs ? (ownClient.get(person.id) ?? '') : '' };
    });
  }

  /** They come at their rate, whether anybody answers or not. */
  async function runLoad(asks: readonly Ask[]): Promise<void> {
    const started = wall();
    const sent: Promise<void>[] = [];
    for (const [turn, ask] of asks.entries()) {
      const early = started + (turn * 1_000) / rate - wall();
      if (early > 0) await wallClock.pause(early);
      sent.push(send(platforms, ask, () => service.url).then((said) => void asked.set(ask, said)));
    }
    await Promise.all(sent);
  }

  async function killEveryFew(): Promise<void> {
    const started = wall();
    for (let next = killEvery; next < seconds; next += killEvery) {
      await wallClock.pause(Math.max(0, started + next * 1_000 - wall()));
      await killNow('service', service, stateDir);
      kills += 1;
      service = await startBuilt(environment);
      platforms.point(service.url);
    }
  }

  const inDatabase = (statement: string): ReturnType<typeof query> => query(database, statement);
  async function countOf(statement: string): Promise<number> {
    const [row] = await inDatabase(statement);
    return Number(row?.['count']);
  }
  /** What of before that moment may still come; not what waits for somebody's morning, is drawn again, or comes later of a ladder. */
  const open = (before: Date): ReturnType<typeof query> =>
    inDatabase(
      `select p.kind || ' ' || d.state as what, count(*)::int as count from delivery d join post p on p.id = d.post_id
       where d.state in ('pending', 'sending', 'unknown') and d.message_id is null and d.next_at < now() + interval '10 minutes'
         and (p.created_at <= '${before.toISOString()}' or p.kind = 'answers.late') group by 1
       union all select 'answer', count(*)::int from inbound_delivery where answer_due_at is not null having count(*) > 0
       union all select 'told of an escalation', count(*)::int from (${untoldOfEscalations}) untold having count(*) > 0`,
    );

  async function drain(): Promise<void> {
    const started = wall();
    const ended = new Date(started);
    for (let left = await open(ended); left.length > 0; left = await open(ended)) {
      if (wall() - started > drainWithin) throw new Error(`still waiting: ${JSON.stringify(left)}`);
      await wallClock.pause(500);
    }
  }

  /** What is in the database: how often each contact and each escalation. */
  async function lookThere(): Promise<ReadonlyMap<string, number>> {
    const rows = await inDatabase(
      `select 'log ' || c.code || ' ' || k.minutes as key, count(*)::int as times
       from contact k join client c on c.id = k.client_id group by 1
       union all
       select 'escalate ' || c.code, count(*)::int from escalation e join client c on c.id = e.client_id group by 1`,
    );
    return new Map(rows.map(({ key, times }) => [String(key), Number(times)]));
  }

  const toldAgain = (): readonly Ask[] =>
    [...told].filter(([ask, count]) => ask.kind !== 'look' && count > 1).map(([ask]) => ask);

  function print(): void {
    const said = [...asked.values()];
    const having = (pattern: RegExp): number => said.filter((one) => one !== undefined && pattern.test(one)).length;
    console.log(
      `${asked.size} commands, ${kills} kills: ${said.filter((one) => one === undefined).length} without a 200, ` +
        `${having(/Working on it/)} "working on it", ${having(/busy just now/)} busy, ${having(/went wrong|did not work/)} failed; ` +
        `${toldAgain().length} were told twice`,
    );
  }

  it('did what it took, exactly once, and nothing else twice', () => {
    const taken = listTaken(platforms, asked, (ask) => there.has(keyOf(ask)));
    const lost = taken.filter((ask) => !there.has(keyOf(ask)));
    expect(lost.map((ask) => ({ ...ask, person: ask.person.id, said: asked.get(ask) }))).toEqual([]);
    expect([...there].filter(([, times]) => times !== 1)).toEqual([]);
    expect(taken.length).toBeGreaterThan((rate * seconds) / 3);
  });

  it('told everybody of what was done for them, whether or not the platform heard a 200', () => {
    const untold = [...asked.keys()].filter((ask) => there.has(keyOf(ask)) && told.get(ask) === 0);
    expect(untold.map((ask) => ({ ...ask, person: ask.person.id, said: asked.get(ask) }))).toEqual([]);
    // Twice only who was told within the moment before a kill, so that nobody knew it had arrived (ADR 0017).
    expect(toldAgain().length).toBeLessThanOrEqual(kills * rate);
  });

  it('holds one audit row for each of them, and one follow-up done for each contact', async () => {
    const rows = await inDatabase(
      `select verb, count(*)::int as rows, count(distinct subject_id)::int as subjects from audit_event
       where verb in ('contact.log', 'escalation.raise') group by verb order by verb`,
    );
    const [contacts, escalations] = [
      await countOf('select count(*) from contact'),
      await countOf('select count(*) from escalation'),
    ];
    expect(rows).toEqual([
      { verb: 'contact.log', rows: contacts, subjects: contacts },
      { verb: 'escalation.raise', rows: escalations, subjects: escalations },
    ]);
  });

  it('brought each escalation to everybody it tells, or shows that it could not', async () => {
    expect(await countOf('select count(*) from escalation')).toBeGreaterThan(0);
    expect(await inDatabase(untoldOfEscalations)).toEqual([]);
  });
});
