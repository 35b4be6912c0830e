import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextLook, planDates } from '../../src/care/absences/plan-dates.ts';
import type { WorkingTime } from '../../src/calendar/working-time.ts';
import { absenceStates, can, settle, type Standing } from '../../src/care/absences/rules.ts';
import { describeDay, isQuiet } from '../../src/care/days/rules.ts';
import { findShift, leaveGaps, type Shift } from '../../src/care/duty/rules.ts';

const newYork: WorkingTime = {
  zone: 'America/New_York',
  hours: undefined,
  workingDays: new Set(['mon', 'tue', 'wed', 'thu', 'fri']),
  closures: new Set(['2026-11-26', '2026-11-27']),
};
const nine = new Date('2026-11-23T14:00:00Z');

describe('the dates of an absence', () => {
  it('begin now when it is today, else at midnight, and end with the last day', () => {
    const today = planDates(newYork, '2026-11-23', '2026-11-24', nine);
    expect(today.startsAt).toEqual(nine);
    expect(today.endsAt.toISOString()).toBe('2026-11-25T05:00:00.000Z');
    const later = planDates(newYork, '2026-11-25', '2026-11-25', nine);
    expect(later.startsAt.toISOString()).toBe('2026-11-25T05:00:00.000Z');
  });

  it('are over on the first morning on which the person hours: their own days and hours, no closure', () => {
    expect(planDates(newYork, '2026-11-23', '2026-11-25', nine)).toMatchObject({
      backOn: '2026-11-30',
      backAt: new Date('2026-11-30T13:00:00Z'),
    });
    const halfTime = { ...newYork, hours: { mon: '08:00-16:30', wed: '10:30-16:30' } };
    expect(planDates(halfTime, '2026-11-23', '2026-11-23', nine)).toMatchObject({
      backOn: '2026-11-25',
      backAt: new Date('2026-11-25T15:30:00Z'),
    });
    expect(planDates({ ...newYork, workingDays: new Set() }, '2026-11-23', '2026-11-23', nine).backOn).toBe(
      '2026-11-24',
    );
  });

  it('are looked at when it begins, at each midnight, and when the person is back', () => {
    const dates = planDates(newYork, '2026-11-24', '2026-11-24', nine);
    const look = (state: string, now: string): string | undefined =>
      nextLook({ ...dates, state, zone: newYork.zone }, new Date(now))?.toISOString();
    expect(look('planned', '2026-11-23T14:00:00Z')).toBe('2026-11-24T05:00:00.000Z');
    expect(look('running', '2026-11-24T05:00:00Z')).toBe('2026-11-25T05:00:00.000Z');
    expect(look('running', '2026-11-25T05:00:00Z')).toBe('2026-11-25T13:00:00.000Z');
    expect(look('ended', '2026-11-25T13:00:00Z')).toBeUndefined();
  });
});

describe('what an absence comes to', () => {
  it('is undone or ended once', () => {
    expect(absenceStates.filter((state) => can('undo', state))).toEqual(['planned', 'running']);
    expect(absenceStates.filter((state) => can('end', state))).toEqual(['running']);
  });

  it('a covered thing comes back unless it is over, elsewhere, or begun by the cover', () => {
    const at = nine;
    const given = { owner: 'maya', cover: 'jon', at };
    const standing: Standing = { over: false, holder: 'jon', taken: false, acts: [] };
    const later = new Date(at.getTime() + 1);
    expect(settle(given, standing)).toEqual({ is: 'returns' });
    expect(settle(given, { ...standing, acts: [{ by: 'maya', at: later }] })).toEqual({ is: 'returns' });
    expect(settle(given, { ...standing, acts: [{ by: 'jon', at: new Date(at.getTime() - 1) }] })).toEqual({
      is: 'returns',
    });
    const stays = (change: Partial<Standing>): unknown => settle(given, { ...standing, ...change });
    expect(stays({ acts: [{ by: 'jon', at: later }] })).toEqual({ is: 'stays', reason: 'begun' });
    expect(stays({ taken: true })).toEqual({ is: 'stays', reason: 'begun' });
    expect(stays({ holder: 'dana' })).toEqual({ is: 'stays', reason: 'handed-on' });
    expect(stays({ holder: undefined })).toEqual({ is: 'stays', reason: 'handed-on' });
    expect(stays({ holder: 'maya' })).toEqual({ is: 'stays', reason: 'back-already' });
    expect(stays({ over: true, holder: 'dana' })).toEqual({ is: 'stays', reason: 'done' });
  });
});

describe('duty of somebody who is away', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 20 })).map(([from, length]) => ({
    startsAt: new Date(from * 3_600_000),
    endsAt: new Date((from + length) * 3_600_000),
  }));
  const person = fc.constantFrom('maya', 'jon');
  const shift = fc
    .tuple(span, person, fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }))
    .map(([when, who, planned]): Shift => {
      const plannedAt = planned === undefined ? undefined : new Date(planned);
      return { ...when, person: who, origin: plannedAt === undefined ? 'pattern' : 'override', plannedAt };
    });
  const away = fc.tuple(span, person).map(([when, who]) => ({ ...when, person: who }));

  it('is nobody’s while they are away, and what it was at every other moment', () => {
    fc.assert(
      fc.property(
        fc.array(shift, { maxLength: 6 }),
        fc.array(away, { maxLength: 4 }),
        fc.integer({ min: 0, max: 60 }),
        (shifts, absences, hour) => {
          const at = new Date(hour * 3_600_000);
          const before = findShift(shifts, at)?.person;
          const gone = absences.some((one) => one.person === before && one.startsAt <= at && at < one.endsAt);
          expect(findShift(leaveGaps(shifts, absences), at)?.person).toBe(gone ? undefined : before);
        },
      ),
    );
  });
});

describe('the line at the end of a day', () => {
  const none = { contacts: 0, minutes: 0, uncharted: 0, untaken: 0, overdue: 0, left: 0, watching: 0 };
  it('says what there is and nothing else', () => {
    expect(describeDay({ ...none, contacts: 6, minutes: 82, uncharted: 2 })).toBe(
      '6 contacts, 82 minutes, 2 notes not in the chart yet, nothing overdue.',
    );
    expect(describeDay({ ...none, contacts: 1, minutes: 1, uncharted: 1, overdue: 2, left: 1 })).toBe(
      '1 contact, 1 minute, 1 note not in the chart yet, 2 overdue, 1 still due today.',
    );
    expect(describeDay({ ...none, overdue: 1 })).toBe('No contact logged, 1 overdue.');
    expect(isQuiet(none)).toBe(true);
    expect(isQuiet({ ...none, left: 1 })).toBe(false);
  });
  it('is never quiet while an escalation is open, whoever has it', () => {
    expect(isQuiet({ ...none, watching: 1 })).toBe(false);
    expect(describeDay({ ...none, untaken: 1, watching: 2 })).toBe(
      'No contact logged, 1 escalation nobody has taken, nothing overdue, 2 escalations to watch.',
    );
  });
});
