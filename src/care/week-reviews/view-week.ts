import { isSelf } from '../../access/actor.ts';
import { listDoubted } from '../deliveries/view-use.ts';
import { allows } from '../../access/policy.ts';
import { findColleague } from '../../access/records.ts';
import type { Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { addDaysToDate, isIsoDate, mondayOf } from '../../calendar/local-dates.ts';
import { Refusal } from '../../chat/refusal.ts';
import { listSilent } from '../duty/monthly-check.ts';
import { listOpenNow } from '../escalations/list-open.ts';
import { reportCardKind, weekCard, weekCardKind } from './cards.ts';
import type { Week } from './figures.ts';
import { isForPlace } from './make-week.ts';
import { makePeriod, type Period } from './period.ts';
import { readWeek } from './read-figures.ts';
import { findTeam, findWeek, listUnreviewed, type StoredWeek, type Team } from './records.ts';
import { readReportSubject, readWeekSubject } from './rules.ts';

const refuse = (): never => {
  throw new Refusal('not-allowed', 'That week is for supervisors of the team. Type report for your own figures.', {
    denial: true,
  });
};

export const mayReview = (work: Work): boolean => allows(work.actor, 'week.review', 'organisation');

/** A team's week as it stands, for whoever may read it. */
export interface ViewedWeek {
  readonly team: Team;
  readonly week: string;
  readonly period: Period;
  readonly stored: StoredWeek;
  readonly figures: Week;
}

/** Reads a week that was shown: as it was reviewed, or as it is now. Refuses readers it is not for, and weeks never shown. */
export async function viewWeek(work: Work, subject: string, lock = false): Promise<ViewedWeek> {
  const named = readWeekSubject(subject);
  if (named === undefined || !isIsoDate(named.week) || mondayOf(named.week) !== named.week) return refuse();
  const team = await findTeam(work.tx, named.team);
  if (team === undefined) return refuse();
  const forPlace = work.audience === 'place' && work.actor.team === team.id && isForPlace(team);
  if (!forPlace && !(work.audience === 'person' && allows(work.actor, 'week.see', 'organisation'))) return refuse();
  const stored = await findWeek(work.tx, team.id, named.week, lock);
  if (stored === undefined) return refuse();
  const period = makePeriod({ from: named.week, to: addDaysToDate(named.week, 6) }, team.zone, work.now);
  const figures = stored.frozen ?? (await readWeek(work.tx, { team: team.id, person: undefined }, period, work.now));
  return { team, week: named.week, period, stored, figures };
}

export async function drawWeek(work: Work, subject: string): Promise<Card> {
  const { team, week, period, stored, figures } = await viewWeek(work, subject);
  const { from, to, closes } = period;
  const others = await listUnreviewed(work.tx, team.id);
  const review =
    stored.review === undefined ? undefined : { ...stored.review, at: localDate(stored.review.at, team.zone) };
  const personal = work.audience === 'person';
  return weekCard(
    {
      kind: weekCardKind,
      subject,
      whose: team.name,
      from,
      to,
      closes,
      today: localDate(work.now, team.zone),
      week: figures,
      open: await listOpenNow(work, { team: team.id }),
    },
    {
      team: team.id,
      // Words of a review are for those who review.
      review: review === undefined || personal ? review : { ...review, words: undefined },
      unreviewed: others.map((one) => one.week).filter((one) => one < week),
      reviewable: personal && review === undefined && mayReview(work) ? subject : undefined,
      mayOpen: personal,
      doubted: personal ? await listDoubted(work) : [],
      silent: personal ? await listSilent(work, team.id) : [],
    },
  );
}

/** Figures of any period: a team's for who oversees, everybody's own for themselves. */
export async function drawReport(work: Work, subject: string): Promise<Card> {
  const named = readReportSubject(subject);
  if (named === undefined || !isIsoDate(named.from) || !isIsoDate(named.to) || work.audience !== 'person')
    return refuse();
  const oversees = allows(work.actor, 'week.see', 'organisation');
  const person = named.of === 'person' ? await findColleague(work.tx, named.id) : undefined;
  const own = person !== undefined && isSelf(work.actor, person.id);
  const team = await findTeam(work.tx, person?.team ?? named.id);
  if (team === undefined || (named.of === 'person' ? !own : !oversees)) return refuse();
  const { from, to } = named;
  const period = makePeriod({ from, to }, team.zone, work.now);
  const figures = await readWeek(work.tx, { team: team.id, person: person?.id }, period, work.now);
  const unreviewed = own ? [] : (await listUnreviewed(work.tx, team.id)).map(({ week }) => week);
  return weekCard(
    {
      kind: reportCardKind,
      subject,
      whose: person?.name ?? team.name,
      from,
      to,
      closes: period.closes,
      today: localDate(work.now, team.zone),
      week: figures,
      open: await listOpenNow(work, own ? { person: person.id } : { team: team.id }),
    },
    own
      ? undefined
      : { team: team.id, review: undefined, unreviewed, reviewable: undefined, mayOpen: true, doubted: [], silent: [] },
  );
}
