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
