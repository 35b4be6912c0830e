import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdingOf, tieOf, type Opening } from '../../src/care/escalations/standing.ts';
import { describeOpening } from '../../src/care/escalations/standing-words.ts';
import { compareAttention, severities, type Attention } from '../../src/feature/attention-order.ts';

const now = new Date('2026-11-22T16:30:00Z');
const tiers = ['high', 'medium', 'low', 'maintenance'] as const;
const thing: fc.Arbitrary<Attention> = fc
  .record({
    id: fc.uuid(),
    code: fc.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]$/),
    tier: fc.constantFrom(...tiers),
    dueOn: fc.constantFrom('2026-11-19', '2026-11-20', '2026-11-22'),
    clinical: fc.boolean(),
    open: fc.option(
      fc.record({
        severity: fc.constantFrom(...severities),
        since: fc.nat({ max: 5 }).map((minutes) => new Date(minutes * 60_000)),
      }),
    ),
  })
  .map(({ open, ...rest }) => ({ ...rest, ...open }));

describe('the one order of all that waits', () => {
  it('is an order: nothing depends on how things came in', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(thing, { selector: ({ id }) => id, maxLength: 30 })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const sorted = [...all].sort(compareAttention);
          expect([...shuffled].sort(compareAttention)).toEqual(sorted);
          const ranks = sorted.map(({ severity }) => (severity === undefined ? 3 : severities.indexOf(severity)));
          expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
        },
      ),
    );
  });

  it('is severity, clinical clocks, tier, the longer wait, in this turn', () => {
    const plain: Attention = { id: 'z', code: 'Z', tier: 'low', dueOn: '2026-11-22' };
    const inTurn: readonly Attention[] = [
      { ...plain, severity: 'crisis', since: new Date(9), clinical: true },
      { ...plain, severity: 'urgent', since: new Date(1), clinical: true, tier: 'high' },
      { ...plain, severity: 'urgent', since: new Date(2), clinical: true, tier: 'high' },
      { ...plain, severity: 'concern', since: new Date(0), clinical: true, tier: 'high' },
      // A stand-in for clocks that come with their nouns: 24 h after discharge, item 9 unknown, 72 h after a crisis.
      { ...plain, clinical: true },
      { ...plain, tier: 'high' },
      { ...plain, tier: 'medium', dueOn: '2026-11-20' },
      { ...plain, tier: 'medium', dueOn: '2026-11-21' },
      plain,
      { ...plain, tier: 'unheard-of' },
    ];
    expect([...inTurn].reverse().sort(compareAttention)).toEqual(inTurn);
  });
});

const named = (id: string): { id: string; name: string } => ({ id, name: id });
const opening: Opening = {
  ...{
    id: 'e',
    team: 'east',
    severity: 'crisis',
    state: 'raised',
    step: 1,
    unknownCode: undefined,
    needsTwo: false,
    late: false,
    version: 1,
  },
  client: { id: 'c', code: 'K7T2-9', tier: 'low', coordinator: 'maya' },
  ...{ raisedAt: new Date('2026-11-22T16:18:00Z'), raisedBy: 'maya', nextAt: now, owner: named('jon') },
  ...{ taken: undefined, expiresAt: undefined, lapsed: undefined, inHandOf: undefined, told: ['jon', 'dana'] },
};
const dana = { by: named('dana'), second: undefined };
const held: Opening = {
  ...opening,
  state: 'acknowledged',
  owner: named('dana'),
  taken: dana,
  expiresAt: new Date(now.getTime() + 1),
};
const say = (one: Opening, person = 'somebody'): string =>
  describeOpening(one, { now, zone: 'America/New_York', person });

describe('who has an open escalation', () => {
  it('is said with its age, to each as it concerns them', () => {
    expect(say(opening)).toBe('CRISIS · open 12 min · nobody has it');
    expect(say({ ...held, severity: 'urgent' })).toBe('urgent · open 12 min · dana has it');
    expect(say(held, 'dana')).toBe('CRISIS · open 12 min · you have it');
    expect(say({ ...opening, needsTwo: true, taken: dana })).toBe(
      'CRISIS · open 12 min · dana has it, a second person is needed',
    );
  });

  it('is nobody, as soon as what the raiser has in hand is over', () => {
    const inHand = { ...opening, inHandOf: named('maya'), nextAt: new Date(now.getTime() + 60_000) };
    expect(say(inHand)).toMatch(/maya is holding it until .* · not taken$/);
    expect(say({ ...inHand, nextAt: now })).toBe('CRISIS · open 12 min · nobody has it');
  });

  it('is nobody once a hold has ended: at that very moment, noticed or not', () => {
    const ended = { ...held, expiresAt: now };
    expect(holdingOf(held, now).is).toBe('held');
    expect(say(ended)).toBe('CRISIS · open 12 min · lapsed: dana’s hold ended 11:30, nobody has it');
    expect(say({ ...opening, lapsed: { had: [named('dana')], at: new Date('2026-11-22T16:10:00Z') } }, 'dana')).toBe(
      'CRISIS · open 12 min · lapsed: your hold ended 11:10, nobody has it',
    );
  });

  it('decides on whose list it stands: one is accountable; who was told, until somebody has it; the coordinator, always', () => {
    const tie = (one: Opening, person: string): string | undefined => tieOf(one, new Set([person]), now);
    expect(['jon', 'dana', 'maya', 'sara'].map((person) => tie(opening, person))).toEqual([
      'accountable',
      'told',
      'to-watch',
      undefined,
    ]);
    expect(['jon', 'dana', 'maya'].map((person) => tie(held, person))).toEqual([undefined, 'accountable', 'to-watch']);
    expect(tie({ ...held, expiresAt: now }, 'jon')).toBe('told');
  });
});
