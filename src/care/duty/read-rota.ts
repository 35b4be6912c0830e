import type { OrganisationTransaction } from '../../store/transaction.ts';
import { expandPattern } from './expand-pattern.ts';
import { findDutyTeam, listNames, listPlanned, type DutyTeam } from './records.ts';
import { layOutRota, type Shift, type Stretch } from './rules.ts';

/** A team's rota over a time, with the names of those who have it. */
export interface Rota {
  readonly team: DutyTeam;
  readonly stretches: readonly Stretch[];
  readonly names: ReadonlyMap<string, string>;
}

/** Everything planned for a team in a time, by people who work here: a leaver's shifts are gaps from that moment. */
export async function listShifts(
  tx: OrganisationTransaction,
  team: DutyTeam,
  from: Date,
  to: Date,
): Promise<{ readonly shifts: readonly Shift[]; readonly names: ReadonlyMap<string, string> }> {
  const planned = [
    ...expandPattern(team.policies.duty?.pattern ?? [], team.zone, from, to),
    ...(await listPlanned(tx, team.id, from, to)),
  ];
  const names = await listNames(
    tx,
    planned.map(({ person }) => person),
  );
  return { shifts: planned.filter(({ person }) => names.has(person)), names };
}

/** Undefined when there is no such team. */
export async function readRota(
  tx: OrganisationTransaction,
  id: string,
  from: Date,
  to: Date,
): Promise<Rota | undefined> {
  const team = await findDutyTeam(tx, id);
  if (team === undefined) return undefined;
  const { shifts, names } = await listShifts(tx, team, from, to);
  return { team, stretches: layOutRota(shifts, from, to), names };
}
