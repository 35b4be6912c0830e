import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrange, countAll, countSections, firstOf, needing, sectionOf } from '../../src/care/digests/arrange.ts';
import { startPersonal, startTeam } from '../../src/care/digests/start-digest.ts';
import { viewPersonal, viewTeam } from '../../src/care/digests/view-digest.ts';
import { addDaysToDate } from '../../src/calendar/local-dates.ts';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';
import { askOf } from './digest-asks.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

/** Monday 23 November 2026, 09:00 in New York. */
const clock = createPushableClock({ start: new Date('2026-11-23T14:00:00Z'), frozen: true });
const today = '2026-11-23';
const tiers = ['high', 'medium', 'low', 'maintenance'] as const;
const statuses = ['active', 'relapse-prevention', 'paused', 'inactive', 'discharged'] as const;
const owners = ['maya', 'jon', 'sara', 'dana', 'keisha', 'li', 'tom', 'anil'] as const;

/** What a set says of one client and their follow-up. */
interface Drawn {
  readonly owner: (typeof owners)[number];
  readonly days: number;
  readonly tier: (typeof tiers)[number];
  readonly status: (typeof statuses)[number];
  readonly state: 'open' | 'done' | 'cancelled';
  readonly team: 'east' | 'west';
}
const drawn = fc.record<Drawn>({
  // Mostly one person and a few days, the weekend before among them: more of a day than a digest starts with.
  owner: fc.oneof({ weight: 2, arbitrary: fc.constant('maya' as const) }, fc.constantFrom(...owners)),
  days: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: -4, max: 0 }) },
    { weight: 4, arbitrary: fc.integer({ min: -12, max: 9 }) },
    fc.integer({ min: -90, max: 380 }),
  ),
  tier: fc.constantFrom(...tiers),
  status: fc.oneof({ weight: 3, arbitrary: fc.constant('active' as const) }, fc.constantFrom(...statuses)),
  state: fc.oneof({ weight: 3, arbitrary: fc.constant('open' as const) }, fc.constantFrom('done', 'cancelled')),
  team: fc.constantFrom('east', 'west'),
});

let database: TestDatabase;
let store: Store;
let clients: readonly { id: string; code: string }[];

beforeAll(async () => {
  database = await createDatabase();
  store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(7), clock, ids: randomIds });
  await applyFile(store, await readSample(), clock);
  clients = await enrol(
    store,
    clock,
    Array.from({ length: 40 }, (_, index) => aClient({ name: `Client Number${index}`, born: '1980-01-01' })),
  );
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

class Undo extends Error {}

/** The first day from this one on which its owner works, counted from today: jon Monday to Thursday, others to Friday. */
function workDay(days: number, owner: Drawn['owner']): number {
  const day = addDaysToDate(today, days);
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const closed = !['keisha', 'li', 'tom'].includes(owner) && ['2026-11-26', '2026-11-27', '2026-12-25'].includes(day);
  const off = weekday === 0 || weekday === 6 || (weekday === 5 && owner === 'jon');
  return off || closed ? workDay(days + 1, owner) : days;
}

type Order = 'by tier' | 'by day';

/**
 * The rows of a person's or a team's list by the plain rule: filter, move off days off, then sort by tier, day, code; what
 * comes up by day, tier, code.
 */
function reference(
  set: readonly Drawn[],
  mine: (one: Drawn) => boolean,
  fits: (days: number) => boolean,
  order: Order = 'by tier',
  move = workDay,
): string[] {
  const tierOf = ({ tier }: Pick<Drawn, 'tier'>): number => tiers.indexOf(tier);
  return set
    .map((one, index) => ({ ...one, code: clients[index]?.code ?? '', days: move(one.days, one.owner) }))
    .filter((one) => mine(one) && one.state === 'open' && !['inactive', 'discharged'].includes(one.status))
    .filter((one) => fits(one.days))
    .sort(
      (a, b) =>
        (order === 'by day' ? a.days - b.days : 0) ||
        tierOf(a) - tierOf(b) ||
        a.days - b.days ||
        (a.code < b.code ? -1 : 1),
    )
    .map((one) => `${one.code} ${one.tier} ${addDaysToDate(today, one.days)} ${one.owner}`);
}

