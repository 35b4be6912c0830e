import type { Line, Node, Row } from '../../chat/card.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { answerLabels, describeDecision, describeDecline, describeRecommendation } from './huddle-words.ts';
import type { Attendance, Decision, Recommendation } from './outcome-records.ts';
import type { Item } from './records.ts';
import { showsWords, type HuddleView } from './view-huddle.ts';

/** `Maya Torres, Jon Reyes (late), Dr Anil Rao (remote)` */
export function describeAttendance(attendance: readonly Attendance[]): string {
  if (attendance.length === 0) return 'nobody is on record';
  return attendance
    .map(({ name, late, remote }) => {
      const marks = [...(late ? ['late'] : []), ...(remote ? ['remote'] : [])];
      return marks.length === 0 ? name : `${name} (${marks.join(', ')})`;
    })
    .join(', ');
}

/** `change the care plan · Jon Reyes by Fri 27 Nov` */
export function describeOutcome(view: HuddleView, { what, followUp }: Decision): string {
  const task = view.tasks.get(followUp);
  const who = task === undefined ? '' : ` · ${task.ownerName} by ${formatDay(task.dueOn, view.today)}`;
  const state = task === undefined || task.state === 'open' ? '' : `, ${task.state}`;
  return `${describeDecision(what)}${who}${state}`;
}

/** `closer contact · Dr Anil Rao, accepted`; why it was declined is for persons only. */
export function describeAdvice(view: HuddleView, advice: Recommendation): string {
  const { kind, to, state, reason } = advice;
  const why = reason === undefined || view.audience === 'place' ? '' : ` (${describeDecline(reason)})`;
  return `${describeRecommendation(kind)}${to === undefined ? '' : ` · ${to.name}, ${answerLabels[state]}${why}`}`;
}

const withWords = (line: string, words: string | undefined, shown: boolean): Line =>
  words === undefined || !shown ? line : [line, { subtle: ` · ${words}` }];

/** What was recommended and decided about one line, with its words for who may read them. */
export function outcomeNodes(view: HuddleView, item: Item): readonly Node[] {
  const { recommendations, decisions } = view.huddle;
  const words = showsWords(view, item);
  return [
    ...recommendations
      .filter((one) => one.item === item.id)
      .map((one) => ({ ...one, line: `Recommended: ${describeAdvice(view, one)}` })),
    ...decisions
      .filter((one) => one.item === item.id)
      .map((one) => ({ ...one, line: `Decided: ${describeOutcome(view, one)}` })),
  ].map((one) => ({ kind: 'text', text: withWords(one.line, one.words, words) }));
}

/** Rows of a list of all decisions: who does what by when. */
export function decisionRows(view: HuddleView, name: (decision: Decision) => Row['text']): readonly Row[] {
  return view.huddle.decisions.map((decision) => ({
    id: decision.id,
    text: name(decision),
    detail: describeOutcome(view, decision),
  }));
}
