import type { Colleague } from '../../access/records.ts';

/** Roles of people who can have a caseload. */
const caseloadRoles = ['coordinator', 'peer-specialist', 'clinician', 'supervisor'];

export const canHaveCaseload = (person: Colleague): boolean =>
  person.roles.some((role) => caseloadRoles.includes(role));