describe('what is due, read by SQL,', () => {
  it('is what a plain list says, for each person and each team, on sets of random data', async () => {
    let compared = 0;
    const compare = async (set: readonly Drawn[]): Promise<void> => {
      await store
        .inOrganisation('riverside', async (tx) => {
          const rows = set.map((one, index) => ({
            ...one,
            id: clients[index]?.id ?? '',
            dueOn: addDaysToDate(today, one.days),
          }));
          await tx.db.$executeRaw`
          update client c set tier = g.tier, status = g.status, team_id = g.team
          from unnest(${rows.map((one) => one.id)}::text[], ${rows.map((one) => one.tier)}::text[],
                      ${rows.map((one) => one.status)}::text[], ${rows.map((one) => one.team)}::text[]) as g (id, tier, status, team)
          where c.organisation_id = ${tx.organisation} and c.id = g.id::uuid`;
          await tx.db.$executeRaw`
          insert into follow_up (organisation_id, id, client_id, owner_id, due_on, zone, state, created_at, closed_at)
          select ${tx.organisation}, gen_random_uuid(), g.client::uuid, g.owner, g.due_on::date, 'America/New_York', g.state,
                 ${clock.now()}, case when g.state = 'open' then null else ${clock.now()}::timestamptz end
          from unnest(${rows.map((one) => one.id)}::text[], ${rows.map((one) => one.owner)}::text[],
                      ${rows.map((one) => one.dueOn)}::text[], ${rows.map((one) => one.state)}::text[]) as g (client, owner, due_on, state)`;
          const check = async (
            view: Awaited<ReturnType<typeof viewPersonal>>,
            start: Awaited<ReturnType<typeof startPersonal>>,
            mine: (one: Drawn) => boolean,
          ): Promise<void> => {
            const shown = (items: typeof view.sections.overdue): string[] =>
              items.map((item) => `${item.code} ${item.tier} ${item.dueOn} ${item.owner}`);
            const due = reference(set, mine, (days) => days <= 0);
            expect(shown(view.sections.overdue)).toEqual(reference(set, mine, (days) => days < 0));
            expect(shown(view.sections.today)).toEqual(reference(set, mine, (days) => days === 0));
            expect(shown(firstOf(view.sections))).toEqual(due.slice(0, 5));
            expect(shown(view.sections.coming)).toEqual(
              reference(set, mine, (days) => days > 0 && days <= 7, 'by day'),
            );
            const within = due.length > 0 ? 7 : 365;
            expect(view.next).toBe(
              reference(set, mine, (days) => days > 0 && days <= within, 'by day')[0]?.split(' ')[2],
            );
            const { overdue, today: now } = view.sections;
            expect(start.counts).toMatchObject({ overdue: overdue.length, today: now.length });
            expect(start.first).toEqual(firstOf(view.sections));
            expect(start.next).toBe(view.next);
            compared += 1;
          };
          for (const person of ['maya', 'jon'] as const) {
            const work = askOf(tx, clock.now(), { person });
            const [view, start] = [await viewPersonal(work, person), await startPersonal(work, person)];
            await check(view, start, (one) => one.owner === person);
          }
          const place = askOf(tx, clock.now(), { audience: 'place' });
          const [view, start] = [await viewTeam(place, 'east'), await startTeam(place, 'east')];
          await check(view, start, (one) => one.team === 'east' && mayOwnIn('east', one.owner));
          throw new Undo();
        })
        .catch((error: unknown) => {
          if (!(error instanceof Undo)) throw error;
        });
    };
    await fc.assert(fc.asyncProperty(fc.array(drawn, { maxLength: 40, size: 'max' }), compare), {
      numRuns: propertyRuns.dataSets,
    });
    expect(compared).toBeGreaterThanOrEqual(3 * propertyRuns.dataSets);
  }, 600_000);
});

