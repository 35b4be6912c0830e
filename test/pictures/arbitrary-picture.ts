import fc from 'fast-check';
import type { Picture } from '../../src/pictures/picture.ts';

const count = fc.oneof(fc.nat({ max: 300 }), fc.constantFrom(0, 0.5, 12.5, 99_999));

/** Any picture that a card may carry, and some that none should: labels of any text, empty ones, too many rows. */
export function arbitraryPicture(text: fc.Arbitrary<string>): fc.Arbitrary<Picture> {
  return fc.oneof(
    fc.record({
      kind: fc.constant('bars' as const),
      title: text,
      unit: fc.constant('points'),
      rows: fc.array(fc.record({ label: text, value: count, limit: count, trend: fc.array(count, { maxLength: 8 }) }), {
        maxLength: 15,
      }),
    }),
    fc.record({
      kind: fc.constant('stacks' as const),
      title: text,
      rows: fc.array(
        fc.record({ label: text, parts: fc.array(fc.record({ label: text, value: count }), { maxLength: 5 }) }),
        { maxLength: 14 },
      ),
    }),
    fc.record({
      kind: fc.constant('timeline' as const),
      title: text,
      whole: text,
      part: text,
      points: fc.array(fc.record({ label: text, whole: count, part: count }), { maxLength: 14 }),
    }),
  );
}
