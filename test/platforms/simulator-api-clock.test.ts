import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDuration, untilLandmark } from '../../src/simulator/push-clock.ts';
import { startSimulator, type Running } from './simulator-api-service.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const HOUR = 3_600_000;
const after = (landmark: 'next-morning' | 'next-monday', now: string, zone = 'America/New_York'): string =>
  new Date(Date.parse(now) + untilLandmark(landmark, new Date(now), zone)).toISOString();

describe('a duration', () => {
  it.each([
    ['PT24H', 24 * HOUR],
    ['P1D', 24 * HOUR],
    ['P2W', 14 * 24 * HOUR],
    ['PT90M', 1.5 * HOUR],
    ['P1DT1H1M1S', 25 * HOUR + 61_000],
  ])('%s is %i milliseconds', (text, expected) => expect(readDuration(text)).toBe(expected));

  it.each([
    '',
    'P',
    'PT',
    'P1DT',
    '24H',
    'PT-1H',
    '-PT1H',
    'PT1.5H',
    'P1M',
    'P1Y',
    'PT0S',
    'P367D',
    'pt1h',
    'PT1H ',
    'PT١H',
  ])('%j is refused', (text) => expect(readDuration(text)).toBeUndefined());

  it('is the sum of its parts, and never throws', () => {
    const part = fc.integer({ min: 0, max: 90 });
    fc.assert(
      fc.property(part, part, part, part, (d, h, m, s) => {
        const sum = d * 24 * HOUR + h * HOUR + m * 60_000 + s * 1000;
        expect(readDuration(`P${d}DT${h}H${m}M${s}S`)).toBe(sum === 0 ? undefined : sum);
      }),
      { numRuns: propertyRuns.usual },
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readDuration(text);
        expect(read === undefined || read > 0).toBe(true);
      }),
      { numRuns: propertyRuns.usual },
    );
  });
});

describe('a landmark', () => {
  it('is half past eight by the clock on the wall there', () => {
    expect(after('next-morning', '2026-11-22T14:00:00Z')).toBe('2026-11-23T13:30:00.000Z');
    expect(after('next-morning', '2026-11-23T13:29:59Z')).toBe('2026-11-23T13:30:00.000Z');
    expect(after('next-morning', '2026-11-23T13:30:00Z')).toBe('2026-11-24T13:30:00.000Z');
    expect(after('next-morning', '2026-11-22T14:00:00Z', 'America/Los_Angeles')).toBe('2026-11-22T16:30:00.000Z');
  });
  it('keeps that time over a change of the clocks', () => {
    expect(after('next-morning', '2027-03-13T14:00:00Z')).toBe('2027-03-14T12:30:00.000Z');
    expect(after('next-morning', '2026-10-31T14:00:00Z')).toBe('2026-11-01T13:30:00.000Z');
  });
  it('is a Monday after now', () => {
    expect(after('next-monday', '2026-11-22T14:00:00Z')).toBe('2026-11-23T13:30:00.000Z');
    expect(after('next-monday', '2026-11-23T14:00:00Z')).toBe('2026-11-30T13:30:00.000Z');
  });
});

describe('pushing the clock', () => {
  let running: Running;
  beforeAll(async () => {
    running = await startSimulator();
  });
  afterAll(() => running.close());

  it('moves the product’s time and runs the tick before it answers', async () => {
    const pushed = await running.post('clock', { advance: 'PT24H' });
    expect(pushed).toEqual({ status: 200, body: { now: '2026-11-23T14:00:00.000Z', zone: 'America/New_York' } });
    expect(running.ticks).toEqual([new Date('2026-11-23T14:00:00Z')]);
    expect((await running.post('clock', { to: 'next-monday' })).body.now).toBe('2026-11-30T13:30:00.000Z');
    expect((await running.get('state')).body.clock.now).toBe('2026-11-30T13:30:00.000Z');
  });
  it('keeps signatures valid: they go by the wall', async () => {
    await running.post('clock', { advance: 'P30D' });
    const sent = await running.post('slack/command', { user: 'maya', text: 'next' });
    expect(sent.body.status).toBe(200);
  });
  it.each([
    [{ advance: 'tomorrow' }],
    [{ advance: 24 }],
    [{ to: 'next-year' }],
    [{}],
    [{ advance: 'PT1H', to: 'next-monday' }],
  ])('refuses %j in a sentence and stays where it is', async (body) => {
    const before = running.clock.now();
    const refused = await running.post('clock', body);
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatch(/PT/);
    expect(running.clock.now()).toEqual(before);
  });
});