/** Nobody else can be given a follow-up for a client of that team; in this sample maya coordinates everybody. */
function mayOwnIn(team: 'east' | 'west', owner: Drawn['owner']): boolean {
  const people = {
    east: ['maya', 'jon', 'sara', 'dana', 'anil'],
    west: ['keisha', 'li', 'tom', 'dana', 'anil', 'maya'],
  };
  return people[team].includes(owner);
}

describe('the sections of a digest', () => {
  const item = fc
    .record({
      id: fc.uuid(),
      dueOn: fc.integer({ min: -20, max: 20 }).map((days) => addDaysToDate(today, days)),
      tier: fc.constantFrom<string>(...tiers, 'unheard-of'),
      code: fc.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]$/),
      waitingOnOthers: fc.boolean(),
      section: fc.constantFrom(undefined, 'waiting-on-me' as const, 'unacknowledged' as const, 'expiring' as const),
      clinical: fc.boolean(),
      open: fc.option(
        fc.record({
          severity: fc.constantFrom('crisis' as const, 'urgent' as const, 'concern' as const),
          since: fc.integer({ min: 0, max: 9 }).map((minutes) => new Date(minutes * 60_000)),
        }),
      ),
    })
    .map(({ section, open, ...one }) => ({ ...one, ...(section === undefined ? {} : { section }), ...open }));
  const sectionNames = [
    'unacknowledged',
    'overdue',
    'today',
    'watching',
    'onMe',
    'waiting',
    'expiring',
    'coming',
  ] as const;

  it('hold each thing exactly once, whatever the order they were read in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(item, { selector: (one) => one.id }), (items) => {
        const sections = arrange(items, today);
        expect(Object.keys(sections).sort()).toEqual([...sectionNames].sort());
        expect(
          Object.values(sections)
            .flat()
            .map((one) => one.id)
            .sort(),
        ).toEqual(items.map((one) => one.id).sort());
        expect(arrange([...items].reverse(), today)).toEqual(sections);
        const needed = needing(sections).length;
        expect(firstOf(sections).length).toBe(Math.min(5, needed + sections.watching.length + sections.onMe.length));
        expect(countAll(countSections(sections))).toBe(items.length - sections.coming.length);
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  it('of two lists together are those of each, merged', () => {
    fc.assert(
      fc.property(fc.uniqueArray(item, { selector: (one) => one.id }), fc.nat(), (items, cut) => {
        const at = items.length === 0 ? 0 : cut % items.length;
        const [a, b] = [arrange(items.slice(0, at), today), arrange(items.slice(at), today)];
        const whole = arrange(items, today);
        const ids = (list: readonly { id: string }[]): string[] => list.map((one) => one.id).sort();
        for (const section of sectionNames) {
          expect(ids(whole[section])).toEqual(ids([...a[section], ...b[section]]));
        }
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  it('put what is late or due before what it is besides; only what nobody has taken comes before that', () => {
    const of = (dueOn: string, section?: 'waiting-on-me' | 'unacknowledged' | 'expiring', waitingOnOthers = false) =>
      sectionOf({ dueOn, waitingOnOthers, ...(section === undefined ? {} : { section }) }, today);
    const [before, after] = [addDaysToDate(today, -1), addDaysToDate(today, 1)];
    expect([of(before, 'waiting-on-me'), of(today, 'expiring'), of(after, 'waiting-on-me')]).toEqual([
      'overdue',
      'today',
      'onMe',
    ]);
    expect([of(after, 'expiring'), of(after), of(after, 'unacknowledged')]).toEqual([
      'expiring',
      'coming',
      'unacknowledged',
    ]);
    expect(of(before, 'waiting-on-me', true)).toBe('waiting');
  });

  it('put a tier nobody knows last on its day', () => {
    const of = (id: string, tier: string) => ({ id, tier, dueOn: today, code: 'K7T2-9', waitingOnOthers: false });
    const { today: order } = arrange([of('a', 'unheard-of'), of('b', 'maintenance'), of('c', 'high')], today);
    expect(order.map((one) => one.id)).toEqual(['c', 'b', 'a']);
  });
});
