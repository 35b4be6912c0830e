import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseHeir, type Candidate } from '../../src/access/choose-heir.ts';
import { everyRole } from '../../src/access/roles.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const jon = { id: 'jon', team: 'east' };
const one = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  team: 'east',
  roles: ['coordinator'],
  reachable: true,
  ...more,
});

describe('who answers for what somebody leaves', () => {
  const nearestFirst = [
    one('dana', { roles: ['supervisor'] }),
    one('wes', { roles: ['supervisor'], team: 'west' }),
    one('ruth', { roles: ['director'], team: 'west' }),
    one('otto', { roles: ['admin'] }),
    one('maya'),
    one('keisha', { roles: ['peer-specialist'], team: 'west' }),
  ];

  it('is the supervisor of their team, else any supervisor, director, administrator, colleague', () => {
    nearestFirst.forEach((expected, gone) => {
      expect(chooseHeir([...nearestFirst.slice(gone)].reverse(), jon)).toBe(expected.id);
    });
  });

  it('is somebody who can be told, before somebody nearer who cannot', () => {
    const dana = one('dana', { roles: ['supervisor'], reachable: false });
    expect(chooseHeir([dana, one('otto', { roles: ['admin'] })], jon)).toBe('otto');
    expect(chooseHeir([dana], jon)).toBe('dana');
  });

  it('is nobody where only people are left who neither supervise nor care for clients', () => {
    expect(
      chooseHeir([one('bea', { roles: ['billing'] }), one('anil', { roles: ['prescriber'] })], jon),
    ).toBeUndefined();
    expect(chooseHeir([one('jon', { roles: ['supervisor'] })], jon)).toBeUndefined();
  });

  it('is one person, never the leaver, the same in whatever order they are read', () => {
    const anybody = fc.record({
      id: fc.constantFrom('jon', 'a', 'b', 'c', 'd', 'e'),
      team: fc.constantFrom('east', 'west'),
      roles: fc.uniqueArray(fc.constantFrom(...everyRole), { minLength: 1, maxLength: 3 }),
      reachable: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(anybody, { selector: ({ id }) => id }),
        fc.infiniteStream(fc.nat()),
        (people, order) => {
          const heir = chooseHeir(people, jon);
          expect(heir).not.toBe('jon');
          const shuffled = people
            .map((person) => ({ person, at: order.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ person }) => person);
          expect(chooseHeir(shuffled, jon)).toBe(heir);
          const could = people.some(({ id, roles }) => id !== 'jon' && roles.some((role) => able.includes(role)));
          expect(heir !== undefined).toBe(could);
        },
      ),
      { numRuns: propertyRuns.grave },
    );
  });
});

const able: readonly string[] = ['supervisor', 'director', 'admin', 'coordinator', 'peer-specialist', 'clinician'];
