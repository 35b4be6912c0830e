import { paragraph, type Button, type Card, type Node } from '../../chat/card.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import type { OpenNow } from '../escalations/list-open.ts';
import { describeDoubted, type KindUse } from '../deliveries/view-use.ts';

import { agesPicture, loadPicture, reachPicture } from './draw-pictures.ts';
import {
  describeEscalations,
  describeMissed,
  describeOpenNow,
  describePartners,
  describeReach,
  describeUnmet,
  describeWork,
} from './figure-words.ts';
import { summarise, type Week } from './figures.ts';
import { improvements, lookFirst, plural } from './point-out.ts';
import {
  ceilingOn,
  loopAges,
  overdueAges,
  reviewActionLabels,
  reviewActionSchema,
  trendWeeks,
  weekSubject,
} from './rules.ts';

export const weekCardKind = 'week-reviews.week';
export const reportCardKind = 'week-reviews.report';

/** A period of figures, and whose they are. */
export interface Shown {
  readonly kind: typeof weekCardKind | typeof reportCardKind;
  readonly subject: string;
  /** `East team`, or a coordinator's name. */
  readonly whose: string;
  readonly from: string;
  readonly to: string;
  readonly closes: string;
  readonly today: string;
  readonly week: Week;
  /** What is open at this moment, whatever time the figures are of. */
  readonly open: readonly OpenNow[];
}

export interface Review {
  readonly byName: string;
  readonly at: string;
  readonly action: string;
  readonly words: string | undefined;
}

/** Where a week stands: reviewed by somebody, or not yet, and which earlier ones are not. */
export interface Standing {
  /** Kinds of messages that few act on: each proposes its own removal. */
  readonly doubted: readonly KindUse[];
  /** Names of those of the rota who have not confirmed the monthly check: for its reader alone. */
  readonly silent: readonly string[];
  readonly team: string;
  readonly review: Review | undefined;
  /** Mondays of other weeks nobody has reviewed, oldest first. */
  readonly unreviewed: readonly string[];
  /** The week its reader may mark as reviewed now. */
  readonly reviewable: string | undefined;
  /** Other weeks can be opened: never in a shared place. */
  readonly mayOpen: boolean;
}

const quiet = (line: string): Node => ({ kind: 'text', text: [{ subtle: line }] });
const ages = (list: readonly { readonly label: string }[], counts: readonly number[]): string =>
  list.map(({ label }, index) => `${label}: ${counts[index] ?? 0}`).join(' · ');
const rounded = (value: number): string => String(Math.round(value * 10) / 10);

export function nameOfAction(action: string): string {
  const known = reviewActionSchema.safeParse(action);
  return known.success ? reviewActionLabels[known.data] : action;
}

function reviewNodes(
  { team, review, unreviewed, reviewable, mayOpen, silent }: Standing,
  earlier: boolean,
  today: string,
): Node[] {
  const waiting = unreviewed.slice(-mostOpened);
  const buttons: Button[] = [
    ...(reviewable === undefined
      ? []
      : [
          {
            action: 'week-reviews.review',
            label: 'Mark reviewed',
            subject: reviewable,
            style: 'primary' as const,
            opensForm: true,
          },
        ]),
    ...(mayOpen
      ? waiting.map((week) => ({
          action: 'week-reviews.open',
          label: `Open week of ${formatDay(week, today)}`,
          subject: weekSubject(team, week),
        }))
      : []),
  ];
  return [
    ...(silent.length === 0
      ? []
      : [paragraph(`Has not confirmed the monthly check of the rota: ${silent.join(', ')}. Please ask.`)]),
    ...(review === undefined
      ? []
      : [paragraph(`Reviewed by ${review.byName} on ${formatDay(review.at, today)}: ${nameOfAction(review.action)}.`)]),
    ...(review?.words === undefined ? [] : [quiet(review.words)]),
    ...(unreviewed.length === 0
      ? []
      : [
          paragraph(
            `${plural(unreviewed.length, `${earlier ? 'earlier ' : ''}week`, `${earlier ? 'earlier ' : ''}weeks`)} not reviewed.`,
          ),
        ]),
    ...(buttons.length === 0 ? [] : [{ kind: 'buttons' as const, buttons }]),
  ];
}
const mostOpened = 3;

