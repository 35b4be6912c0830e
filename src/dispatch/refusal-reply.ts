import type { Form } from '../chat/form.ts';
import type { Refusal } from '../chat/refusal.ts';
import { answer, type Reply } from '../chat/reply.ts';
import { sentenceCard } from '../chat/sentence-card.ts';

/** What the person reads of a refusal: beside the fields of their form, or as a message of its own. */
export function refusalReply(refusal: Refusal, form: Form | undefined): Reply {
  if (form !== undefined) {
    const errors = Object.keys(refusal.fields).length > 0 ? refusal.fields : { '': refusal.message };
    return { kind: 'form-errors', form, errors };
  }
  const card = sentenceCard(refusal.message, refusal.offers);
  return refusal.code === 'form-expired' ? { kind: 'answer', card, aside: true } : answer(card);
}
