import { listTeams } from '../../access/records.ts';
import type { Work } from '../../feature/feature.ts';
import { ownCardKind } from './cards.ts';
import { refreshRota } from './plan-shift.ts';
import { readRota, type Rota } from './read-rota.ts';
import { listNames } from './records.ts';
import { compareRotas } from './rules.ts';

/** How far ahead a change of the weekly pattern is news to those it concerns. */
const newsDays = 14;
const day = 24 * 3_600_000;

/**
 * Runs a change of the organisation and tells everybody whose duty of the coming two weeks is another one after it: in
 * one message, whatever else changed with it.
 */
export async function tellRotaChanges(work: Work, change: () => Promise<void>): Promise<void> {
  const before = await readRotas(work);
  await change();
  const after = await readRotas(work);
  for (const [team, rota] of after) {
    const old = before.get(team);
    // A team that is new has told nobody of anything yet.
    if (old === undefined) continue;
    const changed = compareRotas(old.stretches, rota.stretches);
    for (const person of changed.keys()) {
      if (!rota.names.has(person) && !(await worksHere(work, person))) continue;
      await work.post({
        key: `duty-pattern:${team}:${person}:${work.now.toISOString()}`,
        to: { person },
        kind: ownCardKind,
        subject: team,
        priority: 'answer',
        series: `duty-pattern:${team}:${person}`,
      });
    }
    if (changed.size > 0) await refreshRota(work, team);
  }
}

async function readRotas(work: Work): Promise<ReadonlyMap<string, Rota>> {
  const rotas = new Map<string, Rota>();
  for (const { id } of await listTeams(work.tx)) {
    const rota = await readRota(work.tx, id, work.now, new Date(work.now.getTime() + newsDays * day));
    if (rota !== undefined) rotas.set(id, rota);
  }
  return rotas;
}

async function worksHere(work: Work, person: string): Promise<boolean> {
  return (await listNames(work.tx, [person])).has(person);
}
