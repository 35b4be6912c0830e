import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetOf } from '../../src/delivery/budget.ts';
import { burst, bundleWith, type Waiting } from '../../src/delivery/bundle.ts';
import { courtesiesOf } from '../../src/delivery/courtesies.ts';
import { decideCourtesy, type Situation } from '../../src/delivery/decide-courtesy.ts';
import { saidBy, type Announcement } from '../../src/delivery/dedupe.ts';
import { createMute } from '../../src/delivery/mute.ts';
import { quietUntil, type PushHours } from '../../src/delivery/quiet-hours.ts';
import { priorities } from '../../src/delivery/states.ts';
import { waitsForTurn } from '../../src/delivery/throttle.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const now = new Date('2026-11-23T15:00:00Z');
const before = (seconds: number): Date => new Date(now.getTime() - seconds * 1_000);
const weekdays = new Set(['mon', 'tue', 'wed', 'thu', 'fri']);

describe('which courtesy applies to what', () => {
  it('none of them makes an escalation wait, share or vanish, whoever it is for', () => {
    for (const atOnce of [true, false]) {
      const courtesies = courtesiesOf({ priority: priorities.escalation, atOnce });
      expect(Object.values(courtesies)).toEqual([false, false, false, false, false, false]);
    }
  });

  it('what somebody waits for is never made to wait', () => {
    for (const priority of [priorities.answer, priorities.digest]) {
      expect(courtesiesOf({ priority, atOnce: true })).toMatchObject({ throttle: false, quietHours: false });
    }
  });

  it('news are bundled and digests are not', () => {
    expect(courtesiesOf({ priority: priorities.answer, atOnce: false }).bundle).toBe(true);
    expect(courtesiesOf({ priority: priorities.digest, atOnce: false }).bundle).toBe(false);
  });
});

describe('dedupe', () => {
  const one = (id: string, more: Partial<Announcement> = {}): Announcement => ({
    ...{ id, destination: 'person:maya', kind: 'notes.note', subject: 'one', series: null },
    ...{ untried: true, planned: false },
    ...more,
  });

  it('of several that wait for the same card at the same destination the first says it', () => {
    expect(saidBy(one('a'), [one('a'), one('b'), one('c')])).toEqual(['b', 'c']);
  });

  it.each([
    ['another destination', { destination: 'person:jon' }],
    ['another card', { kind: 'notes.other' }],
    ['another subject', { subject: 'two' }],
    ['one that may be out there', { untried: false }],
    ['a reminder planned for later', { planned: true }],
    ['one of a series, which replaces itself', { series: 's' }],
  ])('leaves %s alone', (_what, more) => {
    expect(saidBy(one('a'), [one('b', more)])).toEqual([]);
  });

  it('leaves series to themselves', () => {
    expect(saidBy(one('a', { series: 's' }), [one('b', { series: 's' }), one('c')])).toEqual([]);
  });
});

describe('throttle', () => {
  it('lets so many pushes go in a minute, and the next when the oldest of them is a minute old', () => {
    const pushes = [5, 40, 20].map(before);
    expect(waitsForTurn(pushes, 4, now)).toBeUndefined();
    expect(waitsForTurn(pushes, 3, now)).toEqual(new Date(before(40).getTime() + 60_000));
    expect(waitsForTurn([60, 61, 90].map(before), 3, now)).toBeUndefined();
  });

  it('never lets more than that go in any minute, however they come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        (gaps, perMinute) => {
          const sent: Date[] = [];
          let at = now.getTime();
          for (const gap of gaps) {
            at += gap;
            const wait = waitsForTurn(sent, perMinute, new Date(at));
            at = wait?.getTime() ?? at;
            sent.push(new Date(at));
          }
          for (const [index, { time }] of sent.map((one) => ({ time: one.getTime() })).entries()) {
            const later = sent[index + perMinute];
            if (later !== undefined) expect(later.getTime() - time).toBeGreaterThanOrEqual(60_000);
          }
        },
      ),
      { numRuns: propertyRuns.usual },
    );
  });
});

