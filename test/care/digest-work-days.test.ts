import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeWhen, moveToWorkDay } from '../../src/care/follow-ups/work-days.ts';
import { addDaysToDate, weekdayOf, weekdays } from '../../src/calendar/local-dates.ts';

const start = '2026-11-23';
const day = fc.integer({ min: -400, max: 400 }).map((days) => addDaysToDate(start, days));
const calendar = fc.record({
  workingDays: fc.subarray([...weekdays], { minLength: 1 }).map((days): ReadonlySet<string> => new Set(days)),
  closures: fc.array(day, { maxLength: 20 }).map((days): ReadonlySet<string> => new Set(days)),
});
const item = (dueOn: string, more: { clinical?: boolean; waitingOnOthers?: boolean } = {}) => ({
  dueOn,
  waitingOnOthers: false,
  ...more,
});

describe('the day on which something is due', () => {
  it('is its own on a working day, else the very next one, and then it says where it was', () => {
    fc.assert(
      fc.property(day, calendar, (dueOn, works) => {
        const isOff = (one: string): boolean => !works.workingDays.has(weekdayOf(one)) || works.closures.has(one);
        const moved = moveToWorkDay(item(dueOn), works);
        expect(isOff(moved.dueOn)).toBe(false);
        for (let one = dueOn; one < moved.dueOn; one = addDaysToDate(one, 1)) expect(isOff(one)).toBe(true);
        expect(moved.movedFrom).toBe(isOff(dueOn) ? dueOn : undefined);
        expect(moveToWorkDay(moved, works).dueOn).toBe(moved.dueOn);
      }),
    );
  });

  it('never moves on a clinical clock, while others must act, or for somebody who works on no day', () => {
    fc.assert(
      fc.property(day, calendar, (dueOn, works) => {
        expect(moveToWorkDay(item(dueOn, { clinical: true }), works).dueOn).toBe(dueOn);
        expect(moveToWorkDay(item(dueOn, { waitingOnOthers: true }), works).dueOn).toBe(dueOn);
        expect(moveToWorkDay(item(dueOn), { ...works, workingDays: new Set() }).dueOn).toBe(dueOn);
        expect(moveToWorkDay(item(dueOn), undefined).dueOn).toBe(dueOn);
      }),
    );
  });

  it('is said plainly', () => {
    expect(describeWhen({ dueOn: '2026-11-30', movedFrom: '2026-11-26' }, '2026-11-30')).toBe(
      'due today, moved from Thu 26 Nov',
    );
    expect(describeWhen({ dueOn: '2026-11-30' }, '2026-12-01')).toBe('1 day over');
  });
});
