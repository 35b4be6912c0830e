import type { Work } from '../../feature/feature.ts';
import type { DueItem, DueQuery } from '../../feature/due.ts';
import { findMarksOf } from '../clients/find-marks.ts';
import { describeRecommendation } from './huddle-words.ts';
import { readRecommendations } from './outcome-records.ts';

/** Recommendations that wait for somebody's answer. */
export async function listDueAnswers(work: Work, query: DueQuery): Promise<readonly DueItem[]> {
  const open = await readRecommendations(work.tx, { openTo: query.people }, false);
  const clients = await findMarksOf(
    work,
    open.flatMap(({ client }) => client ?? []),
  );
  return open.flatMap(({ id, client: about, to, dueOn, kind, version }): DueItem[] => {
    const client = about === undefined ? undefined : clients.get(about);
    if (client === undefined || to === undefined || dueOn === undefined || dueOn > query.until) return [];
    return [
      {
        id: `recommendation:${id}`,
        owner: to.id,
        client: client.id,
        code: client.code,
        team: client.team,
        dueOn,
        tier: client.tier,
        what: `accept or decline a recommendation: ${describeRecommendation(kind)}`,
        waitingOnOthers: false,
        section: 'waiting-on-me',
        buttons: [{ action: 'huddles.recommendation', label: 'Open', subject: id, version }],
      },
    ];
  });
}