describe('bundle', () => {
  const waits = (line: string, held = false): Waiting => ({ id: `id of ${line}`, line, held });
  const told = (...seconds: number[]) => seconds.map((ago, index) => ({ line: `told ${index}`, at: before(ago) }));

  it('up to three things go one by one', () => {
    expect(bundleWith(waits('a'), [waits('b'), waits('c')], [], now)).toEqual({ is: 'alone' });
    expect(bundleWith(waits('a'), [], told(5, 6), now)).toEqual({ is: 'alone' });
  });

  it('four that wait go as one', () => {
    const bundling = bundleWith(
      waits('a'),
      ['b', 'c', 'd'].map((line) => waits(line)),
      [],
      now,
    );
    expect(bundling).toEqual({ is: 'bundle', with: ['id of b', 'id of c', 'id of d'] });
  });

  it('news of one thing are one thing', () => {
    const same = ['a', 'a', 'a'].map((line) => waits(line));
    expect(bundleWith(waits('a'), same, [], now)).toEqual({ is: 'alone' });
    expect(bundleWith(waits('a'), [], [...told(1, 2), { line: 'a', at: before(3) }], now)).toEqual({ is: 'alone' });
  });

  it('in the middle of a burst the next waits for the end of its half minute', () => {
    const bundling = bundleWith(waits('a'), [], told(20, 10, 5), now);
    expect(bundling).toEqual({ is: 'wait', until: new Date(before(20).getTime() + burst.milliseconds) });
    expect(bundleWith(waits('a'), [], told(30, 10, 5), now)).toEqual({ is: 'alone' });
  });

  it('what waited is folded from two on, and goes however much was told meanwhile', () => {
    expect(bundleWith(waits('a', true), [waits('b', true)], [], now)).toMatchObject({ is: 'bundle' });
    expect(bundleWith(waits('a', true), [], told(1, 2, 3, 4), now)).toEqual({ is: 'alone' });
  });

  it('a wait lies ahead, so that nothing waits for ever', () => {
    const lines = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const waiting = fc.record({ id: fc.uuid(), line: lines, held: fc.boolean() });
    const tellings = fc.array(fc.record({ line: lines, at: fc.integer({ min: 0, max: 60 }).map(before) }));
    fc.assert(
      fc.property(waiting, fc.array(waiting), tellings, (first, others, lately) => {
        const bundling = bundleWith(first, others, lately, now);
        if (bundling.is === 'wait') {
          expect(bundling.until > now).toBe(true);
          expect(first.held).toBe(false);
        }
        if (bundling.is === 'bundle') expect(bundling.with.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('quiet hours', () => {
  const hours = (more: Partial<PushHours> = {}): PushHours => ({
    ...{ zone: 'America/New_York', hours: undefined, usual: '07:00-20:00', workingDays: weekdays },
    closures: new Set(),
    ...more,
  });
  /** Monday is 23 November 2026; New York is five hours behind. */
  const at = (local: string): Date => new Date(`2026-11-${local}:00-05:00`);

  it.each([
    ['23T07:00', undefined],
    ['23T19:59', undefined],
    ['23T06:59', '23T07:00'],
    ['23T20:00', '24T07:00'],
    ['27T21:00', '30T07:00'],
    ['28T12:00', '30T07:00'],
  ])('at %s a person without hours of their own waits until %s', (local, until) => {
    expect(quietUntil(hours(), at(local))).toEqual(until === undefined ? undefined : at(until));
  });

  it('hours of their own go before the usual ones, and a day without is a day off', () => {
    const own = { mon: '08:00-16:30', wed: '12:00-20:00' };
    expect(quietUntil(hours({ hours: own }), at('23T07:30'))).toEqual(at('23T08:00'));
    expect(quietUntil(hours({ hours: own }), at('23T16:29'))).toBeUndefined();
    expect(quietUntil(hours({ hours: own }), at('23T16:30'))).toEqual(at('25T12:00'));
  });

  it('a closure of the team is quiet for everybody', () => {
    expect(quietUntil(hours({ closures: new Set(['2026-11-26', '2026-11-27']) }), at('26T10:00'))).toEqual(
      at('30T07:00'),
    );
  });

  it('is the time where the person is', () => {
    expect(quietUntil(hours({ zone: 'America/Los_Angeles' }), at('23T09:00'))).toEqual(at('23T10:00'));
  });

  it('whoever never works is told at once rather than never', () => {
    expect(quietUntil(hours({ hours: {} }), at('23T03:00'))).toBeUndefined();
  });

  it('a team that works round the clock has none', () => {
    expect(quietUntil(hours({ usual: 'always', hours: { mon: '08:00-16:30' } }), at('28T03:00'))).toBeUndefined();
  });

  it('ends on the wall clock on the nights it changes', () => {
    const everyDay = hours({ workingDays: new Set([...weekdays, 'sat', 'sun']) });
    expect(quietUntil(everyDay, new Date('2026-11-01T05:30:00Z'))).toEqual(new Date('2026-11-01T12:00:00Z'));
    expect(quietUntil(everyDay, new Date('2027-03-14T06:30:00Z'))).toEqual(new Date('2027-03-14T11:00:00Z'));
  });

  it('every wait ends at a moment that is not quiet, and not before now', () => {
    const spans = fc.constantFrom(undefined, '00:00-23:59', '08:00-16:30', '12:00-20:00');
    const zones = fc.constantFrom('America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC', 'Asia/Kolkata');
    const moments = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2028-01-01') });
    fc.assert(
      fc.property(moments, zones, spans, spans, (moment, zone, mon, thu) => {
        const works = { ...(mon && { mon }), ...(thu && { thu }) };
        const some = hours({ zone, hours: mon === undefined && thu === undefined ? undefined : works });
        const until = quietUntil(some, new Date(moment));
        if (until === undefined) return;
        expect(until.getTime()).toBeGreaterThan(moment);
        expect(quietUntil(some, until)).toBeUndefined();
      }),
      { numRuns: propertyRuns.usual },
    );
  });
});

describe('all of them together', () => {
  const hours: PushHours = {
    ...{ zone: 'UTC', hours: undefined, usual: '07:00-20:00', workingDays: weekdays, closures: new Set<string>() },
  };
  const first = { id: 'x', line: 'x', held: false };
  const budget = budgetOf(hours, 20, undefined, now);
  const quiet: Situation = { hours, perMinute: 6, budget, told: [], waiting: [] };
  const answer = courtesiesOf({ priority: priorities.answer, atOnce: false });

  it('goes when nothing speaks against it', () => {
    expect(decideCourtesy(answer, first, quiet, now)).toEqual({ is: 'go' });
  });

  it('says why it waits', () => {
    const night = new Date('2026-11-23T22:00:00Z');
    expect(decideCourtesy(answer, first, quiet, night)).toMatchObject({ is: 'wait', reason: 'quiet_hours' });
    const pushes = [1, 2, 3, 4, 5, 6].map((ago) => ({ line: 'a', at: before(ago), message: `${ago}` }));
    expect(decideCourtesy(answer, first, { ...quiet, told: pushes }, now)).toMatchObject({ reason: 'throttled' });
    const things = [1, 2, 3].map((ago) => ({ line: `${ago}`, at: before(ago), message: `${ago}` }));
    expect(decideCourtesy(answer, first, { ...quiet, told: things }, now)).toMatchObject({ reason: 'burst' });
  });

  it('several that went out as one message were one push', () => {
    const told = [1, 2, 3, 4, 5, 6, 7, 8].map((line) => ({ line: 'a', at: before(40), message: line > 3 ? 'b' : 'a' }));
    expect(decideCourtesy(answer, first, { ...quiet, told }, now)).toEqual({ is: 'go' });
  });
});

describe('mute', () => {
  const post = { key: 'k', kind: 'notes.note', subject: 'one', priority: 'answer' } as const;

  it('keeps what is news, and says at the end for whom and how much', () => {
    const mute = createMute();
    expect(mute.keeps({ ...post, to: { person: 'maya' } })).toBe(true);
    expect(mute.keeps({ ...post, to: { person: 'maya' }, key: 'again' })).toBe(true);
    expect(mute.keeps({ ...post, to: { person: 'maya' }, subject: 'two' })).toBe(true);
    expect(mute.keeps({ ...post, to: { team: 'east' } })).toBe(true);
    expect(mute.kept()).toEqual([
      { to: { person: 'maya' }, things: 2 },
      { to: { team: 'east' }, things: 1 },
    ]);
  });

  it('keeps no escalation, and nothing somebody waits for', () => {
    const mute = createMute();
    expect(mute.keeps({ ...post, to: { person: 'maya' }, priority: 'escalation' })).toBe(false);
    expect(mute.keeps({ ...post, to: { person: 'maya' }, atOnce: true })).toBe(false);
    expect(mute.kept()).toEqual([]);
  });
});
