import { describe, expect, it } from 'vitest';
import { findWorkingDay, hoursOn, readWorkingTime, worksOn } from '../../src/calendar/working-time.ts';

const east = { zone: 'America/New_York', working_days: ['mon', 'tue', 'wed', 'thu', 'fri'], closures: ['2026-11-26'] };
const team = readWorkingTime(east);
const sara = readWorkingTime({ ...east, works: { mon: '08:00-12:00', sat: '09:00-11:00' } });

describe('working time', () => {
  it('is the team’s days for who stated none of their own', () => {
    expect(['2026-11-23', '2026-11-28'].map(worksOn(team))).toEqual([true, false]);
    expect(hoursOn(team, '2026-11-23', '08:00-18:00')).toEqual({ from: '08:00', to: '18:00' });
  });

  it('is somebody’s own pattern where they stated one, a Saturday too', () => {
    expect(['2026-11-23', '2026-11-24', '2026-11-28'].map(worksOn(sara))).toEqual([true, false, true]);
    expect(hoursOn(sara, '2026-11-28', '08:00-18:00')).toEqual({ from: '09:00', to: '11:00' });
    expect(hoursOn(sara, '2026-11-24', '08:00-18:00')).toBeUndefined();
  });

  it('ends at closures for both', () => {
    const closed = { ...east, closures: ['2026-11-23', '2026-11-26'] };
    expect(worksOn(readWorkingTime(closed))('2026-11-23')).toBe(false);
    expect(worksOn(readWorkingTime({ ...closed, works: { mon: '08:00-12:00' } }))('2026-11-23')).toBe(false);
    expect(findWorkingDay('2026-11-25', 1, worksOn(team))).toBe('2026-11-27');
  });

  it.each([null, {}, 'mornings', { mon: 8 }, { someday: '08:00-12:00' }])(
    'is the team’s where a pattern says nothing that can be read: %j',
    (works) => {
      expect(worksOn(readWorkingTime({ ...east, works }))('2026-11-24')).toBe(true);
    },
  );
});
