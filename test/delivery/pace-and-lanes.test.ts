import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Claimed } from '../../src/delivery/claim.ts';
import { createLanes } from '../../src/delivery/lanes.ts';
import { createPace, platformPace } from '../../src/delivery/pace.ts';
import { chooseWay } from '../../src/delivery/resolve-destination.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

describe('the pace of one place', () => {
  it('is one message a second on Slack, and another channel does not wait', () => {
    const pace = createPace(platformPace, () => new Date(0));
    expect([1, 2, 3].map(() => pace.reserve('slack', 'C1'))).toEqual([0, 1_000, 2_000]);
    expect(pace.reserve('slack', 'C2')).toBe(0);
  });

  it('never exceeds any of the windows of Teams, however messages come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 80, maxLength: 200 }), (gaps) => {
        let now = 0;
        const pace = createPace(platformPace, () => new Date(now));
        const turns = gaps.map((gap) => {
          now += gap;
          return now + pace.reserve('teams', 'a');
        });
        for (const { messages, milliseconds } of platformPace.teams) {
          for (let at = messages; at < turns.length; at += 1) {
            expect((turns[at] ?? 0) - (turns[at - messages] ?? 0)).toBeGreaterThanOrEqual(milliseconds);
          }
        }
      }),
      { numRuns: propertyRuns.usual },
    );
  });
});

const claim = (id: string, given: Partial<Claimed> = {}): Claimed => ({
  organisation: 'riverside',
  id,
  post: id,
  holder: 'h',
  attempts: 1,
  priority: 1,
  was: 'pending',
  key: id,
  audience: 'team',
  destination: 'east',
  kind: 'notes.note',
  subject: id,
  series: null,
  under: null,
  platform: null,
  workspace: 'rs-slack',
  place: 'C1',
  messageId: null,
  shown: null,
  nextAt: new Date(0),
  createdAt: new Date(0),
  line: 'team:east/a@C1',
  atOnce: false,
  reason: null,
  bundle: null,
  correlation: null,
  ...given,
});

describe('lanes', () => {
  it('keep the order within a place, and no more than their depth', () => {
    const lanes = createLanes(2);
    expect(['a', 'b', 'c'].map((id) => lanes.add(claim(id), 0))).toEqual([true, true, false]);
    const lane = lanes.take() ?? '';
    expect(lanes.take()).toBeUndefined();
    expect([lanes.next(lane)?.claimed.id, lanes.next(lane)?.claimed.id, lanes.next(lane)]).toEqual([
      'a',
      'b',
      undefined,
    ]);
    expect(lanes.names()).toEqual([]);
  });

  it('serve the most urgent first', () => {
    const lanes = createLanes(5);
    lanes.add(claim('digest', { place: 'C1', priority: 3 }), 0);
    lanes.add(claim('escalation', { place: 'C2', priority: 0 }), 0);
    expect(lanes.take()).toBe('riverside/rs-slack/C2');
  });

  it('give back what nobody began', () => {
    const lanes = createLanes(5);
    lanes.add(claim('a', { place: 'C1' }), 0);
    lanes.add(claim('b', { place: 'C2' }), 0);
    const served = lanes.take() ?? '';
    expect(lanes.drop().map(({ id }) => id)).toEqual(['b']);
    expect(lanes.names()).toEqual([served]);
    expect(lanes.drop(served).map(({ id }) => id)).toEqual(['a']);
  });
});

describe('the way to a person', () => {
  const ways = [{ workspace: 'a' }, { workspace: 'b' }];
  it('is the first, then the one it began with', () => {
    expect(chooseWay(ways, null)).toEqual({ way: ways[0], other: ways[1] });
    expect(chooseWay(ways, 'b')).toEqual({ way: ways[1], other: ways[0] });
    expect(chooseWay(ways, 'gone')).toEqual({ way: ways[0], other: ways[1] });
    expect(chooseWay([], 'a')).toBeUndefined();
  });
  it('never leads back to who refused the message', () => {
    expect(chooseWay(ways, 'b', ['a'])).toEqual({ way: ways[1], other: undefined });
    expect(chooseWay(ways, null, ['a'])).toEqual({ way: ways[1], other: undefined });
    expect(chooseWay(ways, 'b', ['a', 'b'])).toEqual({ way: ways[1], other: undefined });
    expect(chooseWay(ways, null, ['a', 'b'])).toEqual({ way: ways[0], other: undefined });
  });
});
