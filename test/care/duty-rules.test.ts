import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandPattern } from '../../src/care/duty/expand-pattern.ts';
import { compareRotas, findShift, gapsOf, layOutRota, type Shift } from '../../src/care/duty/rules.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const hour = 3_600_000;
const start = Date.parse('2026-11-23T00:00:00Z');
const at = (hours: number): Date => new Date(start + hours * hour);
const shift = (person: string, from: number, to: number, planned?: number): Shift => ({
  person,
  startsAt: at(from),
  endsAt: at(to),
  origin: planned === undefined ? 'pattern' : 'override',
  plannedAt: planned === undefined ? undefined : at(planned),
});
const anyShift = fc
  .record({
    person: fc.constantFrom('a', 'b', 'c'),
    from: fc.integer({ min: -10, max: 60 }),
    length: fc.integer({ min: 1, max: 30 }),
    planned: fc.option(fc.integer({ min: -100, max: 0 }), { nil: undefined }),
  })
  .map(({ person, from, length, planned }) => shift(person, from, from + length, planned));

describe('a rota', () => {
  it('follows the pattern, under what was planned later, the newest on top', () => {
    const shifts = [shift('jon', 0, 24), shift('maya', 6, 12, -3), shift('sara', 8, 10, -1), shift('dana', 9, 11, -2)];
    expect(layOutRota(shifts, at(0), at(24)).map(({ person, startsAt }) => [person, startsAt.getUTCHours()])).toEqual([
      ['jon', 0],
      ['maya', 6],
      ['sara', 8],
      ['dana', 10],
      ['maya', 11],
      ['jon', 12],
    ]);
  });

  it('names what nobody has', () => {
    const rota = layOutRota([shift('jon', 2, 5), shift('maya', 7, 9)], at(0), at(9));
    expect(gapsOf(rota).map(({ startsAt, endsAt }) => [startsAt.getUTCHours(), endsAt.getUTCHours()])).toEqual([
      [0, 2],
      [5, 7],
    ]);
  });

  it('covers every moment exactly once, and says of each what one look at it says', () => {
    fc.assert(
      fc.property(fc.array(anyShift, { maxLength: 8 }), fc.integer({ min: 0, max: 47 }), (shifts, when) => {
        const rota = layOutRota(shifts, at(0), at(48));
        expect(rota[0]?.startsAt).toEqual(at(0));
        expect(rota.at(-1)?.endsAt).toEqual(at(48));
        for (const [index, stretch] of rota.entries()) {
          expect(stretch.startsAt < stretch.endsAt).toBe(true);
          if (index > 0) expect(stretch.startsAt).toEqual(rota[index - 1]?.endsAt);
        }
        const moment = at(when + 0.5);
        const found = rota.filter(({ startsAt, endsAt }) => startsAt <= moment && moment < endsAt);
        expect(found.map(({ person }) => person)).toEqual([findShift(shifts, moment)?.person]);
      }),
      { numRuns: propertyRuns.grave },
    );
  });

  it('tells exactly those whose hours changed: what one gains another loses, or nobody had', () => {
    const hoursOf = (stretches: readonly { startsAt: Date; endsAt: Date }[]): number =>
      stretches.reduce((sum, one) => sum + (one.endsAt.getTime() - one.startsAt.getTime()) / hour, 0);
    fc.assert(
      fc.property(fc.array(anyShift, { maxLength: 6 }), anyShift, (shifts, added) => {
        const before = layOutRota(shifts, at(0), at(48));
        const after = layOutRota([...shifts, added], at(0), at(48));
        const changes = compareRotas(before, after);
        for (const person of ['a', 'b', 'c']) {
          const change = changes.get(person);
          const had = hoursOf(before.filter((one) => one.person === person));
          const has = hoursOf(after.filter((one) => one.person === person));
          expect(hoursOf(change?.gained ?? []) - hoursOf(change?.lost ?? [])).toBe(has - had);
        }
      }),
      { numRuns: propertyRuns.grave },
    );
  });
});

describe('a weekly pattern', () => {
  const nights = [{ weekday: 'sat', from: '18:00', to: '08:00', person: 'jon' }] as const;
  const nightOf = (from: string): number => {
    const begin = new Date(from);
    const [night] = expandPattern(nights, 'America/New_York', begin, new Date(begin.getTime() + 36 * hour));
    return night === undefined ? 0 : (night.endsAt.getTime() - night.startsAt.getTime()) / hour;
  };

  it('gives a night that ends the next morning, also seen from the middle of it', () => {
    expect(nightOf('2026-11-21T17:00:00Z')).toBe(14);
    expect(nightOf('2026-11-22T06:00:00Z')).toBe(14);
  });

  it('is longer by an hour when the clocks go back, and shorter when they go on', () => {
    expect(nightOf('2026-10-31T17:00:00Z')).toBe(15);
    expect(nightOf('2027-03-13T17:00:00Z')).toBe(13);
  });

  it('leaves no hole between a day and a night in any week of the year', () => {
    const always = (['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const).flatMap((weekday) => [
      { weekday, from: '08:00', to: '18:00', person: 'maya' },
      { weekday, from: '18:00', to: '08:00', person: 'jon' },
    ]);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 365 * 24 }),
        fc.constantFrom('America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'),
        (hours, zone) => {
          const from = at(hours);
          const to = new Date(from.getTime() + 72 * hour);
          expect(gapsOf(layOutRota(expandPattern(always, zone, from, to), from, to))).toEqual([]);
        },
      ),
      { numRuns: propertyRuns.grave },
    );
  });
});
