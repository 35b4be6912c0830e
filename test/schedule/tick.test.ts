import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { collectFeatures } from '../../src/feature/collect-features.ts';
import type { Feature } from '../../src/feature/feature.ts';
import { createPushableClock, type PushableClock } from '../../src/clock.ts';
import { enqueuePost, refreshCopies } from '../../src/delivery/outbox.ts';
import { randomIds } from '../../src/ids.ts';
import { createTick } from '../../src/schedule/run-tick.ts';
import { syncSchedules } from '../../src/schedule/sync-schedules.ts';
import { setTimer } from '../../src/schedule/timers.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';
import type { ScheduleKind } from '../../src/feature/schedules.ts';
import { onTurn } from '../helpers/on-turn.ts';

const HOUR = 3_600_000;
const outbox = { post: enqueuePost, refresh: refreshCopies, wake: setTimer };
const organisation = 'riverside';

let database: TestDatabase;
let clock: PushableClock;
let stores: Store[];
let errors: string[];

/** The sample organisation at a moment; with `edit`, its file changed first. */
async function open(at: string, edit: (text: string) => string = (text) => text): Promise<void> {
  clock = createPushableClock({ start: new Date(at), frozen: true });
  for (let replica = 0; replica < 2; replica += 1) {
    stores.push(openStore({ url: database.url, masterKey: new Uint8Array(32).fill(7), clock, ids: randomIds }));
  }
  await apply(edit);
}

async function apply(edit: (text: string) => string = (text) => text): Promise<number> {
  await applyFile(first(), await readSample(edit), clock);
  return first().inOrganisation(organisation, (tx) =>
    syncSchedules(tx, { kinds: collectedFeatures.schedules, now: clock.now() }),
  );
}

function first(): Store {
  const [store] = stores;
  if (store === undefined) throw new Error('no store is open');
  return store;
}

/** One tick function a replica, each with its own connections and its own memory. */
function replicas(features: readonly Feature[] | undefined = undefined): (() => Promise<void>)[] {
  const log = { info: () => undefined, warn: () => undefined, error: (event: string) => void errors.push(event) };
  const collected = features === undefined ? collectedFeatures : collectFeatures(features);
  return stores.map((store) => createTick({ store, features: collected, outbox, clock, log, privacy: 'minimal' }));
}

async function tickBoth(ticks = replicas()): Promise<void> {
  await Promise.all(ticks.map((tick) => tick()));
}

/** `maya 2026-11-24` for every digest's occurrence, in order. */
async function occurrences(owner?: string): Promise<string[]> {
  const rows = await first().inOrganisation(organisation, (tx) =>
    tx.db.occurrence.findMany({
      where: { scheduleId: { startsWith: 'daily-digest/' } },
      orderBy: [{ localDate: 'asc' }, { scheduleId: 'asc' }],
    }),
  );
  return rows
    .map((row) => ({ owner: row.scheduleId.split('/')[2], day: row.localDate.toISOString().slice(0, 10) }))
    .filter((row) => owner === undefined || row.owner === owner)
    .map((row) => (owner === undefined ? `${row.owner} ${row.day}` : row.day));
}

/** Keys of the digests that were written. */
async function posts(): Promise<string[]> {
  const rows = await first().inOrganisation(organisation, (tx) =>
    tx.db.post.findMany({ where: { key: { startsWith: 'digest:' } }, orderBy: { key: 'asc' } }),
  );
  return rows.map((row) => row.key);
}

beforeEach(async () => {
  database = await createDatabase();
  stores = [];
  errors = [];
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await database.drop();
});

