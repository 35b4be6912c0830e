import type { OpenNow } from '../escalations/list-open.ts';
import { describeService } from '../referrals/referral-words.ts';
import { summarise, type Week } from './figures.ts';
import { ceilingOn, fewestAnswers, muchUnmet } from './rules.ts';

/** One thing worth a look, and by which rule it was chosen. */
export interface Pointed {
  readonly what: string;
  readonly why: string;
}

/** How many a week points out. */
export const mostPointed = 3;
/** Fewer attempts than this say nothing about a rate. */
export const fewestAttempts = 10;
/** A change of a rate that is told, in hundredths. */
const tellingChange = 5;
/** Of all contacts: from here on work outside hours is told first. */
const muchOutOfHours = 0.15;

export const percentOf = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((100 * part) / whole));
export const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

type Rule = (week: Week, closes: string, open: readonly OpenNow[]) => readonly Pointed[];

/** In their order: what may hurt somebody first, then who was lost sight of, then load, then the rest. */
const rules: readonly Rule[] = [
  // At this moment, whatever time the figures are of.
  (_week, _closes, open) => {
    const untaken = open.filter((one) => one.untaken).length;
    const held = open.length - untaken;
    return [
      ...(untaken === 0
        ? []
        : [
            {
              what: plural(untaken, 'escalation nobody has now', 'escalations nobody has now'),
              why: 'open ones come first',
            },
          ]),
      ...(held === 0
        ? []
        : [{ what: plural(held, 'escalation is open', 'escalations are open'), why: 'somebody has them now' }]),
    ];
  },
  ({ now }) => {
    const { late } = summarise(now);
    if (late === 0) return [];
    return [
      {
        what: plural(late, 'escalation was late', 'escalations were late'),
        why: 'a step or an answer came after the ladder’s time',
      },
    ];
  },
  ({ now }) =>
    now.missed
      .filter(({ tier }) => tier === 'high')
      .map(({ code, times }) => ({
        what: `${code} was missed ${times} times in a row`,
        why: 'high tier, nobody answered since',
      })),
  ({ now }) => {
    const oldest = now.overdue.at(-1) ?? 0;
    if (oldest === 0) return [];
    return [
      {
        what: plural(oldest, 'follow-up is 15 days over or more', 'follow-ups are 15 days over or more'),
        why: 'the oldest of what is overdue',
      },
    ];
  },
  ({ now }) =>
    now.load
      .filter(({ points, ceiling }) => points > ceiling)
      .map(({ name, points, ceiling }) => ({
        what: `${name} carries ${points} points`,
        why: `the ceiling is ${ceiling}`,
      })),
  ({ now }) => {
    const old = now.loops.at(-1) ?? 0;
    if (old === 0) return [];
    return [
      {
        what: plural(old, 'referral loop is open for 14 days or more', 'referral loops are open for 14 days or more'),
        why: 'the oldest of what is open',
      },
    ];
  },
  ({ now }) => {
    const services = new Map<string, number>();
    for (const { service, times } of now.unmet) services.set(service, (services.get(service) ?? 0) + times);
    return [...services]
      .filter(([service, times]) => service !== '' && times >= muchUnmet)
      .map(([service, times]) => ({
        what: `${describeService(service)} was asked for ${times} times and not served`,
        why: 'nobody else was asked since',
      }));
  },
  ({ now }) => {
    const lost = now.missed.filter(({ tier }) => tier !== 'high');
    const [first] = lost;
    if (first === undefined) return [];
    const what =
      lost.length === 1
        ? `${first.code} was missed ${first.times} times in a row`
        : `${lost.length} clients were missed three times in a row or more`;
    return [{ what, why: lost.length === 1 ? `${first.tier} tier` : `beginning with ${first.code}` }];
  },
  ({ now, before }) => {
    const { attempts, reached } = summarise(now);
    if (attempts < fewestAttempts || before.attempts < fewestAttempts) return [];
    const [is, was] = [percentOf(reached, attempts), percentOf(before.reached, before.attempts)];
    return was - is < tellingChange
      ? []
      : [{ what: `${is}% of attempts reached somebody`, why: `it was ${was}% before` }];
  },
  ({ now }) =>
    now.partners
      .filter(({ decided, inTime }) => decided >= fewestAnswers && inTime * 2 < decided)
      .map(({ name, decided, inTime }) => ({
        what: `${name} answered ${inTime} of ${decided} in time`,
        why: 'fewer than half, in 90 days',
      })),
  ({ now }, closes) =>
    now.load
      .filter(({ points, ceiling }) => points <= ceiling && points >= ceiling * ceilingOn(closes).soft)
      .map(({ name, points, ceiling }) => ({
        what: `${name} is near the ceiling`,
        why: `${points} of ${ceiling} points`,
      })),
  ({ now }) => {
    const { contacts, afterHours, daysOff } = now.work;
    const out = afterHours + daysOff;
    if (contacts < fewestAttempts || out / contacts < muchOutOfHours) return [];
    return [{ what: `${out} of ${contacts} contacts fell outside working hours`, why: 'more than one in seven' }];
  },
];

/** What to look at first: at most three, chosen by the rules in their order. */
export function lookFirst(week: Week, closes: string, open: readonly OpenNow[]): readonly Pointed[] {
  return rules.flatMap((rule) => rule(week, closes, open)).slice(0, mostPointed);
}

/** What is better than before, with both numbers. */
export function improvements({ now, before }: Week): readonly string[] {
  const is = summarise(now);
  const fewer = [
    ['overdue follow-ups', is.overdue, before.overdue],
    ['clients missed three times or more', is.missed, before.missed],
    ['referral loops of 14 days or more', is.oldLoops, before.oldLoops],
    ['late escalations', is.late, before.late],
    ['contacts outside working hours', is.outOfHours, before.outOfHours],
  ] as const;
  const [rate, rateBefore] = [percentOf(is.reached, is.attempts), percentOf(before.reached, before.attempts)];
  const enough = is.attempts >= fewestAttempts && before.attempts >= fewestAttempts;
  return [
    ...fewer.flatMap(([what, count, was]) =>
      count < was ? [`${count === 0 ? 'no' : count} ${what}, ${was} before`] : [],
    ),
    ...(enough && rate - rateBefore >= tellingChange
      ? [`${rate}% of attempts reached somebody, ${rateBefore}% before`]
      : []),
  ];
}
