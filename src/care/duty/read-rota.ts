import { listAway } from '../../access/find-away.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { expandPattern } from './expand-pattern.ts';
import { findDutyTeam, listNames, listPlanned, type DutyTeam } from './records.ts';
import { layOutRota, leaveGaps, type Shift, type Stretch } from './rules.ts';

/** A team's rota over a time, with the names of those who have it. */
export interface Rota {
  readonly team: DutyTeam;
  readonly stretches: readonly Stretch[];
  readonly names: ReadonlyMap<string, string>;
}

/** Everything planned for a team in a time, by people who work here, whether or not they are away then. */
async function listShifts(
  tx: OrganisationTransaction,
  team: DutyTeam,
  from: Date,
  to: Date,
): Promise<{ readonly shifts: readonly Shift[]; readonly names: ReadonlyMap<string, string> }> {
  const planned = [
    ...expandPattern(team.pattern ?? [], team.zone, from, to),
    ...(await listPlanned(tx, team.id, from, to)),
  ];
  const names = await listNames(
    tx,
    planned.flatMap(({ person = [] }) => person),
  );
  return { shifts: planned.filter(({ person = '' }) => names.has(person)), names };
}

/** A leaver's shifts are gaps from that moment, and so is what falls into somebody's absence. Undefined: no such team. */
export async function readRota(
  tx: OrganisationTransaction,
  id: string,
  from: Date,
  to: Date,
): Promise<Rota | undefined> {
  const team = await findDutyTeam(tx, id);
  if (team === undefined) return undefined;
  const { shifts, names } = await listShifts(tx, team, from, to);
  const away = await listAway(tx, [...names.keys()], from, to);
  return { team, stretches: layOutRota(leaveGaps(shifts, away), from, to), names };
}

/** What of a team's duty would be a person's own in a time, were they there. */
export async function listStretchesOf(
  tx: OrganisationTransaction,
  team: DutyTeam,
  person: string,
  from: Date,
  to: Date,
): Promise<readonly Stretch[]> {
  if (to <= from) return [];
  const { shifts } = await listShifts(tx, team, from, to);
  return layOutRota(shifts, from, to).filter((stretch) => stretch.person === person);
}