describe('the schedules of an organisation', () => {
  it('follow from its file: a digest a team, and one a person with a care role, in their own zone', async () => {
    await open('2026-11-23T14:00:00Z', (text) => text.replace('{ id: jon,', '{ id: jon, zone: America/Chicago,'));
    const rows = await first().inOrganisation(organisation, (tx) =>
      tx.db.schedule.findMany({ where: { kind: { startsWith: 'daily-digest' } }, orderBy: { id: 'asc' } }),
    );
    expect(rows.map((row) => row.id)).toEqual([
      ...['anil', 'dana', 'jon', 'keisha', 'li', 'maya', 'sara', 'tom'].map((one) => `daily-digest/person/${one}`),
      'daily-digest/team/east',
      'daily-digest/team/west',
    ]);
    const next = Object.fromEntries(rows.map((row) => [row.owner, `${row.zone} ${row.nextAt.toISOString()}`]));
    expect(next).toMatchObject({
      maya: 'America/New_York 2026-11-24T13:30:00.000Z',
      jon: 'America/Chicago 2026-11-23T14:30:00.000Z',
      west: 'America/Los_Angeles 2026-11-23T16:30:00.000Z',
    });
  });

  it('change nothing the second time, and keep a turn that waits to be caught up with', async () => {
    await open('2026-11-23T14:00:00Z');
    clock.advance(48 * HOUR);
    expect(await apply()).toBe(0);
    await tickBoth();
    expect(await occurrences('maya')).toEqual(['2026-11-25']);
  });

  it('follow a changed hour, a leaver and a team without a digest', async () => {
    await open('2026-11-23T14:00:00Z');
    const changed = await apply((text) =>
      text
        .replace('dailyDigest: { at: "08:30" }\n      huddle', 'dailyDigest: { at: "10:00" }\n      huddle')
        .replace('{ id: jon,', '{ id: jon, active: false,')
        .replace('    schedules:\n      dailyDigest: { at: "08:30" }\npeople', 'people'),
    );
    const rows = await first().inOrganisation(organisation, (tx) =>
      tx.db.schedule.findMany({ where: { kind: { startsWith: 'daily-digest' } }, orderBy: { id: 'asc' } }),
    );
    expect(rows.map((row) => `${row.owner} ${row.at}`)).toEqual([
      'anil 10:00',
      'dana 10:00',
      'maya 10:00',
      'sara 10:00',
      'east 10:00',
    ]);
    expect(changed).toBe(14);
    expect(rows[0]?.nextAt.toISOString()).toBe('2026-11-23T15:00:00.000Z');
  });

  it('keep the ids they had in every version, and leave alone what another version keeps', async () => {
    await open('2026-11-23T14:00:00Z', (text) => text.replace('id: east', 'id: east\n    duty: { pattern: [] }'));
    const rows = await first().inOrganisation(organisation, async (tx) => {
      const one = { organisationId: organisation, kind: 'of-another-version', owner: 'east', at: '08:00' };
      await tx.db.schedule.create({
        data: { ...one, id: 'of-another-version/team/east', zone: 'UTC', nextAt: clock.now() },
      });
      expect(await syncSchedules(tx, { kinds: collectedFeatures.schedules, now: clock.now() })).toBe(0);
      return tx.db.schedule.findMany({ where: { owner: { in: ['east', 'maya'] } }, orderBy: { id: 'asc' } });
    });
    expect(rows.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'daily-digest/person/maya daily-digest-person',
      'daily-digest/team/east daily-digest-team',
      'duty-check/team/east duty-check',
      'duty-gaps/team/east duty-gaps',
      'end-of-day/person/maya end-of-day-person',
      'huddle-weekly/team/east huddle-weekly',
      'of-another-version/team/east of-another-version',
      'weekly-digest/team/east weekly-digest-team',
    ]);
  });
});

