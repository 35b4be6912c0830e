import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseTold, type Cast } from '../../src/care/escalations/choose-told.ts';
import {
  acknowledgeBy,
  deceasedLadder,
  defaultLadders,
  freeze,
  holdFrom,
  nextMoment,
  planRun,
  rungsOf,
  type BusinessDay,
  type Ladder,
  type Rung,
} from '../../src/care/escalations/ladder.ts';
import { severitySchema } from '../../src/care/escalations/rules.ts';
import type { TeamSetup } from '../../src/care/escalations/setup-records.ts';
import { businessDayOf, isStaffed, routeNow } from '../../src/care/escalations/team-calendar.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const runs = { numRuns: propertyRuns.grave };
const minute = 60_000;
const start = new Date('2026-11-23T19:20:00Z');
const day: BusinessDay = (after, count) => new Date(after.getTime() + count * 24 * 60 * minute);

const rungs = fc.oneof(
  fc.constantFrom('owner', 'duty', 'supervisor', 'director', 'catch-all'),
  fc.constantFrom('p1', 'p2', 'p9').map((person) => ({ person })),
);
const ladders: fc.Arbitrary<Ladder> = fc.record({
  steps: fc
    .array(
      fc.record({
        after: fc.oneof(fc.nat(10_080), fc.constant('next-business-day' as const)),
        tell: fc.array(rungs, { minLength: 1, maxLength: 4 }),
      }),
      { minLength: 1, maxLength: 10 },
    )
    .map((steps) => steps as Ladder['steps']),
  acknowledgedFor: fc.integer({ min: 5, max: 10_080 }),
  needsTwo: fc.boolean(),
  repeatEvery: fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.constant('business-day' as const)),
});
const people = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'];
const some = fc.subarray(people);
const maybe = fc.option(fc.constantFrom(...people, 'gone'), { nil: undefined });
const casts: fc.Arbitrary<Cast> = fc.record({
  ...{ owner: maybe, duty: maybe, gap: fc.boolean(), fallback: maybe },
  ...{ supervisors: some, directors: some, everySupervisor: some, admins: some },
  everybody: some.map((list) => new Set(list)),
  raiser: fc.constantFrom(...people),
});

describe('the ladder', () => {
  it('plans its steps in the order of their times, and never before it began', () => {
    fc.assert(
      fc.property(
        ladders,
        fc.date({ noInvalidDate: true, min: start, max: new Date('2030-01-01') }),
        (ladder, from) => {
          const at = planRun(ladder, from, day).map((moment) => moment.getTime());
          expect(at).toHaveLength(ladder.steps.length);
          at.forEach((moment, index) => expect(moment).toBeGreaterThanOrEqual(at[index - 1] ?? from.getTime()));
        },
      ),
      runs,
    );
  });

  it('always has a next moment: a step keeps its planned one, a repetition lies ahead', () => {
    fc.assert(
      fc.property(ladders, fc.nat(40), fc.nat(20_000), (ladder, done, passed) => {
        const frozen = freeze(ladder, 1, start, day);
        const now = new Date(start.getTime() + passed * minute);
        const next = nextMoment(frozen, done, now, day);
        const planned = frozen.at[done];
        if (planned === undefined) expect(next.getTime()).toBeGreaterThan(now.getTime());
        else expect(next.toISOString()).toBe(planned);
      }),
      runs,
    );
  });

  it('ends in everybody who can be named, however it was written', () => {
    fc.assert(
      fc.property(ladders, fc.nat(20), (ladder, more) => {
        expect(rungsOf(freeze(ladder, 1, start, day), ladder.steps.length + more)).toContain('catch-all');
      }),
      runs,
    );
  });

  it('holds an acknowledgement for as long as it says, with a reminder at two thirds', () => {
    fc.assert(
      fc.property(ladders, (ladder) => {
        const { remindAt, expiresAt } = holdFrom(start, ladder);
        expect(expiresAt.getTime() - start.getTime()).toBe(ladder.acknowledgedFor * minute);
        expect(remindAt.getTime() - start.getTime()).toBeCloseTo((ladder.acknowledgedFor * minute * 2) / 3, -1);
      }),
      runs,
    );
  });

  it.each([
    ['crisis', [0, 5, 10, 20], 15, 60],
    ['urgent', [0, 30, 60, 120], 60, 480],
  ] as const)('of a %s has its steps at the minutes of the domain’s default', (severity, minutes, again, holds) => {
    const ladder = defaultLadders[severity];
    const frozen = freeze(ladder, 1, start, day);
    const since = (moment: Date): number => (moment.getTime() - start.getTime()) / minute;
    expect(frozen.at.map((moment) => since(new Date(moment)))).toEqual(minutes);
    expect(since(acknowledgeBy(frozen, day))).toBe(minutes[1]);
    expect(since(nextMoment(frozen, 4, start, day))).toBe(minutes[3] + again);
    expect(ladder.acknowledgedFor).toBe(holds);
    expect(ladder.steps.map(({ tell }) => tell[0])).toEqual(['owner', 'supervisor', 'director', 'director']);
  });

  it('of a concern waits for the next business day, and then for the one after it', () => {
    const frozen = freeze(defaultLadders.concern, 1, start, day);
    expect(frozen.at).toEqual([day(start, 1).toISOString(), day(start, 2).toISOString()]);
    expect(nextMoment(frozen, 2, start, day)).toEqual(day(start, 3));
  });
});

