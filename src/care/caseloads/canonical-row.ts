import type { CaseloadContent } from './read-caseload-row.ts';

type CanonicalField = Exclude<keyof CaseloadContent, 'givenName' | 'familyName'>;
/**
 * Fields in canonical order. What is derived from the name stays out, so that a better way of splitting names does not
 * make every client look changed.
 */
const canonicalFields = Object.keys({
  address: true,
  authorizationExpiresOn: true,
  authorizationNumber: true,
  authorizationUnits: true,
  birthDate: true,
  coordinator: true,
  emergencyName: true,
  emergencyPhone: true,
  emergencyRelation: true,
  enrolledOn: true,
  fullName: true,
  gadLast: true,
  lastContactOn: true,
  mrn: true,
  nextContactOn: true,
  notes: true,
  payer: true,
  phone: true,
  phqFirst: true,
  phqLast: true,
  programme: true,
  status: true,
  tier: true,
} satisfies Record<CanonicalField, true>) as readonly CanonicalField[];

/** The content of a row as stable JSON: the same for two files that say the same in another style. */
export function canonicalOf(content: CaseloadContent): string {
  const members = canonicalFields.flatMap((field) => {
    const value = content[field];
    return value === undefined ? [] : `${JSON.stringify(field)}:${JSON.stringify(value)}`;
  });
  return `{${members.join(',')}}`;
}
