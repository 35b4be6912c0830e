import { listTeams } from '../../access/records.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { planCalls } from './plan-calls.ts';

/** A rung of a ladder on which somebody stands whom nobody can call: chat is no pager. */
export interface RungWithoutNumber {
  readonly team: string;
  readonly severity: 'crisis' | 'urgent';
  readonly step: number;
  readonly person: string;
}

/** All of an organisation as its ladders and rotas stand at a moment; a client's own coordinator is not among them. */
export async function listRungsWithoutNumber(
  tx: OrganisationTransaction,
  now: Date,
): Promise<readonly RungWithoutNumber[]> {
  const found: RungWithoutNumber[] = [];
  for (const { id: team } of await listTeams(tx)) {
    for (const severity of ['crisis', 'urgent'] as const) {
      const { steps } = await planCalls({ tx, now }, { team, client: undefined, raisedBy: undefined }, severity);
      for (const { step, people } of steps) {
        for (const { id, phone } of people) {
          if (phone?.readable !== true) found.push({ team, severity, step, person: id });
        }
      }
    }
  }
  return found;
}

/** `east crisis 2: sara`, one a rung. */
export const sayRung = ({ team, severity, step, person }: RungWithoutNumber): string =>
  `${team} ${severity} ${step}: ${person}`;
