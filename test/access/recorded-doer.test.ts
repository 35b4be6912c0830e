import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSelf, personOf, requirePerson, type Actor } from '../../src/access/actor.ts';
import { actorFacts, actorText, readRecorded } from '../../src/access/recorded-doer.ts';
import { nameDoer, nameRecorded, sayDoer } from '../../src/access/say-doer.ts';
import {
  byAccount,
  byCommandLine,
  byImport,
  byPerson,
  byPlatform,
  bySchedule,
  bySystem,
  type Doer,
  type Recorded,
} from '../../src/doer.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

/** Ids as the organisation file takes them, those that are words here among them. */
const personId = fc.oneof(
  fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/),
  fc.constantFrom('baton', 'cli', 'demo', 'schedule', 'slack', 'teams', 'constructor'),
);
const nobody: readonly Exclude<Doer, { kind: 'person' }>[] = [
  bySchedule('huddle-weekly/team/east'),
  byImport('file'),
  byImport('demo'),
  byCommandLine,
  bySystem,
  byPlatform('slack'),
  byPlatform('teams'),
];

describe('who did something, as it stands on record', () => {
  it('is read again as it was written, whoever it was', () => {
    const recorded: fc.Arbitrary<Recorded> = fc.oneof(
      personId.map(byPerson),
      fc.constantFrom(...nobody),
      fc
        .tuple(fc.constantFrom('slack' as const, 'teams' as const), fc.string())
        .map(([on, user]) => byAccount(on, user)),
    );
    fc.assert(
      fc.property(recorded, (doer) => {
        const [text, facts] = [actorText(doer), actorFacts(doer)];
        const read = readRecorded(text, facts);
        expect(read.kind).toBe(doer.kind);
        expect(actorText(read)).toBe(text);
        expect(actorFacts(read)).toEqual(facts);
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  it('adds nothing to what stands on record of people', () => {
    expect(actorFacts(byPerson('maya'))).toEqual({});
  });

  it.each([
    ['', 'schedule', 'by the schedule'],
    ['baton', 'system', 'by Baton'],
    ['cli', 'command-line', 'from the command line'],
    ['demo', 'import', 'imported'],
    ['slack', 'system', 'by Baton'],
    ['slack:U0MAYA', 'account', 'by another account'],
    ['maya', 'person', 'by Maya Torres'],
  ] as const)('is read of a row that an older version wrote: %j', (text, kind, words) => {
    const doer = readRecorded(text);
    expect(doer.kind).toBe(kind);
    expect(sayDoer(doer, 'Maya Torres')).toBe(words);
  });

  it('keeps the words that an older version reads', () => {
    expect(nobody.map(actorText)).toEqual(['schedule', 'cli', 'demo', 'cli', 'baton', 'slack', 'teams']);
  });

  it('is said in words people know', () => {
    expect(nobody.map((doer) => sayDoer(doer, 'unused'))).toEqual([
      'by the schedule',
      'imported',
      'imported',
      'from the command line',
      'by Baton',
      'by Baton',
      'by Baton',
    ]);
    expect(nameDoer(bySystem, 'unused')).toBe('Baton');
    expect(nameRecorded('baton', 'Batya Ton', { actorKind: 'person' })).toBe('Batya Ton');
    expect(nameRecorded('gone', null)).toBe('gone');
  });
});

describe('whoever acts', () => {
  const standing = { organisation: 'riverside', roles: [], team: '', zone: 'UTC' } as const;

  it.each(nobody)('is nobody in particular: $kind', (doer) => {
    const actor: Actor = { ...doer, ...standing };
    for (const id of ['', 'baton', 'cli', 'schedule', undefined]) expect(isSelf(actor, id)).toBe(false);
    expect(personOf(actor)).toBeUndefined();
    expect(() => requirePerson(actor)).toThrow('only a person does this');
  });

  it('is one person, and no id is nobody’s', () => {
    const actor: Actor = { ...byPerson('maya'), name: 'Maya Torres', ...standing };
    expect([isSelf(actor, 'maya'), isSelf(actor, 'jon'), isSelf(actor, undefined)]).toEqual([true, false, false]);
  });
});