describe('whom a step tells', () => {
  const allLadders: readonly Ladder[] = [...severitySchema.options.map((one) => defaultLadders[one]), deceasedLadder];

  it('is never nobody, nobody twice, and nobody who left', () => {
    fc.assert(
      fc.property(fc.array(rungs, { minLength: 1 }), casts, some, (told, cast, besides) => {
        const chosen = chooseTold(told as Rung[], cast, besides).map(({ person }) => person);
        expect(chosen.length).toBeGreaterThan(0);
        expect(new Set(chosen).size).toBe(chosen.length);
        // When nobody at all works here, whoever raised it is named all the same.
        for (const person of chosen) expect(cast.everybody.has(person) || person === cast.raiser).toBe(true);
      }),
      runs,
    );
  });

  it('passes over whoever raised it while there is a supervisor or an administrator', () => {
    fc.assert(
      fc.property(fc.array(rungs, { minLength: 1 }), casts, (told, cast) => {
        const others = [...cast.everySupervisor, ...cast.admins].filter(
          (person) => person !== cast.raiser && cast.everybody.has(person),
        );
        fc.pre(others.length > 0);
        expect(chooseTold(told as Rung[], cast).map(({ person }) => person)).not.toContain(cast.raiser);
      }),
      runs,
    );
  });

  it('ends in a human at every step of every ladder we ship', () => {
    fc.assert(
      fc.property(casts, fc.constantFrom(...allLadders), fc.nat(8), (cast, ladder, done) => {
        expect(chooseTold(rungsOf(ladder, done), cast)).not.toEqual([]);
      }),
      runs,
    );
  });

  const cast: Cast = {
    ...{ owner: undefined, duty: undefined, gap: true, fallback: 'p6', supervisors: [], directors: [] },
    ...{ everySupervisor: ['p4'], admins: ['p5'], everybody: new Set(people), raiser: 'p1' },
  };
  it.each([
    ['an owner who is not there falls through to the duty', { duty: 'p2', gap: false }, 'owner', ['p2 duty']],
    ['the duty to the supervisors', { supervisors: ['p3', 'p4'] }, 'duty', ['p3 supervisor', 'p4 supervisor']],
    ['the supervisors to the directors', { directors: ['p2'] }, 'supervisor', ['p2 director']],
    ['the directors to the person named for it', {}, 'director', ['p6 fallback']],
    ['else to every supervisor', { fallback: undefined }, 'director', ['p4 supervisor']],
    ['else to every administrator', { fallback: 'gone', everySupervisor: [] }, 'director', ['p5 admin']],
    ['at last to whoever raised it', { fallback: 'p1', everySupervisor: [], admins: [] }, 'owner', ['p1 nobody-else']],
    ['who raised it is passed over', { owner: 'p1', duty: 'p2', gap: false }, 'owner', ['p2 duty']],
  ] as const)('%s', (_what, given, rung, expected) => {
    const chosen = chooseTold([rung], { ...cast, ...given });
    expect(chosen.map(({ person, reason }) => `${person} ${reason}`)).toEqual(expected);
  });
});

describe('the team’s calendar', () => {
  const team = (more: Partial<TeamSetup> = {}): TeamSetup => ({
    ...{ id: 'east', name: 'East', zone: 'America/New_York', policies: {}, crisis: {}, organisationName: '' },
    workingDays: new Set(['mon', 'tue', 'wed', 'thu', 'fri']),
    closures: new Set(['2026-11-26']),
    hasPlace: true,
    ...more,
  });
  const outOfHours = { staffed: '09:30-17:00', route: 'not-staffed' } as const;

  it('opens its next business day when the team is staffed, eight in the morning where nothing is said', () => {
    expect(businessDayOf(team())(start, 1).toISOString()).toBe('2026-11-24T13:00:00.000Z');
    expect(businessDayOf(team({ policies: { outOfHours } }))(start, 1).toISOString()).toBe('2026-11-24T14:30:00.000Z');
    // Wednesday's next is Friday: Thursday is closed.
    expect(businessDayOf(team())(new Date('2026-11-25T19:00:00Z'), 1).toISOString()).toBe('2026-11-27T13:00:00.000Z');
  });

  it('without a single working day stops no ladder', () => {
    expect(businessDayOf(team({ workingDays: new Set() }))(start, 1).toISOString()).toBe('2026-11-24T13:00:00.000Z');
  });

  it('says what happens in hours in which nobody is there', () => {
    const evening = new Date('2026-11-24T02:10:00Z');
    expect(isStaffed(team(), start)).toBe(true);
    expect(isStaffed(team(), evening)).toBe(false);
    expect(isStaffed(team(), new Date('2026-11-26T15:00:00Z'))).toBe(false);
    expect(routeNow(team({ policies: { outOfHours } }), start)).toBeUndefined();
    expect(routeNow(team({ policies: { outOfHours } }), evening)).toBe('not-staffed');
    expect(routeNow(team(), evening)).toBeUndefined();
  });
});
