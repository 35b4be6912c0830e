import type { Card } from './card.ts';
import type { Form, FormErrors, FoundOptions } from './form.ts';
import type { Inbound } from './inbound.ts';

/** What the dispatcher answers; the adapter renders it. Every answer is private to the person who acted. */
export type Reply =
  | {
      readonly kind: 'answer';
      /** A new private message. */
      readonly card?: Card;
      /** What the pressed card becomes (buttons only; elsewhere it is sent as a new private message). */
      readonly replace?: Card;
      /** Page of `replace` (or of `card` when there is no `replace`), counted from 0. */
      readonly page?: number;
      /** The card stands beside what was sent, never in its place: the first answer of a form stays. */
      readonly aside?: boolean;
      /** Nothing was done with what was sent, and it can be sent again as it stands: a form stays open. */
      readonly again?: true;
    }
  | { readonly kind: 'form'; readonly form: Form }
  /** The form stays open, with its sentences. */
  | { readonly kind: 'form-errors'; readonly form: Form; readonly errors: FormErrors }
  | ({ readonly kind: 'options' } & FoundOptions)
  | { readonly kind: 'home'; readonly card: Card }
  | { readonly kind: 'nothing' };

export const nothing: Reply = { kind: 'nothing' };
export const answer = (card: Card): Reply => ({ kind: 'answer', card });

/** What adapters call with every verified request. Never throws: what went wrong is a Reply in words. */
export type Receive = (inbound: Inbound) => Promise<Reply>;

/** The cards of an answer: a new message, and what the pressed one becomes. */
export type AnswerPart = 'card' | 'replace';

/**
 * What adapters call once the platform has an answer: it said so (2xx), or the response that carried it was finished.
 * `left`: all of it but this part. An answer nobody waits for may be told as well.
 */
export type Confirm = (reply: Reply, left?: AnswerPart) => void;

/** True for the reply to what nothing was done with: nothing of it is kept, so that whoever is not told never hears of it. */
export const isTurnedAway = (reply: Reply): boolean => reply.kind === 'answer' && reply.again === true;

/** True for a reply that somebody misses when it does not arrive: cards, and the forms they asked for or sent. */
export function isWaitedFor(reply: Reply): boolean {
  if (reply.kind === 'answer') return reply.card !== undefined || reply.replace !== undefined;
  return reply.kind === 'form' || reply.kind === 'form-errors';
}
