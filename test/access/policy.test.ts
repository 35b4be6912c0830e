import { describe, expect, it } from 'vitest';
import { allows, policy, type Reach, type Verb } from '../../src/access/policy.ts';
import { everyRole, type Role } from '../../src/access/roles.ts';

const verbs = Object.keys(policy) as Verb[];
const reaches: readonly Reach[] = ['coordinator', 'team', 'organisation'];
const nearness: Readonly<Record<Reach, number>> = { coordinator: 0, team: 1, organisation: 2 };

/** What each role may do, written out by hand a second time: a change of the policy must be meant twice. */
const reading: Readonly<Record<Role, Reach | 'never'>> = {
  coordinator: 'team',
  'peer-specialist': 'team',
  clinician: 'team',
  supervisor: 'organisation',
  director: 'organisation',
  'psychiatric-consultant': 'organisation',
  prescriber: 'organisation',
  billing: 'never',
  admin: 'never',
};
const planners: Readonly<Record<Role, Reach | 'never'>> = {
  ...reading,
  'psychiatric-consultant': 'never',
  prescriber: 'never',
};
const reassigners: Readonly<Record<Role, Reach | 'never'>> = {
  ...planners,
  'peer-specialist': 'never',
  clinician: 'never',
};
/** Either side of a referral; which side somebody stands on is asked besides. */
const sides: Readonly<Record<Role, Reach | 'never'>> = {
  coordinator: 'organisation',
  'peer-specialist': 'organisation',
  clinician: 'organisation',
  supervisor: 'organisation',
  director: 'organisation',
  'psychiatric-consultant': 'organisation',
  prescriber: 'organisation',
  billing: 'never',
  admin: 'never',
};
const everybody: Readonly<Record<Role, Reach | 'never'>> = {
  ...sides,
  billing: 'organisation',
  admin: 'organisation',
};
const settlers: Readonly<Record<Role, Reach | 'never'>> = {
  coordinator: 'never',
  'peer-specialist': 'never',
  clinician: 'never',
  supervisor: 'organisation',
  director: 'organisation',
  'psychiatric-consultant': 'never',
  prescriber: 'never',
  billing: 'never',
  admin: 'organisation',
};
/** Whom a recommendation is addressed to; that it is addressed to them is asked besides. */
const answerers: Readonly<Record<Role, Reach | 'never'>> = {
  coordinator: 'never',
  'peer-specialist': 'never',
  clinician: 'never',
  supervisor: 'organisation',
  director: 'organisation',
  'psychiatric-consultant': 'organisation',
  prescriber: 'organisation',
  billing: 'never',
  admin: 'never',
};
const handers: Readonly<Record<Role, Reach | 'never'>> = {
  coordinator: 'coordinator',
  'peer-specialist': 'coordinator',
  clinician: 'coordinator',
  supervisor: 'organisation',
  director: 'organisation',
  'psychiatric-consultant': 'never',
  prescriber: 'never',
  billing: 'never',
  admin: 'coordinator',
};
const expected: Readonly<Record<Verb, Readonly<Record<Role, Reach | 'never'>>>> = {
  'client.see': reading,
  'client.reveal': reading,
  'client.hand-on': handers,
  'contact.log': reading,
  'contact.correct': reading,
  'contact.chart': reading,
  'follow-up.change': planners,
  'follow-up.reassign': reassigners,
  'referral.request': reading,
  'referral.answer': sides,
  'referral.close': sides,
  'escalation.raise': everybody,
  'escalation.answer': sides,
  'break-glass.review': settlers,
  'duty.see': everybody,
  'duty.cover': reading,
  'duty.plan': settlers,
  'digest.schedule': { ...settlers, admin: 'never' },
  'absence.set': sides,
  'absence.set-for-others': { ...settlers, admin: 'never' },
  'delivery.settle': settlers,
  'export.see': settlers,
  'looking.see': settlers,
  'week.see': settlers,
  'week.review': { ...settlers, admin: 'never' },
  'huddle.run': reading,
  'discussion.request': reading,
  'recommendation.answer': answerers,
};

describe('the policy table', () => {
  const cells = verbs.flatMap((verb) =>
    everyRole.flatMap((role) => reaches.map((relation) => ({ verb, role, relation }))),
  );

  it.each(cells)('$role · $verb · $relation', ({ verb, role, relation }) => {
    const reach = expected[verb][role];
    expect(allows({ roles: [role] }, verb, relation)).toBe(reach !== 'never' && nearness[relation] <= nearness[reach]);
  });

  it('gives two roles what either has, and nobody without a role anything', () => {
    expect(allows({ roles: ['billing', 'coordinator'] }, 'contact.log', 'team')).toBe(true);
    for (const { verb, relation } of cells) expect(allows({ roles: [] }, verb, relation)).toBe(false);
  });
});
