import { isSelf } from '../../access/actor.ts';
import { findAway } from '../../access/find-away.ts';
import { allows } from '../../access/policy.ts';
import type { Work } from '../../feature/feature.ts';
import type { DueItem, DueQuery } from '../../feature/due.ts';
import { localDate } from '../../calendar/zones.ts';
import { listOverseers, listUnreviewed } from './break-glass-records.ts';
import { chooseReviewers } from './break-glass-rules.ts';
import { codeOfOpening } from './standing.ts';

/**
 * What nobody has reviewed waits on one named person: the first of those who review it, chosen anew, so that it waits on
 * nobody who has left. Who opened what is in no list that several people read.
 */
export async function listDueReviews(work: Work, { people, team, until }: DueQuery): Promise<readonly DueItem[]> {
  const [whose] = people;
  // A team's list is a shared one, also of a team of one.
  if (whose === undefined || people.length > 1 || team !== undefined) return [];
  // Most people review nothing: they cost no statement. Somebody else's list is asked for as it is.
  if (isSelf(work.actor, whose) && !allows(work.actor, 'break-glass.review', 'organisation')) return [];
  const unreviewed = await listUnreviewed(work.tx);
  if (unreviewed.length === 0) return [];
  const overseers = await listOverseers(work.tx);
  const ids = overseers.map(({ id }) => id);
  const away = await findAway(work.tx, ids, work.now);
  return unreviewed.flatMap(({ id, escalation, person, at, client, unknownCode, team: of }): DueItem[] => {
    const [owner] = chooseReviewers(overseers, { team: of, person, away });
    const dueOn = localDate(at, work.actor.zone);
    if (owner !== whose || dueOn > until) return [];
    return [
      {
        id: `break-glass:${id}`,
        owner,
        client: client?.id ?? escalation,
        code: codeOfOpening({ client, unknownCode }),
        ...{ team: of, dueOn, since: at, tier: client?.tier ?? 'medium' },
        what: 'opened without having been called: review',
        waitingOnOthers: false,
        section: 'waiting-on-me',
        buttons: [{ action: 'escalations.show-glass', label: 'Review', subject: id }],
      },
    ];
  });
}
