import type { Actor } from './actor.ts';
import type { Role } from './roles.ts';

/**
 * Who may do what, deny by default. A row lists, for one verb, how near to the client each role must stand:
 * `coordinator` = only the client's own coordinator, `team` = the client's team, `organisation` = anywhere.
 * Authority: minimum necessary, 45 CFR 164.502(b) and 164.514(d)(2): access by role and by need.
 */
export type Reach = 'coordinator' | 'team' | 'organisation';
export type Verb =
  | 'client.see'
  | 'client.reveal'
  | 'client.hand-on'
  | 'contact.log'
  | 'contact.correct'
  | 'contact.chart'
  | 'follow-up.change'
  | 'follow-up.reassign'
  | 'referral.request'
  | 'referral.answer'
  | 'referral.close'
  | 'escalation.raise'
  | 'escalation.answer'
  | 'break-glass.review'
  | 'duty.see'
  | 'duty.cover'
  | 'duty.plan'
  | 'digest.schedule'
  | 'absence.set'
  | 'absence.set-for-others'
  | 'delivery.settle'
  | 'export.see'
  | 'looking.see'
  | 'week.see'
  | 'week.review'
  | 'huddle.run'
  | 'discussion.request'
  | 'recommendation.answer';

const nearness: Readonly<Record<Reach, number>> = { coordinator: 0, team: 1, organisation: 2 };

/** Who works with clients: those of their own team, or everywhere for who oversees and consults. */
const careTeam: Partial<Readonly<Record<Role, Reach>>> = {
  coordinator: 'team',
  'peer-specialist': 'team',
  clinician: 'team',
  supervisor: 'organisation',
  director: 'organisation',
  'psychiatric-consultant': 'organisation',
  prescriber: 'organisation',
};

/** Those of the care team, wherever the client stands from them. */
const anywhere: Partial<Readonly<Record<Role, Reach>>> = {
  coordinator: 'organisation',
  'peer-specialist': 'organisation',
  clinician: 'organisation',
  supervisor: 'organisation',
  director: 'organisation',
  'psychiatric-consultant': 'organisation',
  prescriber: 'organisation',
};
/** Everybody who works here. */
const everybody: Partial<Readonly<Record<Role, Reach>>> = {
  ...anywhere,
  billing: 'organisation',
  admin: 'organisation',
};

export const policy: Readonly<Record<Verb, Partial<Readonly<Record<Role, Reach>>>>> = {
  'client.see': careTeam,
  'client.reveal': careTeam,
  // Whoever answers for a client may ask a colleague to; who oversees may for everybody.
  'client.hand-on': {
    coordinator: 'coordinator',
    'peer-specialist': 'coordinator',
    clinician: 'coordinator',
    supervisor: 'organisation',
    director: 'organisation',
    admin: 'coordinator',
  },
  'contact.log': careTeam,
  // Whose contact it was is asked besides: the person who logged it, or a supervisor.
  'contact.correct': careTeam,
  'contact.chart': careTeam,
  'follow-up.change': {
    coordinator: 'team',
    'peer-specialist': 'team',
    clinician: 'team',
    supervisor: 'organisation',
    director: 'organisation',
  },
  'follow-up.reassign': { coordinator: 'team', supervisor: 'organisation', director: 'organisation' },
  'referral.request': careTeam,
  // A referral leads out of the client's team, and clients change teams while one is open. So these two reach
  // anywhere, and on which side of this referral the person stands is asked besides.
  'referral.answer': anywhere,
  'referral.close': anywhere,
  // Nothing stands between a worry and a named human: whoever works here may raise one, about anybody, and whoever of
  // the care team is told may take it.
  'escalation.raise': everybody,
  'escalation.answer': anywhere,
  // Who oversees looks at what was opened without having been called; never at their own, which is asked besides.
  'break-glass.review': { supervisor: 'organisation', director: 'organisation', admin: 'organisation' },
  'duty.see': everybody,
  // Duty opens the team's escalations: nobody takes that of a team they do not work with by themselves.
  'duty.cover': careTeam,
  'duty.plan': { supervisor: 'organisation', director: 'organisation', admin: 'organisation' },
  // Everybody says so for themselves; who oversees may for somebody who cannot.
  'absence.set': anywhere,
  'absence.set-for-others': { supervisor: 'organisation', director: 'organisation' },
  'digest.schedule': { supervisor: 'organisation', director: 'organisation' },
  // A message that did not arrive is about no client: retried or dismissed by who answers for the service.
  'delivery.settle': { supervisor: 'organisation', director: 'organisation', admin: 'organisation' },
  // That much was written out, not what: for who answers for the service.
  'export.see': { supervisor: 'organisation', director: 'organisation', admin: 'organisation' },
  // Who looked much or was refused often, in numbers: for who oversees, and never for that person.
  'looking.see': { supervisor: 'organisation', director: 'organisation', admin: 'organisation' },
  // A week's figures name colleagues and what they carry: for who oversees; everybody reads their own.
  'week.see': { supervisor: 'organisation', director: 'organisation', admin: 'organisation' },
  'week.review': { supervisor: 'organisation', director: 'organisation' },
  // A team's meeting is its care team's, and of those who oversee and consult everywhere.
  'huddle.run': careTeam,
  'discussion.request': careTeam,
  // Whom it was addressed to is asked besides. Who oversees answers for a prescriber who left.
  'recommendation.answer': {
    'psychiatric-consultant': 'organisation',
    prescriber: 'organisation',
    supervisor: 'organisation',
    director: 'organisation',
  },
};

/** True when one of the actor's roles reaches as far as the client stands from them. */
export function allows(actor: Pick<Actor, 'roles'>, verb: Verb, relation: Reach): boolean {
  return actor.roles.some((role) => {
    const reach = policy[verb][role];
    return reach !== undefined && nearness[relation] <= nearness[reach];
  });
}