/** What to look at first, and what is better: before all figures. */
function headNodes({ week, closes, open }: Shown): Node[] {
  const pointed = lookFirst(week, closes, open);
  const better = improvements(week);
  return [
    ...(open.length === 0 ? [] : [{ kind: 'text' as const, text: [{ bold: 'Open now' }] }]),
    ...describeOpenNow(open).map(paragraph),
    ...(pointed.length === 0
      ? [paragraph('Nothing stands out.')]
      : [
          { kind: 'text' as const, text: [{ bold: 'Look at first' }] },
          ...pointed.map(({ what, why }, index): Node => ({
            kind: 'text',
            text: [`${index + 1}. ${what}`, { subtle: ` · ${why}` }],
          })),
        ]),
    ...(better.length === 0
      ? []
      : [
          { kind: 'text' as const, text: [{ bold: 'Better than before' }] },
          ...better.map((line): Node => paragraph(`• ${line}`)),
        ]),
  ];
}

/** How points are counted: a number nobody can check is no fact. */
function describeCeiling(closes: string): string {
  const { weights, pointsPerFte } = ceilingOn(closes);
  const said = Object.entries(weights).map(([tier, points]) => `${tier} ${points}`);
  return `Points a client: ${said.join(', ')}. Ceiling: ${pointsPerFte} for full time.`;
}

function figureNodes({ week: { now }, today, closes }: Shown): Node[] {
  const { overdue, missed } = summarise(now);
  return [
    ...(now.load.length === 0
      ? [paragraph('Nobody of the team is a coordinator.')]
      : [
          loadPicture(now.load),
          {
            kind: 'table' as const,
            columns: ['Name', 'Clients', 'Points', 'Ceiling', `${trendWeeks - 1} weeks ago`],
            rows: now.load.map(({ name, clients, points, ceiling, trend }) => [
              name,
              String(clients),
              rounded(points),
              rounded(ceiling),
              rounded(trend[0] ?? 0),
            ]),
          },
          quiet(describeCeiling(closes)),
        ]),
    agesPicture(now),
    {
      kind: 'facts',
      facts: [
        { label: `Follow-ups overdue at the end (${overdue})`, value: ages(overdueAges, now.overdue) },
        { label: 'Referral loops open', value: ages(loopAges, now.loops) },
        ...describePartners(now.partners),
        ...describeUnmet(now.unmet),
      ],
    },
    reachPicture(now.weeks),
    {
      kind: 'facts',
      facts: [
        ...describeReach(now),
        { label: `Missed 3 times or more (${missed})`, value: describeMissed(now.missed, today) },
      ],
    },
    { kind: 'facts', facts: [...describeEscalations(now.escalations), ...describeWork(now)] },
  ];
}

/** `16–22 Nov`, `28 Sep – 4 Oct` */
export function formatDays(from: string, to: string, today: string): string {
  const [first, last] = [formatDay(from, today).slice(4), formatDay(to, today).slice(4)];
  return from.slice(0, 7) === to.slice(0, 7) ? `${Number(from.slice(8))}–${last}` : `${first} – ${last}`;
}

/** A week or a report, with its pictures and their numbers beside them. */
export function weekCard(shown: Shown, standing: Standing | undefined): Card {
  const { kind, subject, whose, from, to, today } = shown;
  const days = formatDays(from, to, today);
  return {
    kind,
    subject,
    summary: kind === weekCardKind ? `${whose}: the week of ${days}.` : `${whose}: ${days}.`,
    nodes: [
      { kind: 'heading', text: `${whose} · ${days}` },
      ...headNodes(shown),
      ...(standing === undefined ? [] : reviewNodes(standing, kind === weekCardKind, today)),
      ...figureNodes(shown),
      ...(standing?.doubted ?? []).map((use) => quiet(describeDoubted(use))),
    ],
  };
}
