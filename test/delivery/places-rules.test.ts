import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlaceTrait } from '../../src/feature/sender.ts';
import { mustInspect, placeRules, refusePlace } from '../../src/delivery/place-rules.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const traits = Object.keys(placeRules) as readonly PlaceTrait[];
const acceptable = ['public', 'shared', 'guests'] as const;

describe('where nothing is posted', () => {
  it.each([
    ['public', 'place_public'],
    ['general', 'place_public'],
    ['shared', 'place_shared'],
    ['guests', 'place_guests'],
    ['archived', 'is_archived'],
    ['not-a-member', 'not_in_channel'],
    ['missing', 'channel_not_found'],
  ] as const)('a place that is %s: %s', (trait, reason) => {
    expect(refusePlace([trait], [])).toBe(reason);
  });

  it('a private place of our own people takes everything', () => {
    expect(refusePlace([], [])).toBeUndefined();
  });

  it('what an administrator accepts is accepted, and nothing besides', () => {
    expect(refusePlace(['public', 'general'], ['public'])).toBeUndefined();
    expect(refusePlace(['public', 'shared'], ['public'])).toBe('place_shared');
    expect(refusePlace(['archived'], [...acceptable])).toBe('is_archived');
  });

  it('accepting more never refuses more, and no more traits ever allow more', () => {
    const some = fc.subarray([...traits]);
    const allowed = fc.subarray([...acceptable]);
    fc.assert(
      fc.property(some, some, allowed, allowed, (a, b, x, y) => {
        if (refusePlace(a, x) === undefined) expect(refusePlace(a, [...x, ...y])).toBeUndefined();
        if (refusePlace([...a, ...b], x) === undefined) expect(refusePlace(a, x)).toBeUndefined();
      }),
      { numRuns: propertyRuns.usual },
    );
  });
});

describe('when the platform is asked', () => {
  const now = new Date('2026-11-23T14:00:00Z');
  const ago = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
  it.each([
    ['before the first post', { checkedAt: undefined, traits: [], allowed: [] }, true],
    ['not within six hours of an answer without a doubt', { checkedAt: ago(5.9), traits: [], allowed: [] }, false],
    ['after six hours', { checkedAt: ago(6), traits: [], allowed: [] }, true],
    [
      'each time where it was refused, because somebody mends it',
      { checkedAt: ago(0), traits: ['public'], allowed: [] },
      true,
    ],
    ['not where it is accepted', { checkedAt: ago(1), traits: ['public'], allowed: ['public'] }, false],
  ] as const)('%s', (_when, seen, asks) => {
    expect(mustInspect(seen, now)).toBe(asks);
  });
});
