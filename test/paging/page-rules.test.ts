import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decidePage, longestPause, patience, type GatewayAnswer } from '../../src/paging/page-rules.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const start = Date.parse('2026-11-23T14:00:00Z');
const failure: fc.Arbitrary<GatewayAnswer> = fc.record({
  ok: fc.constant(false as const),
  reason: fc.constantFrom('http_500', 'http_302', 'http_401', 'no_answer', 'no_connection'),
  retryAfter: fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: undefined }),
});

/** Tries one page until it is settled, each try `took` milliseconds long: the moments of all tries, and how it ended. */
function tryAll(
  answers: (attempt: number) => GatewayAnswer,
  chance: number,
  took: number,
): { readonly at: readonly number[]; readonly end: 'sent' | 'park' } {
  const at: number[] = [];
  for (let now = start, attempts = 1; ; attempts += 1) {
    at.push(now - start);
    const decision = decidePage(answers(attempts), {
      attempts,
      firstTriedAt: new Date(start),
      now: new Date(now + took),
      chance,
    });
    if (decision.is !== 'wait') return { at, end: decision.is };
    now = decision.until.getTime();
  }
}

describe('how long a page is tried', () => {
  it('is settled by the first 2xx', () => {
    const { at, end } = tryAll((attempt) => (attempt < 4 ? gone : { ok: true }), 0, 0);
    expect(end).toBe('sent');
    expect(at).toHaveLength(4);
  });
  const gone: GatewayAnswer = { ok: false, reason: 'no_connection', retryAfter: undefined };

  it('follows two seconds, then doubling pauses, then one a minute, and ends after a quarter of an hour', () => {
    const { at, end } = tryAll(() => gone, 1, 0);
    expect(end).toBe('park');
    const pauses = at.slice(1).map((moment, index) => (moment - (at[index] ?? 0)) / 1_000);
    expect(pauses.slice(0, 6)).toEqual([2, 4, 8, 16, 32, 60]);
    expect(at.at(-1)).toBe(patience);
  });

  it('waits as long as a busy gateway asks, and never longer than a minute', () => {
    const busy = (seconds: number): number =>
      tryAll(
        (attempt) => (attempt > 1 ? { ok: true } : { ok: false, reason: 'http_429', retryAfter: seconds * 1_000 }),
        0,
        0,
      ).at[1] ?? 0;
    expect([busy(0), busy(20), busy(3_600)]).toEqual([1_000, 20_000, longestPause]);
  });

  it('never gives up before its time, never tries after it, and never stands still, whatever the gateway says', () => {
    fc.assert(
      fc.property(
        fc.array(failure, { minLength: 1, maxLength: 50 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 0, max: 5_000 }),
        (answers, chance, took) => {
          const { at, end } = tryAll((attempt) => answers[attempt % answers.length] ?? gone, chance, took);
          expect(end).toBe('park');
          expect(at.at(-1)).toBeLessThanOrEqual(patience);
          expect((at.at(-1) ?? 0) + took).toBeGreaterThanOrEqual(patience);
          at.slice(1).forEach((moment, index) => {
            expect(moment - (at[index] ?? 0)).toBeLessThanOrEqual(longestPause + took);
            expect(moment).toBeGreaterThan(at[index] ?? 0);
          });
        },
      ),
      { numRuns: propertyRuns.usual },
    );
  });
});
