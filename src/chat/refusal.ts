import type { Button } from './card.ts';
import type { FormErrors } from './form.ts';

/**
 * Everything Baton can refuse, as a closed union of stable codes. A refusal rolls the transaction back: a refused
 * thing changes nothing. The sentence says what to do next and never repeats what was typed.
 */
export type RefusalCode =
  | 'stranger' // not linked to a person of the organisation
  | 'leaver' // the person no longer works here
  | 'guest' // a guest or outside user
  | 'not-allowed' // the policy table says no
  | 'unknown-command'
  | 'unknown-word'
  | 'unknown-client' // no such code, or not one this person may see: the same answer
  | 'bad-check-character'
  | 'name-in-the-clear' // something that looks like a person's name where a code belongs
  | 'missing'
  | 'invalid-minutes'
  | 'invalid-date'
  | 'ambiguous-date'
  | 'invalid-value'
  | 'client-not-active'
  | 'changed-meanwhile' // somebody was first
  | 'already-done'
  | 'form-expired'
  | 'unknown-button'
  | 'too-fast'
  | 'unreadable' // it stands on a sealed value that is damaged
  | 'internal'; // unknown errors: one code, a correlation id, no detail

export class Refusal extends Error {
  readonly code: RefusalCode;
  /** What to do next, as one tap. */
  readonly offers: readonly Button[];
  /** In a form: which field each sentence belongs to. */
  readonly fields: FormErrors;
  /** True when it matters to security: an audit row records the denial. */
  readonly denial: boolean;

  constructor(
    code: RefusalCode,
    sentence: string,
    more: { offers?: readonly Button[]; fields?: FormErrors; denial?: boolean } = {},
  ) {
    super(sentence);
    this.name = 'Refusal';
    this.code = code;
    this.offers = more.offers ?? [];
    this.fields = more.fields ?? {};
    this.denial = more.denial ?? false;
  }
}
