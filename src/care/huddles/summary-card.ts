import type { Card, Node, Row, Span } from '../../chat/card.ts';
import { readNoteButton, wordsStand } from '../clients/typed-words.ts';
import { mineCardKind, summaryCardKind } from './card-kinds.ts';
import { describeOthers, describeWhy, formatMoment, nameItem } from './describe-item.ts';
import { rhythmLabels, sectionLabels } from './huddle-words.ts';
import { decisionRows, describeAdvice, describeAttendance, describeOutcome } from './outcome-lines.ts';
import type { Decision } from './outcome-records.ts';
import type { Huddle, Item } from './records.ts';
import { secondsBetween, tookPart } from './rules.ts';
import { identify, mayReadWords, showsWords, type HuddleView } from './view-huddle.ts';

/**
 * What came of a huddle. In the team's place: codes, who was there, what was decided, who does what by when, what
 * carries over. For one person also each client's minutes and the words they may read.
 */
export function summaryCard(view: HuddleView): Card {
  const { huddle, reader } = view;
  const head = `${rhythmLabels[huddle.rhythm]} of ${huddle.teamName}`;
  const when = formatMoment(huddle.startedAt ?? huddle.startsAt, reader);
  return {
    kind: summaryCardKind,
    subject: huddle.id,
    summary: `${head} has ended: ${huddle.decisions.length} decided.`,
    nodes: [
      { kind: 'text', text: [{ bold: `${head} · ${when}` }] },
      { kind: 'facts', facts: factsOf(huddle) },
      ...(view.audience === 'place' ? sharedNodes(view) : personalNodes(view)),
      ...(view.audience === 'place'
        ? [{ kind: 'buttons' as const, buttons: [{ action: 'huddles.open', label: 'Open', subject: huddle.id }] }]
        : []),
    ],
  };
}

function factsOf(huddle: Huddle): { label: string; value: string }[] {
  const { items, startedAt, endedAt, attendance } = huddle;
  const reviewed = items.filter(({ state }) => state === 'reviewed');
  const consultants = attendance.filter(({ roles }) => roles.includes('psychiatric-consultant'));
  const withConsultant = reviewed.filter((item) =>
    consultants.some(({ joinedAt }) => tookPart(joinedAt, item.reviewedAt)),
  ).length;
  const minutes =
    startedAt === undefined || endedAt === undefined ? 0 : Math.floor(secondsBetween(startedAt, endedAt) / 60);
  const consultant =
    consultants.length === 0 ? 'no consultant was there' : `${withConsultant} with the consultant there`;
  return [
    { label: 'There', value: describeAttendance(attendance) },
    {
      label: 'Took',
      value:
        huddle.endedBy === undefined ? `${minutes} min, ended by itself` : `${minutes} min, ended by ${huddle.endedBy}`,
    },
    { label: 'Reviewed', value: `${reviewed.length} of ${items.length}, ${consultant}` },
  ];
}

/** Who does what by when, what was recommended, what carries over: codes only. */
function sharedNodes(view: HuddleView): readonly Node[] {
  const { huddle } = view;
  const advice: Row[] = huddle.recommendations.map((one) => ({
    id: one.id,
    text: [{ bold: nameOf(huddle, one.item) }, ` · ${describeAdvice(view, one)}`],
  }));
  const decided: Row[] = huddle.decisions.map((one) => ({
    id: one.id,
    text: [{ bold: one.code }, ` · ${describeOutcome(view, one)}`],
  }));
  return [
    ...listNodes('Decided', decided, 'Nothing was decided.'),
    ...(advice.length === 0 ? [] : listNodes('Recommended', advice, '')),
    ...carriedNodes(huddle),
  ];
}

const nameOf = ({ items }: Huddle, id: string): string => {
  const item = items.find((one) => one.id === id);
  return item === undefined ? '' : nameItem(item);
};

const listNodes = (title: string, rows: readonly Row[], nothing: string): readonly Node[] =>
  rows.length === 0
    ? [{ kind: 'text', text: nothing }]
    : [
        { kind: 'heading', text: `${title}: ${rows.length}` },
        { kind: 'rows', rows },
      ];

