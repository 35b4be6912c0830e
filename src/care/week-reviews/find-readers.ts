import type { OrganisationTransaction } from '../../store/transaction.ts';
import { listWithRole } from './records.ts';

/**
 * Who is shown a team's week: its supervisors; where it has none, all supervisors; where there is none at all, the
 * directors. Nobody's week is read by nobody.
 */
export async function findReaders(tx: OrganisationTransaction, team: string): Promise<readonly string[]> {
  const people = await listWithRole(tx, ['supervisor', 'director']);
  const supervisors = people.filter(({ roles }) => roles.includes('supervisor'));
  const circles = [supervisors.filter((one) => one.team === team), supervisors, people];
  return (circles.find((circle) => circle.length > 0) ?? []).map(({ id }) => id);
}
