import { listTeams } from '../../access/records.ts';
import type { Work } from '../../feature/feature.ts';
import { gapsCardKind } from './cards.ts';
import { refreshRota } from './plan-shift.ts';
import { cancelPlanned, findDutyTeam, findGapHolder } from './records.ts';
import { gapsOf } from './rules.ts';
import { readWeek } from './show-rota.ts';

/** Tells who answers for a team's gaps of the coming week; the same gaps are told once. */
export async function tellGaps(work: Work, team: string): Promise<void> {
  const gaps = gapsOf((await readWeek(work, team)).stretches);
  const holder = gaps.length === 0 ? undefined : await findGapHolder(work.tx, team, work.now);
  if (holder === undefined) return;
  const series = `duty-gaps:${team}:${holder}`;
  // Named by where the last one ends: a gap that has begun is still the same one.
  const key = `${series}:${gaps.map(({ endsAt }) => endsAt.getTime().toString(36)).join('.')}`;
  await work.post({ key, to: { person: holder }, kind: gapsCardKind, subject: team, priority: 'digest', series });
}

/** A leaver's shifts are gaps from this moment, and whoever answers for them hears of it at once. */
export async function freeShiftsOf(work: Work, person: string): Promise<void> {
  const touched = new Set(await cancelPlanned(work.tx, person, work.now));
  for (const { id } of await listTeams(work.tx)) {
    const pattern = (await findDutyTeam(work.tx, id))?.pattern ?? [];
    if (pattern.some((shift) => shift.person === person)) touched.add(id);
  }
  for (const team of touched) {
    await tellGaps(work, team);
    await refreshRota(work, team);
  }
}
