import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  can,
  canNote,
  limitOf,
  needsReason,
  openStates,
  referralNotes,
  referralStates,
  referralSteps,
  sidesOf,
  stepNames,
  whoActsNext,
  type Loop,
  type ReferralState,
  type ReferralStep,
  type Side,
  type Start,
} from '../../src/care/referrals/rules.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

/** The guide's state diagram, as it was read from its source. */
const vector = z
  .object({
    edges: z.array(z.tuple([z.string(), z.string()])),
    reasonTextRequired: z.array(z.string()),
    setBy: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync(new URL('../fixtures/referral-transitions.json', import.meta.url), 'utf8')));

const starts: readonly (ReferralState | Start)[] = ['(start)', ...referralStates];
const bothSides: readonly Side[] = ['requester', 'target'];
const edge = (from: string, to: string): string => `${from} > ${to}`;

/** Every edge the table allows to anybody. */
const allowed = new Set(
  stepNames.flatMap((step) =>
    starts
      .filter((from) => bothSides.some((side) => can(step, from, side)))
      .map((from) => edge(from, referralSteps[step].to)),
  ),
);
/** What the guide says, `*` written out, and our own endings: the loop closes from every ending. */
const expected = new Set([
  ...vector.edges.flatMap(([from, to]) =>
    from === '*'
      ? referralStates.filter((state) => state !== 'entered-in-error').map((state) => edge(state, to))
      : [edge(from, to)],
  ),
  ...['completed', 'rejected', 'failed', 'cancelled'].map((from) => edge(from, 'closed')),
]);

const aLoop = (more: Partial<Loop> = {}): Loop => ({
  state: 'requested',
  urgency: 'routine',
  requester: 'maya',
  receiver: 'jon',
  toKind: 'person',
  questionWaits: false,
  lastSide: 'requester',
  dueAt: undefined,
  ...more,
});

describe('the loop of a referral', () => {
  it('allows every edge of the guide, closing from every ending, and nothing else', () => {
    expect([...allowed].sort()).toEqual([...expected].sort());
  });

  it('lets only the side the guide names set a status', () => {
    for (const step of stepNames) {
      const { to } = referralSteps[step];
      const by = to === 'closed' ? 'requester' : vector.setBy[to];
      for (const side of bothSides) {
        const may = referralStates.some((from) => can(step, from, side)) || can(step, '(start)', side);
        expect(may, `${side} ${step}`).toBe(by === 'either' || by === side);
      }
    }
  });

  it('asks for a reason exactly where the guide says a status has one', () => {
    const reasoned = new Set(stepNames.filter(needsReason).map((step) => referralSteps[step].to));
    expect([...reasoned].sort()).toEqual([...vector.reasonTextRequired].sort());
  });

  it('notes things only inside a state, and a question only of the receiving side', () => {
    expect(canNote('ask', 'requested', 'target')).toBe(true);
    expect(canNote('ask', 'requested', 'requester')).toBe(false);
    expect(canNote('tell', 'closed', 'requester')).toBe(false);
    for (const note of Object.keys(referralNotes)) expect(stepNames).not.toContain(note);
  });
});

const everyTry = stepNames.flatMap((step) => bothSides.map((side) => ({ step, side })));

/** What people do: now and then anything at all, else one of the steps their side may take now. */
const attempts = fc.array(fc.record({ pick: fc.nat(), blindly: fc.boolean() }), { minLength: 1, maxLength: 40 });

/** Walks the table; steps it refuses change nothing. */
function walk(tries: readonly { pick: number; blindly: boolean }[]): (ReferralState | Start)[] {
  const path: (ReferralState | Start)[] = ['(start)'];
  for (const { pick, blindly } of tries) {
    const state = path.at(-1) ?? '(start)';
    const open = everyTry.filter(({ step, side }) => can(step, state, side));
    const among = blindly || open.length === 0 ? everyTry : open;
    const tried: { step: ReferralStep; side: Side } | undefined = among[pick % among.length];
    if (tried !== undefined && can(tried.step, state, tried.side)) path.push(referralSteps[tried.step].to);
  }
  return path;
}

const reachable = (from: ReferralState | Start): ReadonlySet<string> => {
  const seen = new Set<string>([from]);
  for (const state of seen) {
    for (const step of stepNames) {
      const open = bothSides.some((side) => can(step, state as ReferralState, side));
      if (open) seen.add(referralSteps[step].to);
    }
  }
  return seen;
};

