import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  apportionMinutes,
  can,
  endsByItself,
  huddleActs,
  huddleStates,
  isLate,
  settleItem,
  tookPart,
  type HuddleAct,
} from '../../src/care/huddles/rules.ts';

const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
const seconds = fc.array(fc.integer({ min: 0, max: 8 * 3600 }), { maxLength: 40 });

describe('minutes a client', () => {
  it('together are never more than the meeting, nor than the time that was counted', () => {
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 8 * 3600 }), (times, meeting) => {
        const minutes = apportionMinutes(times, meeting);
        expect(minutes).toHaveLength(times.length);
        expect(sum(minutes) * 60).toBeLessThanOrEqual(Math.min(meeting, sum(times)));
      }),
    );
  });

  it('use every whole minute of what may be counted', () => {
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 8 * 3600 }), (times, meeting) => {
        const counted = sum(times) === 0 ? 0 : Math.floor(Math.min(meeting, sum(times)) / 60);
        expect(sum(apportionMinutes(times, meeting))).toBe(counted);
      }),
    );
  });

  it('give nobody more than their own time rounded up, and nothing for no time', () => {
    fc.assert(
      fc.property(seconds, (times) => {
        apportionMinutes(times, sum(times)).forEach((minutes, index) => {
          const own = times[index] ?? 0;
          expect(minutes).toBeLessThanOrEqual(Math.ceil(own / 60));
          expect(minutes).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });

  it('never give more for less time, and differ by a minute at most for the same time', () => {
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 8 * 3600 }), (times, meeting) => {
        const minutes = apportionMinutes(times, meeting);
        for (const [a, one] of times.entries()) {
          for (const [b, other] of times.entries()) {
            const difference = (minutes[a] ?? 0) - (minutes[b] ?? 0);
            if (one === other) expect(Math.abs(difference)).toBeLessThanOrEqual(1);
            if (one < other) expect(difference).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it('split a meeting, they do not repeat it: 45 minutes over three clients are 45, not 135', () => {
    expect(apportionMinutes([900, 900, 900], 2700)).toEqual([15, 15, 15]);
    expect(apportionMinutes([100, 100, 100], 300)).toEqual([2, 2, 1]);
    expect(apportionMinutes([59], 59)).toEqual([0]);
    // The clock counted more than the meeting lasted: the meeting is the limit.
    expect(apportionMinutes([1200, 1200], 1200)).toEqual([10, 10]);
  });
});

describe('a huddle', () => {
  it('is begun, run and ended in that order, and changes no more once it is over', () => {
    const acts = Object.keys(huddleActs) as HuddleAct[];
    const possible = Object.fromEntries(huddleStates.map((state) => [state, acts.filter((act) => can(act, state))]));
    expect(possible).toEqual({
      planned: ['start', 'skip'],
      open: ['next', 'back', 'next-week', 'join', 'recommend', 'decide', 'end'],
      ended: [],
      skipped: [],
    });
  });

  it('has late comers more than five minutes after it began, or after it was called when it began early', () => {
    const called = new Date('2026-11-24T14:00:00Z');
    const at = (minutes: number): Date => new Date(called.getTime() + minutes * 60_000);
    expect(isLate(at(5), { startsAt: called, startedAt: called })).toBe(false);
    expect(isLate(new Date(at(5).getTime() + 1000), { startsAt: called, startedAt: called })).toBe(true);
    expect(isLate(at(4), { startsAt: called, startedAt: at(-20) })).toBe(false);
    expect(isLate(at(14), { startsAt: called, startedAt: at(10) })).toBe(false);
  });

  it('is over by itself after twice its length', () => {
    expect(endsByItself(new Date('2026-11-24T14:00:00Z'), 45).toISOString()).toBe('2026-11-24T15:30:00.000Z');
  });

  it('took part in a review who had come by then, nobody in what was never reached', () => {
    const joined = new Date('2026-11-24T14:10:00Z');
    expect(tookPart(joined, new Date('2026-11-24T14:10:00Z'))).toBe(true);
    expect(tookPart(joined, new Date('2026-11-24T14:09:59Z'))).toBe(false);
    expect(tookPart(joined, undefined)).toBe(false);
  });
});

describe('what a line of the agenda comes to at the end', () => {
  const waiting = { state: 'waiting', seconds: 0, current: false, recorded: false } as const;
  it.each([
    ['carries over when it was not reached', waiting, true, 'carried'],
    ['stays put off', { ...waiting, state: 'carried', recorded: true }, true, 'carried'],
    ['stays reviewed', { ...waiting, state: 'reviewed' }, false, 'reviewed'],
    ['was reviewed when something was recorded on it', { ...waiting, recorded: true }, false, 'reviewed'],
    [
      'was reviewed when a person ended after a minute on it',
      { ...waiting, current: true, seconds: 60 },
      true,
      'reviewed',
    ],
    ['was not within its first minute', { ...waiting, current: true, seconds: 59 }, true, 'carried'],
    ['was not when nobody said so', { ...waiting, current: true, seconds: 600 }, false, 'carried'],
  ] as const)('%s', (_name, item, byPerson, expected) => {
    expect(settleItem(item, byPerson)).toBe(expected);
  });
});