function carriedNodes({ items }: Huddle): readonly Node[] {
  const carried = items.filter(({ state }) => state === 'carried');
  if (carried.length === 0) return [];
  return [{ kind: 'text', text: [{ bold: `Carries over: ${carried.length} · ` }, carried.map(nameItem).join(', ')] }];
}

const stateLabels = { waiting: 'not reached', reviewed: 'reviewed', carried: 'carries over' } as const;

/** Line by line, with the client's share of the time. */
function personalNodes(view: HuddleView): readonly Node[] {
  const { items } = view.huddle;
  if (items.length === 0) return [{ kind: 'text', text: 'Nothing stood on the agenda.' }];
  return [{ kind: 'rows', rows: items.map((item) => itemRow(view, item)) }];
}

function itemRow(view: HuddleView, item: Item): Row {
  const { huddle } = view;
  const [sees, shows] = [mayReadWords(view, item), showsWords(view, item)];
  const say = (line: string, said: string | undefined): string =>
    said === undefined || !shows ? line : `${line}: ${said}`;
  const state =
    item.minutes === undefined ? stateLabels[item.state] : `${stateLabels[item.state]}, ${item.minutes} min`;
  const detail = [
    describeWhy(item, view),
    ...(item.others.length === 0 ? [] : [describeOthers(item.others, view.reasons)]),
    ...huddle.recommendations
      .filter((one) => one.item === item.id)
      .map((one) => say(`recommended ${describeAdvice(view, one)}`, one.words)),
    ...huddle.decisions
      .filter((one) => one.item === item.id)
      .map((one) => say(`decided ${describeOutcome(view, one)}`, one.words)),
  ];
  return {
    id: item.id,
    text: [...identify(view, item), ` · ${sectionLabels[item.section]} · ${state}`],
    detail: detail.join(' · '),
    ...(item.client === undefined || !sees
      ? {}
      : { buttons: [{ action: 'clients.show', label: 'Show the client', subject: item.client.id }] }),
  };
}

/** What one owner of decisions hears afterwards: all of theirs, once. */
export function mineCard(view: HuddleView, subject: string): Card {
  const { huddle } = view;
  const spans = (decision: Decision): Span[] =>
    identify(view, { client: { id: decision.client, code: decision.code }, person: undefined });
  const count = huddle.decisions.length;
  const said = count === 1 ? '1 decision of the huddle is yours' : `${count} decisions of the huddle are yours`;
  return {
    kind: mineCardKind,
    subject,
    summary: `${said}.`,
    nodes: [
      { kind: 'text', text: [{ bold: said }, ` · ${huddle.teamName}, ${formatMoment(huddle.startsAt, view.reader)}`] },
      { kind: 'rows', rows: decisionRows(view, spans).map((row, index) => withDecision(view, row, index)) },
      {
        kind: 'buttons',
        buttons: [
          { action: 'follow-ups.all', label: 'Show my list' },
          ...(!wordsStand(view.reader.privacy, view.opened) && decisionWords(view).length > 0
            ? [readNoteButton('huddles.read-mine', subject)]
            : []),
        ],
      },
    ],
  };
}

/** What was written with these decisions, for who may read it. */
export const decisionWords = (view: HuddleView): readonly { readonly decision: Decision; readonly words: string }[] =>
  view.huddle.decisions.flatMap((decision) => {
    const item = { client: { id: decision.client, code: decision.code } };
    return decision.words === undefined || !mayReadWords(view, item) ? [] : [{ decision, words: decision.words }];
  });

function withDecision(view: HuddleView, row: Row, index: number): Row {
  const decision = view.huddle.decisions[index];
  if (decision === undefined) return row;
  const found = decisionWords(view).find((one) => one.decision.id === decision.id);
  const words = found === undefined || !wordsStand(view.reader.privacy, view.opened) ? '' : ` · ${found.words}`;
  return { ...row, detail: `${describeOutcome(view, decision)}${words}` };
}
