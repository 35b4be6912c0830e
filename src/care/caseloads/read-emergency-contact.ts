import type { ClientIdentity } from '../clients/rules.ts';
import type { CaseloadContent } from './read-caseload-row.ts';

/** A telephone number of seven digits or more, with what people write between and before them. */
const number = /\+?\(?\d(?:[\s().-]*\d){6,}(?:\s*(?:x|ext\.?)\s*\d+)?/iu;
/** What stands between a name and a number that share a cell. */
const seam = /^[\s,;:/|–—-]+|[\s,;:/|–—-]+$/gu;

/**
 * Whom to call, from a row's cells. Many sheets have one cell for name and number: then the number is found in it.
 * Without any number there is nobody to call, and the cell stays in the sealed copy of the row.
 */
export function readEmergencyContact(
  row: Pick<CaseloadContent, 'emergencyName' | 'emergencyRelation' | 'emergencyPhone'>,
): Pick<ClientIdentity, 'emergencyContact'> {
  const { emergencyName: cell = '', emergencyRelation: relation } = row;
  const found = number.exec(cell)?.[0].trim();
  const phone = row.emergencyPhone ?? found;
  if (phone === undefined) return {};
  const shared = row.emergencyPhone === undefined && found !== undefined;
  const name = (shared ? cell.replace(found, ' ').replace(/\s+/gu, ' ') : cell).replace(seam, '');
  return { emergencyContact: { name: name === '' ? 'name not on file' : name, ...(relation && { relation }), phone } };
}