describe('every walk through it', () => {
  it('takes allowed edges only, and never skips one', () => {
    fc.assert(
      fc.property(attempts, (tries) => {
        const path = walk(tries);
        path.slice(1).forEach((state, index) => expect(expected).toContain(edge(path[index] ?? '', state)));
        const at = (state: string): number => path.indexOf(state as ReferralState);
        if (at('accepted') > 0) expect(at('requested')).toBeLessThan(at('accepted'));
        if (at('completed') > 0) expect(path.slice(0, at('completed'))).toContain('accepted');
        if (at('closed') > 0) {
          const endings = ['completed', 'rejected', 'failed', 'cancelled'];
          expect(endings).toContain(path[at('closed') - 1]);
        }
      }),
      { numRuns: propertyRuns.grave },
    );
  });

  it('can always still be closed, unless it was entered in error', () => {
    fc.assert(
      fc.property(attempts, (tries) => {
        const state = walk(tries).at(-1) ?? '(start)';
        expect(reachable(state).has('closed')).toBe(state !== 'entered-in-error');
      }),
      { numRuns: propertyRuns.grave },
    );
  });

  it('names exactly one side that acts next until it is finished, and that side can act', () => {
    fc.assert(
      fc.property(attempts, fc.boolean(), fc.constantFrom<Side>('requester', 'target'), (tries, asks, lastSide) => {
        const state = walk(tries).at(-1);
        if (state === undefined || state === '(start)' || state === 'draft') return;
        const questionWaits = asks && openStates.includes(state);
        const turn = whoActsNext(aLoop({ state, questionWaits, lastSide }));
        const finished =
          state === 'closed' || state === 'entered-in-error' || (state === 'cancelled' && lastSide === 'requester');
        expect(turn === undefined).toBe(finished);
        if (turn === undefined) return;
        expect(turn.person).toBe(turn.side === 'requester' ? 'maya' : 'jon');
        const acts = questionWaits
          ? canNote('tell', state, turn.side)
          : stepNames.some((step) => step !== 'enter-in-error' && can(step, state, turn.side));
        expect(acts).toBe(true);
      }),
      { numRuns: propertyRuns.grave },
    );
  });
});

describe('whose turn it is', () => {
  it('is the requester’s while a question waits, and the receiver’s again after it', () => {
    expect(whoActsNext(aLoop({ questionWaits: true }))).toMatchObject({ person: 'maya', task: 'answer-question' });
    expect(whoActsNext(aLoop())).toMatchObject({ person: 'jon', task: 'answer-request' });
  });

  it('is nobody’s by name while a team has not taken it', () => {
    expect(whoActsNext(aLoop({ receiver: undefined, toKind: 'team' }))).toEqual({
      side: 'target',
      person: undefined,
      task: 'answer-request',
      by: undefined,
    });
  });

  it('has its time: 4 hours, 1 or 3 working days to answer, 1, 2 or 7 days to begin, 14 days to say what came of it', () => {
    expect(limitOf('crisis', 'answer-request')).toEqual({ hours: 4 });
    expect(limitOf('urgent', 'answer-request')).toEqual({ workingDays: 1 });
    expect(limitOf('routine', 'answer-request')).toEqual({ workingDays: 3 });
    expect(limitOf('crisis', 'first-contact')).toEqual({ days: 1 });
    expect(limitOf('urgent', 'first-contact')).toEqual({ days: 2 });
    expect(limitOf('routine', 'first-contact')).toEqual({ days: 7 });
    expect(limitOf('crisis', 'tell-outcome')).toEqual({ days: 14 });
  });
});

describe('the sides of a referral', () => {
  const team = { requester: 'maya', receiver: undefined, toKind: 'team', toTeam: 'east' } as const;
  it('are the requester and the one person asked', () => {
    const loop = { ...aLoop(), toTeam: undefined };
    expect(sidesOf(loop, { person: 'maya', team: 'east' })).toEqual(['requester']);
    expect(sidesOf(loop, { person: 'jon', team: 'east' })).toEqual(['target']);
    expect(sidesOf(loop, { person: 'sara', team: 'east' })).toEqual([]);
  });

  it('are everybody of an asked team but the requester, until one of them takes it', () => {
    expect(sidesOf(team, { person: 'jon', team: 'east' })).toEqual(['target']);
    expect(sidesOf(team, { person: 'maya', team: 'east' })).toEqual(['requester']);
    expect(sidesOf(team, { person: 'keisha', team: 'west' })).toEqual([]);
    expect(sidesOf({ ...team, receiver: 'jon' }, { person: 'sara', team: 'east' })).toEqual([]);
  });

  it('are both with who tracks a partner by hand', () => {
    const loop = { requester: 'maya', receiver: 'maya', toKind: 'partner', toTeam: undefined } as const;
    expect(sidesOf(loop, { person: 'maya', team: 'east' })).toEqual(['requester', 'target']);
  });
});
