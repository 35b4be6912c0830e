import { personOf } from '../access/actor.ts';
import type { Card, Node } from '../chat/card.ts';
import type { Work, Feature } from '../feature/feature.ts';
import { lateAnswerKind } from '../feature/late-answer-kind.ts';
import { findKeptAnswer, type KeptAnswer } from './answer-records.ts';
import { localDate, localTime } from '../calendar/zones.ts';
import { formatDay } from '../calendar/local-dates.ts';
import { Refusal } from '../chat/refusal.ts';

/** Draws answers that came late. Nothing is done again: what was answered then is said. */
export const lateAnswers: Feature = {
  noun: 'answers',
  cards: {
    async [lateAnswerKind](work, subject) {
      const [workspace = '', ...rest] = subject.split('/');
      const { actor, platform, place } = work;
      const person = personOf(actor);
      const reader = person === undefined || platform === undefined ? undefined : { person, platform, user: place.id };
      const of = { workspace, delivery: rest.join('/') };
      const kept = reader === undefined ? undefined : await findKeptAnswer(work.tx, of, reader);
      if (kept === undefined) throw new Refusal('already-done', 'This answer is not kept any more.');
      return lateCard(kept, whenOf(work, kept.receivedAt));
    },
  },
};

function whenOf({ actor, now, reading }: Work, at: Date): string {
  const time = localTime(at, actor.zone);
  const day = localDate(at, actor.zone);
  return day === localDate(now, actor.zone) ? `at ${time}` : `on ${formatDay(day, reading.today)} at ${time}`;
}

function lateCard({ reply, left }: KeptAnswer, when: string): Card {
  switch (reply.kind) {
    case 'answer': {
      const replace = left === 'card' ? undefined : reply.replace;
      const card = left === 'replace' ? undefined : reply.card;
      const [first, second] = [replace, card].filter((one) => one !== undefined);
      if (first === undefined) break;
      const below: readonly Node[] = second === undefined ? [] : [{ kind: 'divider' }, ...second.nodes];
      const summary = `My answer to what you did ${when}.`;
      // The notification says when, and nothing of what; its pages are those of the card it was.
      return { ...first, summary, nodes: [quiet(`${summary} It had not reached you.`), ...first.nodes, ...below] };
    }
    case 'form':
      return said(`I could not show you the form you asked for ${when}. Please ask for it again.`, []);
    case 'form-errors': {
      const errors = Object.values(reply.errors);
      return said(`The form you sent ${when} was not saved. Please open it again.`, errors);
    }
    case 'options':
    case 'home':
    case 'nothing':
  }
  throw new Refusal('already-done', 'There was nothing to answer.');
}

const quiet = (text: string): Node => ({ kind: 'text', text: [{ subtle: text }] });

const said = (summary: string, more: readonly string[]): Card => ({
  kind: lateAnswerKind,
  summary,
  nodes: [summary, ...more].map((text) => ({ kind: 'text', text })),
});
