import { isSelf } from '../../access/actor.ts';
import { SENTENCE_CARD } from '../../chat/sentence-card.ts';
import type { Work } from '../../feature/feature.ts';
import { answer, nothing, type Reply } from '../../chat/reply.ts';
import { codeOf } from './describe-escalation.ts';
import { offerActs } from './offer-acts.ts';
import { findEscalation } from './records.ts';
import { viewEscalation } from './view-escalation.ts';

/**
 * An emoji on the card acknowledges nothing: whoever put it there is told so, to them alone, while somebody is still
 * needed. They are told whatever their role, because whoever sees the card may believe that they took it; the answer
 * says no more than the card in the place does. It reads and changes nothing.
 */
export async function answerReaction(work: Work, id: string): Promise<Reply> {
  const escalation = await findEscalation(work.tx, id);
  if (escalation?.state !== 'raised') return nothing;
  const { acknowledged } = escalation;
  // The first of two has taken it, and knows.
  if (isSelf(work.actor, acknowledged?.by.id)) return nothing;
  const seen = await viewEscalation(work, escalation);
  // Who raised it is offered to hold it, by its own words.
  const take = offerActs(seen, ['acknowledge', 'second-acknowledge', 'hold']).map((button) =>
    button.action === 'escalations.acknowledge' ? { ...button, label: 'Take it' } : button,
  );
  const needed = acknowledged === undefined ? 'somebody' : 'a second person';
  const sentence = `Seen is not taken. ${codeOf(seen)} still needs ${needed}.`;
  return answer({
    kind: SENTENCE_CARD,
    summary: sentence,
    nodes: [
      { kind: 'text', text: sentence },
      ...(take.length === 0 ? [] : [{ kind: 'buttons' as const, buttons: take }]),
    ],
  });
}
