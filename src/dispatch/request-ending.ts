import type { Inbound } from '../chat/inbound.ts';
import type { RefusalCode } from '../chat/refusal.ts';

/**
 * What became of a request that an adapter handed over. `repeated`: it came before, and got the same answer again. `busy`:
 * turned away in words, with nothing begun.
 */
export type RequestEnding =
  { readonly is: 'done' | 'repeated' | 'busy' | 'failed' } | { readonly is: 'refused'; readonly code: RefusalCode };

/** Told once for each request. */
export type NoteEnding = (inbound: Pick<Inbound, 'platform' | 'what'>, ending: RequestEnding) => void;
