import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { createPushableClock } from '../../src/clock.ts';
import { enqueuePost, refreshCopies } from '../../src/delivery/outbox.ts';
import { randomIds } from '../../src/ids.ts';
import { latestTurn, nextTurn, type TurnRule } from '../../src/calendar/turns.ts';
import { createTick } from '../../src/schedule/run-tick.ts';
import { syncSchedules } from '../../src/schedule/sync-schedules.ts';
import { setTimer } from '../../src/schedule/timers.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createChance, type Chance } from '../faults/chance.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What clock and calendar on the wall show, `2026-03-08 01:59`, by the formatter. */
function wallAt(instant: number, zone: string): string {
  const format =
    formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(zone, format);
  return format.format(instant);
}
const dateAt = (instant: number, zone: string): string => wallAt(instant, zone).slice(0, 10);
const offsetAt = (instant: number, zone: string): number =>
  Date.parse(`${wallAt(instant, zone).replace(' ', 'T')}:00Z`) - instant;

/** Days of a year on which the clocks of a zone change, in UTC. */
function changesOf(zone: string, year: number): readonly string[] {
  const noons = Array.from({ length: 366 }, (_, day) => Date.UTC(year, 0, 1 + day, 12));
  return noons
    .filter((noon, index) => index > 0 && offsetAt(noon, zone) !== offsetAt(noon - DAY, zone))
    .map((noon) => new Date(noon).toISOString().slice(0, 10));
}

/** Every zone that changes its clocks, with the days about which it does; leap day and year's end for each of them. */
const places = Intl.supportedValuesOf('timeZone').flatMap((zone) => {
  const changes = changesOf(zone, 2026);
  return changes.length === 0 ? [] : [{ zone, around: [...changes, '2028-02-29', '2026-12-31'] }];
});
/** Half an hour on Lord Howe; dates that islands left out, or lived twice; changes at midnight. */
const oddities = [
  { zone: 'Australia/Lord_Howe', around: ['2026-04-04', '2026-10-03', '2028-02-29'] },
  { zone: 'Pacific/Apia', around: ['2011-12-30', '2011-09-24', '2012-04-01', '2028-02-29'] },
  { zone: 'Pacific/Kwajalein', around: ['1993-08-21'] },
  { zone: 'Pacific/Kiritimati', around: ['1994-12-31', '2026-12-31', '2028-02-29'] },
  { zone: 'America/Sao_Paulo', around: ['2018-11-04', '2018-02-18'] },
  { zone: 'Asia/Kathmandu', around: ['2028-02-29', '2026-12-31'] },
];
const times = ['00:00', '00:30', '01:30', '02:10', '02:30', '08:30', '23:45'];

/** Minutes, or a whole night of downtime. */
const pause = (chance: Chance): number => (chance.between(1, 10) === 1 ? 9 * HOUR : chance.between(1, 180) * 60_000);

/**
 * A scheduler over a span of time: it looks at odd moments, twice at once like two replicas, now and then after having
 * been down for hours; the occurrence of a date is written by whoever comes first. Returns the dates, as they were made.
 */
function runScheduler(rule: TurnRule, span: readonly [number, number], chance: Chance): string[] {
  const made: string[] = [];
  let nextAt = nextTurn(rule, new Date(span[0])).at.getTime();
  for (let now = span[0]; now <= span[1]; now += pause(chance)) {
    const seen = nextAt;
    for (let replica = 0; replica < 2; replica += 1) {
      if (seen > now) continue;
      const { localDate } = latestTurn(rule, new Date(now));
      nextAt = nextTurn(rule, new Date(now)).at.getTime();
      if (!made.includes(localDate)) made.push(localDate);
    }
  }
  return made;
}

describe('a daily digest', () => {
  it('comes exactly once a local date in every zone whose clocks change, whenever the service looks', () => {
    expect(places.length).toBeGreaterThan(100);
    const chance = createChance(20_261_123);
    let dates = 0;
    for (const { zone, around } of [...places, ...oddities]) {
      for (const day of around) {
        const at = times[chance.between(0, times.length - 1)] ?? '08:30';
        const middle = Date.parse(`${day}T12:00:00Z`);
        const [from, to] = [middle - 3 * DAY, middle + 3 * DAY];
        const made = runScheduler({ zone, at }, [from, to + 10 * HOUR], chance);
        const hours = Array.from({ length: (to - from) / HOUR }, (_, hour) => dateAt(from + hour * HOUR, zone));
        // The span begins and ends within a date: whether those two were made depends on the hour.
        const whole = [...new Set(hours)].slice(1, -1);
        const told = `${zone} at ${at} around ${day}`;
        expect(new Set(made).size, told).toBe(made.length);
        expect([...made].sort(), told).toEqual(made);
        expect(
          made.filter((one) => whole.includes(one)),
          told,
        ).toEqual(whole);
        dates += whole.length;
      }
    }
    expect(dates).toBeGreaterThan(2_000);
  });
});

