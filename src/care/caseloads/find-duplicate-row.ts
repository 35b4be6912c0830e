import { foldName } from './clean-cell.ts';
import type { CaseloadContent } from './read-caseload-row.ts';

type Identity = Pick<CaseloadContent, 'fullName' | 'birthDate' | 'mrn'>;

export interface Duplicate {
  /** The earlier, accepted row. */
  readonly row: number;
  /** `record-number`: two differently named or born people share one number, so one of the rows is wrong. */
  readonly by: 'person' | 'record-number';
}

/**
 * Tells whether a row is about a client of an earlier accepted row. The record number decides where both rows have
 * one: the same number is the same client, two numbers are two clients even if name and birth date agree. Where a
 * number is lacking, the same name and birth date are the same client. A refused row is nobody's original.
 */
export function createDuplicateFinder(): {
  find(client: Identity): Duplicate | undefined;
  add(client: Identity, row: number): void;
} {
  const byNumber = new Map<string, { row: number; person: string }>();
  const byPerson = new Map<string, { first: number; firstWithoutNumber?: number }>();
  const personOf = (client: Identity): string => `${client.birthDate} ${foldName(client.fullName)}`;
  const numberOf = (client: Identity): string | undefined => client.mrn?.toLowerCase().replaceAll(' ', '');
  return {
    find(client) {
      const person = personOf(client);
      const number = numberOf(client);
      const sameNumber = number === undefined ? undefined : byNumber.get(number);
      if (sameNumber !== undefined) {
        return { row: sameNumber.row, by: sameNumber.person === person ? 'person' : 'record-number' };
      }
      const samePerson = byPerson.get(person);
      const row = number === undefined ? samePerson?.first : samePerson?.firstWithoutNumber;
      return row === undefined ? undefined : { row, by: 'person' };
    },
    add(client, row) {
      const person = personOf(client);
      const number = numberOf(client);
      if (number !== undefined) byNumber.set(number, { row, person });
      const known = byPerson.get(person) ?? { first: row };
      if (number === undefined) known.firstWithoutNumber ??= row;
      byPerson.set(person, known);
    },
  };
}
