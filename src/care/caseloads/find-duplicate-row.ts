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
  // Numbers of rows and no objects around them: a sheet of 100,000 rows has as many of each.
  const byNumber = new Map<string, number>();
  const byPerson = new Map<string, number>();
  const byPersonWithoutNumber = new Map<string, number>();
  /** Rows of people who were there before, under another number. */
  const again = new Map<number, string>();
  const personOf = (client: Identity): string => `${client.birthDate} ${foldName(client.fullName)}`;
  const numberOf = (client: Identity): string | undefined => client.mrn?.toLowerCase().replaceAll(' ', '');
  return {
    find(client) {
      const person = personOf(client);
      const number = numberOf(client);
      const sameNumber = number === undefined ? undefined : byNumber.get(number);
      if (sameNumber !== undefined) {
        const same = byPerson.get(person) === sameNumber || again.get(sameNumber) === person;
        return { row: sameNumber, by: same ? 'person' : 'record-number' };
      }
      const row = number === undefined ? byPerson.get(person) : byPersonWithoutNumber.get(person);
      return row === undefined ? undefined : { row, by: 'person' };
    },
    add(client, row) {
      const person = personOf(client);
      const number = numberOf(client);
      if (byPerson.has(person)) again.set(row, person);
      else byPerson.set(person, row);
      if (number !== undefined) byNumber.set(number, row);
      else if (!byPersonWithoutNumber.has(person)) byPersonWithoutNumber.set(person, row);
    },
  };
}