describe('on a real database, with two replicas,', () => {
  const zones = [
    ...['Australia/Lord_Howe', 'Pacific/Apia', 'America/Nuuk', 'Africa/Cairo', 'America/Havana', 'Asia/Kathmandu'],
    ...[
      'Europe/London',
      'America/New_York',
      'Pacific/Auckland',
      'Pacific/Kiritimati',
      'Antarctica/Troll',
      'Asia/Beirut',
    ],
  ];
  let database: TestDatabase;
  let stores: Store[] = [];
  const clock = createPushableClock({ start: new Date('2011-12-27T05:00:00Z'), frozen: true });

  beforeAll(async () => {
    database = await createDatabase();
    const open = (): Store =>
      openStore({ url: database.url, masterKey: new Uint8Array(32).fill(7), clock, ids: randomIds });
    stores = [open(), open()];
    await applyFile(first(), await readSample(), clock);
    await first().inOrganisation('riverside', async (tx) => {
      await tx.db.$executeRaw`
        insert into person (organisation_id, id, name, team_id, roles, zone, languages, qualifications)
        select ${tx.organisation}, 'p' || n, 'Person', 'east', array['coordinator'], zone, '{}', '[]'
        from unnest(${zones}::text[]) with ordinality as g (zone, n)`;
    });
    // Something waits on each of them all the time.
    const waiting = zones.map((_zone, index) => ({
      ...aClient({ name: `Client Number${index}`, coordinator: `p${index + 1}` }),
      dueOn: '2011-12-01',
    }));
    await enrol(first(), clock, waiting);
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.drop();
  });

  function first(): Store {
    const [store] = stores;
    if (store === undefined) throw new Error('no store is open');
    return store;
  }

  it('a person has one occurrence a local date, and one post on each working day', async () => {
    const log = { info: () => undefined, warn: () => undefined, error: (event: string) => void errors.push(event) };
    const errors: string[] = [];
    const outbox = { post: enqueuePost, refresh: refreshCopies, wake: setTimer };
    const ticks = stores.map((store) =>
      createTick({ store, features: collectedFeatures, outbox, clock, log, privacy: 'minimal' }),
    );
    for (const start of [
      '2011-12-28T05:00:00Z',
      '2026-10-02T05:00:00Z',
      '2026-12-29T05:00:00Z',
      '2028-02-27T05:00:00Z',
    ]) {
      clock.advance(Date.parse(start) - clock.now().getTime());
      await first().inOrganisation('riverside', async (tx) => {
        await tx.db.$executeRaw`delete from schedule where organisation_id = ${tx.organisation}`;
        await syncSchedules(tx, { kinds: collectedFeatures.schedules, now: clock.now() });
      });
      const from = clock.now().getTime();
      const to = from + 4 * DAY;
      while (clock.now().getTime() < to) {
        clock.advance(5 * HOUR);
        await Promise.all(ticks.map((tick) => tick()));
      }
      for (const [index, zone] of zones.entries()) {
        const owner = `p${index + 1}`;
        const end = clock.now().getTime();
        const hours = Array.from({ length: Math.ceil((end - from) / HOUR) }, (_, hour) => from + hour * HOUR);
        const whole = [...new Set(hours.map((hour) => dateAt(hour, zone)))].slice(1, -1);
        const { occurrences, posts } = await madeFor(owner, whole);
        expect(occurrences, `${zone} from ${start}`).toEqual(whole);
        const working = whole.filter((day) => ![0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay()));
        expect(posts, `${zone} from ${start}`).toEqual(working.map((day) => `digest:person/${owner}:${day}`));
      }
    }
    expect(errors).toEqual([]);
  }, 60_000);

  /** What was made for somebody on and between these dates. */
  async function madeFor(owner: string, dates: readonly string[]): Promise<{ occurrences: string[]; posts: string[] }> {
    const [from = '', to = from] = [dates[0], dates.at(-1)];
    return first().inOrganisation('riverside', async (tx) => {
      const made = await tx.db.$queryRaw<{ day: string }[]>`
        select local_date::text as day from occurrence
        where organisation_id = ${tx.organisation} and schedule_id = ${`daily-digest/person/${owner}`}
          and local_date between ${from}::date and ${to}::date order by local_date`;
      const posted = await tx.db.$queryRaw<{ key: string }[]>`
        select key from post
        where organisation_id = ${tx.organisation} and key like ${`digest:person/${owner}:%`}
          and right(key, 10) between ${from} and ${to} order by key`;
      return { occurrences: made.map(({ day }) => day), posts: posted.map(({ key }) => key) };
    });
  }
});