describe('a tick', () => {
  it('makes nothing before its time, and at its time everything once, with two replicas on one database', async () => {
    await open('2026-11-23T14:00:00Z');
    clock.advance(23.5 * HOUR - 1);
    await first().inOrganisation(
      organisation,
      (tx) => tx.db.$executeRaw`delete from schedule where owner in ('west', 'keisha', 'li', 'tom')`,
    );
    await tickBoth();
    expect(await occurrences()).toEqual([]);
    clock.advance(1);
    const ticks = replicas();
    await Promise.all([...ticks, ...ticks, ...ticks].map((tick) => tick()));
    expect(await occurrences()).toEqual([
      'anil 2026-11-24',
      'dana 2026-11-24',
      'jon 2026-11-24',
      'maya 2026-11-24',
      'sara 2026-11-24',
      'east 2026-11-24',
    ]);
    expect(await posts()).toEqual([
      ...['anil', 'dana', 'jon', 'maya', 'sara'].map((one) => `digest:person/${one}:2026-11-24`),
      'digest:team/east:2026-11-24',
    ]);
    await tickBoth();
    expect(await posts()).toHaveLength(6);
  });

  it('runs each handler once a local date, however many replicas tick at the same moment', async () => {
    await open('2026-11-23T14:00:00Z');
    const made: string[] = [];
    const note: ScheduleKind['run'] = (_ask, { owner, localDate }) => {
      made.push(`${owner} ${localDate}`);
      return Promise.resolve();
    };
    const noted = { 'daily-digest-person': onTurn('person', note), 'daily-digest-team': onTurn('team', note) };
    const ticks = [
      ...replicas([{ noun: 'test', schedules: noted }]),
      ...replicas([{ noun: 'test', schedules: noted }]),
    ];
    for (let day = 0; day < 3; day += 1) {
      clock.advance(24 * HOUR);
      await tickBoth(ticks);
    }
    expect(made).toHaveLength(30);
    expect(new Set(made).size).toBe(30);
    expect(errors).toEqual([]);
  });

  it.each([
    ['stand five minutes apart', 5 * 60_000],
    ['differ by an hour that one was set back', HOUR],
  ])('runs each handler once a local date where the clocks of two replicas %s', async (_how, behind) => {
    await open('2026-11-23T14:00:00Z');
    const made: string[] = [];
    const feature: Feature = {
      noun: 'test',
      schedules: {
        'daily-digest-person': onTurn('person', (_ask, { owner, localDate }) => {
          made.push(`${owner} ${localDate}`);
          return Promise.resolve();
        }),
      },
    };
    const late = { ...clock, now: () => new Date(clock.now().getTime() - behind) };
    const features = collectFeatures([feature]);
    const log = { info: () => undefined, warn: () => undefined, error: (event: string) => void errors.push(event) };
    const ticks = [clock, late].map((its) =>
      createTick({ store: first(), features, outbox, clock: its, log, privacy: 'minimal' }),
    );
    for (let step = 0; step < 3 * 24; step += 1) {
      clock.advance(HOUR);
      for (const tick of ticks) await tick();
    }
    expect(made).toHaveLength(24);
    expect(new Set(made).size).toBe(24);
  });

  it('after three days of downtime makes the latest digest, once, and lets the older ones go', async () => {
    await open('2026-12-01T12:00:00Z');
    clock.advance(3 * 24 * HOUR + 2 * HOUR);
    await tickBoth();
    expect(await occurrences('maya')).toEqual(['2026-12-04']);
    expect((await posts()).filter((key) => key.includes('maya'))).toEqual(['digest:person/maya:2026-12-04']);
  });

  it.each([
    ['forward', '2026-03-05T18:00:00Z', '02:30', '2026-03-08T07:00:00.000Z'],
    ['back', '2026-10-29T18:00:00Z', '01:30', '2026-11-01T05:30:00.000Z'],
  ])('makes each digest once over the night the clocks go %s', async (_way, start, at, instant) => {
    await open(start, (text) => text.replaceAll('"08:30"', `"${at}"`));
    const ticks = replicas();
    const seen: string[] = [];
    // Three quarter hours a step: every step of the night falls differently into the hour that is skipped or repeated.
    for (let step = 0; step < 6 * 32; step += 1) {
      clock.advance(0.75 * HOUR);
      await tickBoth(ticks);
    }
    const made = await first().inOrganisation(organisation, (tx) =>
      tx.db.occurrence.findMany({ where: { scheduleId: 'daily-digest/person/maya' }, orderBy: { localDate: 'asc' } }),
    );
    for (const row of made) seen.push(row.localDate.toISOString().slice(0, 10));
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
    const night = made.find((row) => row.localDate.toISOString().startsWith(instant.slice(0, 10)));
    const late = (night?.madeAt.getTime() ?? 0) - Date.parse(instant);
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(HOUR);
  });

  it('posts no digest on a weekend, on a closure, or on a day the person does not work', async () => {
    await open('2026-11-24T14:00:00Z');
    await enrol(
      first(),
      clock,
      ['maya', 'jon', 'keisha'].map((coordinator) => ({ ...aClient({ coordinator }), dueOn: '2026-11-20' })),
    );
    const ticks = replicas();
    for (let day = 0; day < 7; day += 1) {
      clock.advance(24 * HOUR);
      await tickBoth(ticks);
    }
    const days = (owner: string, keys: string[]): string[] =>
      keys.filter((key) => key.includes(`/${owner}:`)).map((key) => key.slice(-10));
    const keys = await posts();
    // Thanksgiving and the day after are closures of the East team; Jon works Monday to Thursday.
    expect(days('maya', keys)).toEqual(['2026-11-25', '2026-11-30', '2026-12-01']);
    expect(days('east', keys)).toEqual(['2026-11-25', '2026-11-30', '2026-12-01']);
    expect(days('keisha', keys)).toEqual(['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-30']);
    expect(await occurrences('maya')).toHaveLength(7);
    clock.advance(4 * 24 * HOUR);
    await tickBoth(ticks);
    expect(days('jon', await posts())).not.toContain('2026-12-04');
    expect(days('maya', await posts())).not.toContain('2026-12-04');
  });

  it('lets one that fails stop nobody, changes nothing for it, and tries it again after a pause', async () => {
    await open('2026-11-23T14:00:00Z');
    let broken = true;
    const made: string[] = [];
    const feature: Feature = {
      noun: 'test',
      schedules: {
        'daily-digest-person': onTurn('person', async (work, { owner, localDate }) => {
          const series = `test:${owner}`;
          await work.post({ key: series, to: { person: owner }, kind: 'test', subject: owner, priority: 'digest' });
          if (owner === 'maya' && broken) throw new Error('broken on purpose');
          made.push(`${owner} ${localDate}`);
        }),
      },
    };
    const [tick] = replicas([feature]);
    if (tick === undefined) throw new Error('no replica');
    clock.advance(24 * HOUR);
    await tick();
    expect(made).toHaveLength(7);
    expect(await occurrences('maya')).toEqual([]);
    expect(await posts()).not.toContain('test:maya');
    await tick();
    expect(errors).toHaveLength(1);
    clock.advance(1_000);
    await tick();
    expect(errors).toHaveLength(2);
    broken = false;
    clock.advance(1_000);
    await tick();
    expect(await occurrences('maya')).toEqual([]);
    clock.advance(1_000);
    await tick();
    expect(await occurrences('maya')).toEqual(['2026-11-24']);
    expect(made).toHaveLength(8);
  });

  it('gives a turn nobody’s rights, its owner’s calendar and zone, and the audience of its owner', async () => {
    await open('2026-11-23T14:00:00Z');
    const seen: Record<string, unknown> = {};
    const look: ScheduleKind['run'] = async (work, { owner, localDate }) => {
      const { kind, roles, team, zone } = work.actor;
      seen[owner] = [
        kind,
        work.platform,
        roles.length,
        team,
        zone,
        work.audience,
        work.reading.isWorkingDay('2026-11-27'),
        localDate,
      ];
    };
    clock.advance(24 * HOUR);
    const schedules = { 'daily-digest-person': onTurn('person', look), 'daily-digest-team': onTurn('team', look) };
    const [tick] = replicas([{ noun: 'test', schedules }]);
    await tick?.();
    expect(seen['jon']).toEqual(['schedule', undefined, 0, 'east', 'America/New_York', 'person', false, '2026-11-24']);
    expect(seen['west']).toEqual([
      'schedule',
      undefined,
      0,
      'west',
      'America/Los_Angeles',
      'place',
      true,
      '2026-11-23',
    ]);
    expect(errors).toEqual([]);
  });
});
