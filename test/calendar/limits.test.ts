import { describe, expect, it } from 'vitest';
import { endOfLimit } from '../../src/calendar/limits.ts';
import type { WorkingTime } from '../../src/calendar/working-time.ts';

const newYork: WorkingTime = {
  zone: 'America/New_York',
  workingDays: new Set(['mon', 'tue', 'wed', 'thu', 'fri']),
  closures: new Set(['2026-11-26', '2026-11-27']),
};
const due = (now: string, limit: Parameters<typeof endOfLimit>[1]): string =>
  endOfLimit(new Date(now), limit, newYork).toISOString();

describe('when the next step is due', () => {
  it('is hours and days on the clock, over nights and closures', () => {
    expect(due('2026-11-25T23:00:00Z', { hours: 4 })).toBe('2026-11-26T03:00:00.000Z');
    expect(due('2026-11-25T14:00:00Z', { days: 2 })).toBe('2026-11-27T14:00:00.000Z');
  });

  it('is the same local time some working days on, past weekends and closures', () => {
    expect(due('2026-11-23T14:00:00Z', { workingDays: 1 })).toBe('2026-11-24T14:00:00.000Z');
    expect(due('2026-11-24T14:00:00Z', { workingDays: 3 })).toBe('2026-12-01T14:00:00.000Z');
  });

  it('counts the first working day after a day off: the shorter reading', () => {
    expect(due('2026-11-21T15:00:00Z', { workingDays: 1 })).toBe('2026-11-23T15:00:00.000Z');
  });

  it('keeps the local time when the clocks change', () => {
    expect(due('2026-10-30T13:00:00Z', { workingDays: 1 })).toBe('2026-11-02T14:00:00.000Z');
    expect(due('2027-03-12T14:00:00Z', { workingDays: 1 })).toBe('2027-03-15T13:00:00.000Z');
  });
});
