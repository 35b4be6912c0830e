import type { AgendaItem, AgendaQuery } from '../../feature/agenda.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { readLoad } from './load-records.ts';
import { makePeriod } from './period.ts';
import { findTeam } from './records.ts';
import { ceilingOn } from './rules.ts';

/** Why a colleague stands on the agenda, as it is said. */
export const agendaReasons = {
  'over-ceiling': 'a caseload over its ceiling',
  'near-ceiling': 'a caseload near its ceiling',
} as const;

/** Colleagues whose caseload is beyond what their time carries, or near it: who takes the next client is to be spoken about. */
export async function addCapacity(work: Work, { team: id }: AgendaQuery): Promise<readonly AgendaItem[]> {
  const team = await findTeam(work.tx, id);
  if (team === undefined) return [];
  const today = localDate(work.now, team.zone);
  const period = makePeriod({ from: today, to: today }, team.zone, work.now);
  const { soft } = ceilingOn(period.closes);
  return (await readLoad(work.tx, { team: id, person: undefined }, period)).flatMap((load): AgendaItem[] => {
    const { person, points, ceiling, trend } = load;
    const most = points > ceiling ? ceiling : ceiling * soft;
    const reached = (carried: number): boolean => (points > ceiling ? carried > most : carried >= most);
    if (points === 0 || !reached(points)) return [];
    // The first of the weeks in a row at whose end it was so.
    const lightest = trend.findLastIndex((carried) => !reached(carried));
    const since = period.weekEnds[lightest + 1] ?? period.end;
    return [
      {
        id: `load:${person}`,
        section: 'capacity',
        person,
        reason: (points > ceiling ? 'over-ceiling' : 'near-ceiling') satisfies keyof typeof agendaReasons,
        since: localDate(since, team.zone),
      },
    ];
  });
}
