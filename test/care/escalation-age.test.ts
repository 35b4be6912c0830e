import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeAge, nextAge } from '../../src/care/escalations/age.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const minute = 60_000;
const since = new Date('2026-11-22T07:10:00Z');
const after = (milliseconds: number): string => describeAge(since, new Date(since.getTime() + milliseconds));

describe('how long nobody has had an escalation', () => {
  it.each([
    [0, 'under 1 min'],
    [59_999, 'under 1 min'],
    [4 * minute, '4 min'],
    [9 * minute + 59_999, '9 min'],
    [10 * minute, 'over 10 min'],
    [24 * minute, 'over 20 min'],
    [60 * minute, 'over 1 h'],
    [80 * minute, 'over 1 h 15 min'],
    [5.5 * 60 * minute, 'over 5 h'],
    [49 * 60 * minute, 'over 2 days'],
    [-minute, 'under 1 min'],
  ])('%d ms: %s', (age, words) => expect(after(age)).toBe(words));

  it('stays as it is until the moment at which it is drawn again, and is another one then', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 * 24 * 60 * minute }), (age) => {
        const next = nextAge(since, new Date(since.getTime() + age)).getTime() - since.getTime();
        expect(next).toBeGreaterThan(age);
        expect(after(next - 1)).toBe(after(age));
        expect(after(next)).not.toBe(after(age));
      }),
      { numRuns: propertyRuns.usual },
    );
  });
});
