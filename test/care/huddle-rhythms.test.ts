import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comingMeetings, dayOfTurn, isNthOfMonth, plansOf, turnOn } from '../../src/care/huddles/rhythms.ts';
import { localDate, localTime } from '../../src/calendar/zones.ts';
import { addDaysToDate, weekdayOf, weekdays } from '../../src/calendar/local-dates.ts';
import { huddleSchedules } from '../../src/care/huddles/schedules.ts';
import type { WallTime } from '../../src/feature/schedules.ts';
import { nextTurn } from '../../src/calendar/turns.ts';

const east = {
  zone: 'America/New_York',
  workingDays: new Set(['mon', 'tue', 'wed', 'thu', 'fri']),
  closures: new Set(['2026-11-26', '2026-11-27', '2026-12-25']),
};
const weekly = { rhythm: 'weekly', at: '09:00', minutes: 45, weekday: 'tue' } as const;
const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDaysToDate('2024-01-01', days));

describe('the n-th weekday of a month', () => {
  it('is one day of each month for each of 1 to 4, and for last', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2024, max: 2034 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(...weekdays),
        fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 'last' as const),
        (year, month, weekday, week) => {
          const first = `${year}-${String(month).padStart(2, '0')}-01`;
          const days = Array.from({ length: 31 }, (_none, index) => addDaysToDate(first, index)).filter(
            (one) => one.slice(0, 7) === first.slice(0, 7) && weekdayOf(one) === weekday,
          );
          const found = days.filter((one) => isNthOfMonth(one, week));
          expect(found).toEqual([week === 'last' ? days.at(-1) : days[week - 1]]);
        },
      ),
    );
  });
});

describe('a turn', () => {
  it('stays on its day when the team works, and begins at its time on the wall', () => {
    const turn = turnOn(weekly, '2026-11-24', east);
    expect(turn).toMatchObject({ day: '2026-11-24', movedFrom: undefined });
    expect(turn?.startsAt.toISOString()).toBe('2026-11-24T14:00:00.000Z');
  });

  it('moves past closures and weekends to the next working day, and says from which', () => {
    const thursday = { ...weekly, weekday: 'thu' } as const;
    expect(turnOn(thursday, '2026-11-26', east)).toMatchObject({ day: '2026-11-30', movedFrom: '2026-11-26' });
  });

  it('is none on another weekday, nor in another week of the month', () => {
    expect(turnOn(weekly, '2026-11-25', east)).toBeUndefined();
    const monthly = { rhythm: 'monthly', at: '10:00', minutes: 60, weekday: 'tue', week: 1 } as const;
    expect(turnOn(monthly, '2026-11-24', east)).toBeUndefined();
    expect(turnOn(monthly, '2026-12-01', east)).toMatchObject({ day: '2026-12-01' });
  });

  it('of a stand-up falls out on a closure: the next day has one of its own', () => {
    const standup = { rhythm: 'standup', at: '08:45', minutes: 15 } as const;
    expect(turnOn(standup, '2026-11-26', east)).toBeUndefined();
    expect(turnOn(standup, '2026-11-30', east)).toMatchObject({ day: '2026-11-30' });
  });

  it('is always on a working day', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(...weekdays), (from, weekday) => {
        const turn = turnOn({ ...weekly, weekday }, from, east);
        if (turn === undefined) return;
        expect(east.workingDays.has(weekdayOf(turn.day)) && !east.closures.has(turn.day)).toBe(true);
        expect(localTime(turn.startsAt, east.zone)).toBe('09:00');
      }),
    );
  });
});

describe('what comes next', () => {
  const plans = plansOf({
    huddle: { weekday: 'thu', at: '09:00', minutes: 45 },
    standup: { at: '08:45' },
    monthly: { weekday: 'mon', week: 'last', at: '13:00' },
  });

  it('takes the usual length where none is given', () => {
    expect(plans.map(({ rhythm, minutes }) => [rhythm, minutes])).toEqual([
      ['weekly', 45],
      ['standup', 15],
      ['monthly', 60],
    ]);
  });

  it('is listed soonest first, moved ones on the day they are held', () => {
    const coming = comingMeetings(plans, east, new Date('2026-11-25T20:00:00Z')).slice(0, 4);
    expect(coming.map(({ plan, day: held, movedFrom }) => [plan.rhythm, held, movedFrom])).toEqual([
      ['standup', '2026-11-30', undefined],
      ['weekly', '2026-11-30', '2026-11-26'],
      ['monthly', '2026-11-30', undefined],
      ['standup', '2026-12-01', undefined],
    ]);
  });

  it('is one a rhythm and day, also when a closure moves one onto the other', () => {
    const closed = { ...east, closures: new Set(Array.from({ length: 7 }, (_none, index) => `2026-12-${14 + index}`)) };
    const held = comingMeetings([weekly], closed, new Date('2026-12-10T12:00:00Z')).slice(0, 3);
    expect(held.map((one) => [one.day, one.movedFrom])).toEqual([
      ['2026-12-21', '2026-12-15'],
      ['2026-12-22', undefined],
      ['2026-12-29', undefined],
    ]);
  });
});

/** When the team's meetings are prepared, of the rhythms it has. */
const turnsOf = (schedules: unknown): readonly WallTime[] =>
  Object.values(huddleSchedules).flatMap((kind) =>
    kind.of === 'team' ? (kind.when({ id: 'east', zone: 'UTC', policies: {}, digestAt: null, schedules }) ?? []) : [],
  );

describe('the schedule of a meeting', () => {
  it('has its turn half an hour before, on the day before for one just after midnight', () => {
    const times = turnsOf({
      dailyDigest: { at: '08:30' },
      huddle: { weekday: 'mon', at: '00:15', minutes: 45 },
      standup: { at: '09:00' },
      monthly: { weekday: 'fri', week: 2, at: '10:10' },
    });
    expect(times).toEqual([{ at: '23:45', weekday: 'sun' }, { at: '08:30' }, { at: '09:40', weekday: 'fri' }]);
    expect(turnsOf({ dailyDigest: { at: '08:30' } })).toEqual([]);
  });

  it('finds the day of the meeting again from the day of its turn, whatever the time and weekday', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    fc.assert(
      fc.property(time, fc.constantFrom(...weekdays), day, (at, weekday, from) => {
        const schedules = { huddle: { weekday, at } };
        const [rule] = turnsOf(schedules);
        const [plan] = plansOf(schedules);
        if (rule === undefined || plan === undefined) throw new Error('a weekly plan has a schedule');
        const turn = nextTurn({ ...rule, zone: 'UTC' }, new Date(`${from}T12:00:00Z`));
        const everyDay = { zone: 'UTC', workingDays: new Set<string>(weekdays), closures: new Set<string>() };
        const meeting = turnOn(plan, dayOfTurn(plan, turn.localDate), everyDay);
        expect(meeting?.startsAt.getTime()).toBe(turn.at.getTime() + 30 * 60_000);
        expect(localDate(meeting?.startsAt ?? turn.at, 'UTC')).toBe(meeting?.day);
      }),
    );
  });
});
