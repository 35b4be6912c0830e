import type { Inbound } from '../chat/inbound.ts';
import { Refusal } from '../chat/refusal.ts';

interface Found {
  readonly organisation: string;
}

/**
 * A button pressed in a channel that two companies share: by somebody of the other one, or by one of us where the other
 * one is at home. Nothing is done there: what the answer shows, and who may press, is decided at home.
 */
export function foreignPress(
  { what, place, via }: Pick<Inbound, 'what' | 'place' | 'via'>,
  own: Found | undefined,
  host: Found | undefined,
): Refusal | undefined {
  if (what.kind !== 'button' || place.kind === 'direct' || via === undefined) return undefined;
  if (own !== undefined && own.organisation === host?.organisation) return undefined;
  const code = own === undefined ? 'stranger' : 'not-allowed';
  const sentence = 'This channel belongs to two organisations, so I did nothing. Please press in your own workspace.';
  return new Refusal(code, sentence, { denial: true });
}
