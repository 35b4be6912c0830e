import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLadders, freeze, holdFrom, nextMoment } from '../../src/care/escalations/ladder.ts';
import {
  actNames,
  canAct,
  type EscalationAct,
  escalationActs,
  type EscalationState,
  mayAct,
  openStates,
  stateAfter,
  stopsPagers,
  wakesAt,
} from '../../src/care/escalations/rules.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const minute = 60_000;
const people = ['maya', 'jon', 'dana', 'raiser'] as const;

describe('what can be done with an escalation', () => {
  it('is written down a second time: from which states, by whom', () => {
    expect(
      Object.fromEntries(actNames.map((act) => [act, [escalationActs[act].from.join(' '), escalationActs[act].by]])),
    ).toEqual({
      acknowledge: ['raised', 'answerer'],
      'second-acknowledge': ['raised', 'answerer'],
      hold: ['raised', 'raiser'],
      'take-over': ['acknowledged', 'answerer'],
      keep: ['acknowledged', 'answerer'],
      'add-note': ['raised acknowledged', 'raiser-too'],
      'escalate-further': ['raised acknowledged', 'answerer'],
      resolve: ['raised acknowledged', 'answerer'],
      reopen: ['resolved', 'raiser-too'],
    });
  });

  it('is nothing for somebody who neither answers escalations nor raised this one', () => {
    for (const act of actNames) expect(mayAct(act, { answers: false, raised: false })).toBe(false);
  });
});

/** An escalation, as far as rules know it. */
interface Model {
  state: EscalationState;
  acknowledgedBy: string | undefined;
  secondBy: string | undefined;
  owner: string;
  step: number;
  now: number;
  nextAt: Date;
  remindAt: Date | undefined;
  expiresAt: Date | undefined;
}

describe('whether pagers may stop ringing', () => {
  it('follows from somebody having it or having ended it, and from nothing else', () => {
    const stopping = actNames.filter((act) => stopsPagers(act, 'acknowledged'));
    expect(stopping.toSorted()).toEqual(['acknowledge', 'keep', 'resolve', 'second-acknowledge', 'take-over']);
    expect(stopsPagers('resolve', 'resolved')).toBe(true);
    // The first of two who are needed; a step of the ladder; a run that begins anew.
    expect(actNames.filter((act) => stopsPagers(act, 'raised'))).toEqual([]);
    for (const act of ['step', 'acknowledgement-reminder', 'add', 'hand-over']) {
      expect(stopsPagers(act, 'acknowledged')).toBe(false);
    }
  });
});

describe('any sequence of acts and of time', () => {
  const moves = fc.array(
    fc.oneof(
      fc.record({ act: fc.constantFrom(...actNames), by: fc.constantFrom(...people) }),
      fc.record({ minutes: fc.integer({ min: 1, max: 90 }) }),
    ),
    { maxLength: 40 },
  );

  it('climbs only while nobody has it, step by step; wakes for exactly one thing while it is open; two are two', () => {
    fc.assert(
      fc.property(moves, fc.boolean(), (steps, needsTwo) => {
        const begin = new Date('2026-11-23T19:20:00Z');
        const day = (after: Date, count: number): Date => new Date(after.getTime() + count * 1_440 * minute);
        let frozen = freeze({ ...defaultLadders.crisis, needsTwo }, 1, begin, day);
        const model: Model = {
          ...{ state: 'raised', acknowledgedBy: undefined, secondBy: undefined, owner: 'maya', step: 1 },
          ...{ now: begin.getTime(), nextAt: new Date(frozen.at[1] ?? ''), remindAt: undefined, expiresAt: undefined },
        };
        for (const move of steps) {
          if ('act' in move) act(model, move.act, move.by, needsTwo);
          else pass(model, move.minutes);
          const { step, expiry } = wakesAt(model);
          expect([step, expiry].filter((at) => at !== undefined)).toHaveLength(
            openStates.includes(model.state) ? 1 : 0,
          );
          expect(model.state === 'acknowledged').toBe(expiry !== undefined);
          if (model.state === 'acknowledged' && needsTwo) {
            expect(model.secondBy).toBeDefined();
            expect(model.secondBy).not.toBe(model.acknowledgedBy);
          }
          expect(people).toContain(model.owner);
        }

        function act(on: Model, name: EscalationAct, by: string, two: boolean): void {
          const hand = { person: by, answers: by !== 'raiser', raised: by === 'raiser' };
          const standing = { ...on, needsTwo: two };
          if (!canAct(name, standing, hand)) return;
          const state = stateAfter(name, standing);
          const now = new Date(on.now);
          if (name === 'acknowledge' || name === 'take-over') Object.assign(on, { acknowledgedBy: by, owner: by });
          if (name === 'second-acknowledge') on.secondBy = by;
          if (name === 'take-over' && on.secondBy === by)
            Object.assign(on, { secondBy: 'dana' === by ? 'jon' : 'dana' });
          if (name === 'reopen') {
            frozen = freeze(defaultLadders.crisis, frozen.run + 1, now, day);
            Object.assign(on, { acknowledgedBy: undefined, secondBy: undefined, step: 1 });
            on.nextAt = nextMoment(frozen, 1, now, day);
          }
          if (name === 'escalate-further') climb(on);
          on.state = state;
          Object.assign(
            on,
            state === 'acknowledged' ? holdFrom(now, frozen) : { remindAt: undefined, expiresAt: undefined },
          );
        }
        function climb(on: Model): void {
          on.step += 1;
          on.nextAt = nextMoment(frozen, on.step, new Date(on.now), day);
        }
        function pass(on: Model, minutes: number): void {
          const [before, was] = [on.step, on.state];
          on.now += minutes * minute;
          while (on.state === 'raised' && on.nextAt.getTime() <= on.now) climb(on);
          expect(on.step).toBeGreaterThanOrEqual(before);
          if (was !== 'raised') expect(on.step).toBe(before);
        }
      }),
      { numRuns: propertyRuns.grave },
    );
  });
});
