import { listDoubted } from '../deliveries/view-use.ts';
import { allows } from '../../access/policy.ts';
import { findColleague } from '../../access/records.ts';
import type { Card } from '../../chat/card.ts';
import type { Ask } from '../../chat/feature.ts';
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

export const mayReview = (ask: Ask): boolean => allows(ask.actor, 'week.review', 'organisation');

/** A team's week as it stands, for whoever may read it. */
export interface ViewedWeek {
  readonly team: Team;
  readonly week: string;
  readonly period: Period;
  readonly stored: StoredWeek;
  readonly figures: Week;
}

/** Reads a week that was shown: as it was reviewed, or as it is now. Refuses readers it is not for, and weeks never shown. */
export async function viewWeek(ask: Ask, subject: string, lock = false): Promise<ViewedWeek> {
  const named = readWeekSubject(subject);
  if (named === undefined || !isIsoDate(named.week) || mondayOf(named.week) !== named.week) return refuse();
  const team = await findTeam(ask.tx, named.team);
  if (team === undefined) return refuse();
  const forPlace = ask.audience === 'place' && ask.actor.team === team.id && isForPlace(team);
  if (!forPlace && !(ask.audience === 'person' && allows(ask.actor, 'week.see', 'organisation'))) return refuse();
  const stored = await findWeek(ask.tx, team.id, named.week, lock);
  if (stored === undefined) return refuse();
  const period = makePeriod({ from: named.week, to: addDaysToDate(named.week, 6) }, team.zone, ask.now);
  const figures = stored.frozen ?? (await readWeek(ask.tx, { team: team.id, person: undefined }, period, ask.now));
  return { team, week: named.week, period, stored, figures };
}

export async function drawWeek(ask: Ask, subject: string): Promise<Card> {
  const { team, week, period, stored, figures } = await viewWeek(ask, subject);
  const { from, to, closes } = period;
  const others = await listUnreviewed(ask.tx, team.id);
  const review =
    stored.review === undefined ? undefined : { ...stored.review, at: localDate(stored.review.at, team.zone) };
  const personal = ask.audience === 'person';
  return weekCard(
    {
      kind: weekCardKind,
      subject,
      whose: team.name,
      from,
      to,
      closes,
      today: localDate(ask.now, team.zone),
      week: figures,
      open: await listOpenNow(ask, { team: team.id }),
    },
    {
      team: team.id,
      // Words of a review are for those who review.
      review: review === undefined || personal ? review : { ...review, words: undefined },
      unreviewed: others.map((one) => one.week).filter((one) => one < week),
      reviewable: personal && review === undefined && mayReview(ask) ? subject : undefined,
      mayOpen: personal,
      doubted: personal ? await listDoubted(ask) : [],
      silent: personal ? await listSilent(ask, team.id) : [],
    },
  );
}

/** Figures of any period: a team's for who oversees, everybody's own for themselves. */
export async function drawReport(ask: Ask, subject: string): Promise<Card> {
  const named = readReportSubject(subject);
  if (named === undefined || !isIsoDate(named.from) || !isIsoDate(named.to) || ask.audience !== 'person')
    return refuse();
  const oversees = allows(ask.actor, 'week.see', 'organisation');
  const person = named.of === 'person' ? await findColleague(ask.tx, named.id) : undefined;
  const own = person !== undefined && person.id === ask.actor.person;
  const team = await findTeam(ask.tx, person?.team ?? named.id);
  if (team === undefined || (named.of === 'person' ? !own : !oversees)) return refuse();
  const { from, to } = named;
  const period = makePeriod({ from, to }, team.zone, ask.now);
  const figures = await readWeek(ask.tx, { team: team.id, person: person?.id }, period, ask.now);
  const unreviewed = own ? [] : (await listUnreviewed(ask.tx, team.id)).map(({ week }) => week);
  return weekCard(
    {
      kind: reportCardKind,
      subject,
      whose: person?.name ?? team.name,
      from,
      to,
      closes: period.closes,
      today: localDate(ask.now, team.zone),
      week: figures,
      open: await listOpenNow(ask, own ? { person: person.id } : { team: team.id }),
    },
    own
      ? undefined
      : { team: team.id, review: undefined, unreviewed, reviewable: undefined, mayOpen: true, doubted: [], silent: [] },
  );
}
