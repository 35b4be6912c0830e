import { isSelf } from '../../access/actor.ts';
import { SENTENCE_CARD } from '../../chat/sentence-card.ts';
import { allows } from '../../access/policy.ts';
import type { Button, Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findBrokenGlass } from './break-glass-records.ts';
import { breakGlassReasonSchema, describeBreakGlass, type BreakGlassWhat } from './break-glass-rules.ts';
import { codeOf, formatMoment, readerOf } from './describe-escalation.ts';
import { openButton } from './find-actable.ts';
import { findEscalation } from './records.ts';
import { viewEscalation, type SeenEscalation } from './view-escalation.ts';

/** What whoever oversees is told, by code only; it follows its review. */
export const brokenGlassCardKind = 'escalations.broken-glass';

const actions: Readonly<Record<BreakGlassWhat, string>> = {
  reach: 'escalations.break-glass-reach',
  words: 'escalations.break-glass-read',
};
const wants: Readonly<Record<BreakGlassWhat, string>> = {
  reach: 'how to reach the client opens',
  words: 'the note opens',
};

/** Reasons to choose from; one tap acts. */
export function askWhyCard(seen: SeenEscalation, what: BreakGlassWhat): Card {
  const { id } = seen.escalation;
  const chips = breakGlassReasonSchema.options.map((choice): Button => ({
    action: actions[what],
    label: describeBreakGlass(choice),
    subject: id,
    choice,
  }));
  return {
    kind: 'escalations.ask-why',
    subject: `${id}/${what}`,
    summary: `Why now? ${codeOf(seen)}.`,
    nodes: [
      {
        kind: 'text',
        text: [
          { bold: codeOf(seen) },
          ` · You took this without having been called for it. Say why, and ${wants[what]}. A supervisor is told at once, and it holds until the escalation ends.`,
        ],
      },
      { kind: 'buttons', buttons: chips },
    ],
  };
}

/** The code leads to nobody: said to whoever asked how to reach them. */
export function unknownCodeCard(seen: SeenEscalation): Card {
  const said = `No client here has the code ${codeOf(seen)}. Please ask ${seen.escalation.raisedBy.name} who it is about.`;
  return {
    kind: SENTENCE_CARD,
    summary: said,
    nodes: [{ kind: 'text', text: said }],
  };
}

const whatHappened: Readonly<Record<BreakGlassWhat, string>> = {
  reach: 'opened how to reach the client of',
  words: 'read the note of',
};

/** Who opened what, why and when, for who reviews it: the code only, and never what was opened. */
export async function drawBrokenGlass(work: Work, id: string): Promise<Card> {
  const found = await findBrokenGlass(work.tx, id);
  const escalation = found === undefined ? undefined : await findEscalation(work.tx, found.escalation);
  const reviews = work.audience === 'person' && allows(work.actor, 'break-glass.review', 'organisation');
  if (found === undefined || escalation === undefined || !reviews || isSelf(work.actor, found.person.id)) {
    throw new Refusal('not-allowed', 'That is for a supervisor to review.', { denial: true });
  }
  const code = codeOf(await viewEscalation(work, escalation));
  const reader = readerOf(work);
  const { person, what, reason, at, reviewed } = found;
  const review: Button = { action: 'escalations.review-glass', label: 'Mark reviewed', subject: id, style: 'primary' };
  const who = reviewed?.by === reader.person ? 'you' : reviewed?.name;
  return {
    kind: brokenGlassCardKind,
    subject: id,
    summary: `Without having been called: ${code}.`,
    nodes: [
      {
        kind: 'text',
        text: [
          { bold: person.name },
          ` ${whatHappened[what]} `,
          { bold: code },
          ', without having been called for it.',
        ],
      },
      {
        kind: 'facts',
        facts: [
          { label: 'Why', value: describeBreakGlass(reason) },
          { label: 'When', value: formatMoment(at, reader) },
          { label: 'Escalation', value: escalation.severity },
          {
            label: 'Reviewed',
            value: reviewed === undefined ? 'not yet' : `by ${who ?? ''}, ${formatMoment(reviewed.at, reader)}`,
          },
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          ...(reviewed === undefined ? [review] : []),
          { ...openButton(escalation.id), label: 'Open escalation' },
        ],
      },
    ],
  };
}
