import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agendaSections, type AgendaItem } from '../../src/feature/agenda.ts';
import { arrangeAgenda, type AgendaLine } from '../../src/care/huddles/arrange-agenda.ts';

const tiers = ['high', 'medium', 'low', 'maintenance'] as const;
const item: fc.Arbitrary<AgendaItem> = fc
  .record({
    number: fc.integer({ min: 0, max: 9 }),
    noun: fc.constantFrom('escalation', 'client', 'referral', 'discussion'),
    who: fc.constantFrom('client', 'person', 'nobody'),
    section: fc.constantFrom(...agendaSections),
    reason: fc.constantFrom('one', 'two', 'three'),
    day: fc.integer({ min: 10, max: 28 }),
    tier: fc.option(fc.constantFrom(...tiers), { nil: undefined }),
  })
  .map(({ number, noun, who, section, reason, day, tier }) => ({
    id: `${noun}:${number}`,
    section,
    ...(who === 'client' ? { client: { id: `id-${number}`, code: `C${number}` } } : {}),
    ...(who === 'person' ? { person: `person-${number}` } : {}),
    reason,
    since: `2026-11-${day}`,
    ...(tier === undefined ? {} : { tier }),
  }));
const items = fc.array(item, { maxLength: 60 });
const subjectOf = (one: AgendaItem): string => one.client?.id ?? one.person ?? one.id;
const rank = (line: AgendaLine): number => agendaSections.indexOf(line.section);

describe('an agenda', () => {
  it('goes through the sections in the order of the case review', () => {
    expect(agendaSections).toEqual([
      'safety',
      'new',
      'not-improving',
      'no-contact',
      'discussion',
      'open-loop',
      'capacity',
      'expiring',
    ]);
    fc.assert(
      fc.property(items, (given) => {
        const ranks = arrangeAgenda(given).map(rank);
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      }),
    );
  });

  it('names everybody once, leaves nobody out, and puts them into their first section', () => {
    fc.assert(
      fc.property(items, (given) => {
        const lines = arrangeAgenda(given);
        expect(new Set(lines.map(subjectOf)).size).toBe(lines.length);
        expect(new Set(lines.map(subjectOf))).toEqual(new Set(given.map(subjectOf)));
        for (const line of lines) {
          const own = given.filter((one) => subjectOf(one) === subjectOf(line));
          const first = Math.min(...own.map(({ section }) => agendaSections.indexOf(section)));
          expect(rank(line)).toBe(first);
        }
      }),
    );
  });

  it('keeps every further reason, each once', () => {
    fc.assert(
      fc.property(items, (given) => {
        for (const line of arrangeAgenda(given)) {
          const said = [line, ...line.others].map(({ section, reason }) => `${section} ${reason}`);
          const wanted = given
            .filter((one) => subjectOf(one) === subjectOf(line))
            .map(({ section, reason }) => `${section} ${reason}`);
          expect([...said].sort()).toEqual([...new Set(wanted)].sort());
        }
      }),
    );
  });

  it('has the higher tier first in a section, then who waits longest', () => {
    fc.assert(
      fc.property(items, (given) => {
        const lines = arrangeAgenda(given);
        const tierOf = ({ tier }: AgendaLine): number => {
          const known = tiers.findIndex((one) => one === tier);
          return known < 0 ? tiers.length : known;
        };
        lines.forEach((line, index) => {
          const next = lines[index + 1];
          if (next === undefined || next.section !== line.section) return;
          expect(tierOf(line)).toBeLessThanOrEqual(tierOf(next));
          if (tierOf(line) === tierOf(next)) expect(line.since <= next.since).toBe(true);
        });
      }),
    );
  });

  it('does not depend on the order in which nouns contribute', () => {
    fc.assert(
      fc.property(
        items.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length }))),
        ([given, shuffled]) => {
          expect(arrangeAgenda(shuffled).map(subjectOf)).toEqual(arrangeAgenda(given).map(subjectOf));
        },
      ),
    );
  });
});
