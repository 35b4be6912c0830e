import { z } from 'zod';

/** The roles a person can hold, as the organisation file writes them. */
export const roleSchema = z.enum([
  'coordinator',
  'peer-specialist',
  'clinician',
  'supervisor',
  'director',
  'psychiatric-consultant',
  'prescriber',
  'billing',
  'admin',
]);
export type Role = z.infer<typeof roleSchema>;
export const everyRole: readonly Role[] = roleSchema.options;
export const careRoles: readonly Role[] = [
  'coordinator',
  'peer-specialist',
  'clinician',
  'supervisor',
  'director',
  'psychiatric-consultant',
  'prescriber',
];
/** Works with clients: has a digest and an evening of their own. */
export const hasCareRole = (roles: readonly string[]): boolean => careRoles.some((role) => roles.includes(role));
