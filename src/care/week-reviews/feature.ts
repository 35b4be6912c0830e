import { isSelf } from '../../access/actor.ts';
import { exportOf } from '../../feature/exports.ts';
import { everyRole } from '../../access/roles.ts';
import { pastDateKind, prefixedKind } from '../../chat/argument-kinds.ts';
import { command, type Work, type Contribution, type Feature } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { answer } from '../../chat/reply.ts';
import { addCapacity, agendaReasons } from './add-capacity.ts';
import { askReport } from './ask-report.ts';
import { reportCardKind, weekCardKind } from './cards.ts';
import { findReaders } from './find-readers.ts';
import { plural } from './point-out.ts';
import { exportWeeks, listUnreviewed } from './records.ts';
import { reviewForm } from './review-week.ts';
import { weekSubject } from './rules.ts';
import { drawReport, drawWeek, mayReview } from './view-week.ts';
import { weekSettings, weeklyDigest } from './schedules.ts';

const reportCommand = command({
  name: 'report',
  summary: 'Figures of a week or another time, with pictures: your own, or a team’s for its supervisors',
  arguments: {
    from: { kind: pastDateKind, hint: 'the first day; the last week when left out', optional: true },
    to: { kind: pastDateKind, hint: 'the last day', optional: true },
    team: { kind: prefixedKind('team', 'team'), hint: 'team:west, for supervisors', optional: true },
  },
  examples: ['report', 'report 2026-11-01 2026-11-20', 'report team:west'],
  roles: everyRole,
  prominence: 'more',
  aboutClient: false,
  run: (work, { from, to, team }) => askReport(work, { from, to, team }),
});

/** How many weeks the home tab offers to open. */
const mostOffered = 3;

/** Weeks that wait for this person's review. */
async function showOnHome(work: Work): Promise<Contribution> {
  if (work.audience !== 'person' || !mayReview(work)) return {};
  const mine: { team: string; week: string }[] = [];
  const readers = new Map<string, readonly string[]>();
  for (const one of await listUnreviewed(work.tx)) {
    const known = readers.get(one.team) ?? (await findReaders(work.tx, one.team));
    readers.set(one.team, known);
    if (known.some((person) => isSelf(work.actor, person))) mine.push(one);
  }
  if (mine.length === 0) return {};
  const today = localDate(work.now, work.actor.zone);
  const buttons = mine.slice(-mostOffered).map(({ team, week }) => ({
    action: 'week-reviews.open',
    label: `Week of ${formatDay(week, today)}, ${team}`,
    subject: weekSubject(team, week),
  }));
  return {
    nodes: [
      { kind: 'text', text: `${plural(mine.length, 'week', 'weeks')} not reviewed.` },
      { kind: 'buttons', buttons },
    ],
  };
}

export const weekReviews: Feature = {
  noun: 'week-reviews',
  settings: weekSettings,
  commands: [reportCommand],
  forms: { 'week-reviews.review': reviewForm },
  cardTraits: { [weekCardKind]: { unfolded: true } },
  cards: { [weekCardKind]: drawWeek, [reportCardKind]: drawReport },
  buttons: {
    'week-reviews.open': async (work, press) => answer(await drawWeek(work, press.subject ?? '')),
    'week-reviews.review': async (work, press) => ({
      kind: 'form',
      form: await work.openForm('week-reviews.review', { week: press.subject ?? '' }),
    }),
  },
  schedules: { 'weekly-digest-team': weeklyDigest },
  contributes: { home: showOnHome },
  agenda: { list: addCapacity, reasons: agendaReasons },
  exports: {
    weeks: exportOf(
      { week: true, team: true, reviewedBy: true, reviewedAt: true, action: true, figures: true },
      exportWeeks,
    ),
  },
};
