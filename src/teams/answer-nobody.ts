import type { Desk, Turn } from './desk.ts';
import { sendNote } from './desk.ts';
import type { InvokeResponse } from './invoke-responses.ts';
import { endDialog, sentences, showOptions, showText } from './invoke-responses.ts';

/**
 * Somebody acts and Teams does not say who: an anonymous guest of a meeting, or an account without a directory. Nothing
 * is done. They read why where only they do; in a shared place nothing is said.
 */
export async function answerNobody(desk: Desk, turn: Turn): Promise<InvokeResponse | void> {
  const { type, name = '' } = turn.activity;
  desk.log.warn('teams.nobody', { platform: 'teams', kind: type });
  if (type === 'invoke') {
    if (name === 'application/search') return showOptions([]);
    return name === 'adaptiveCard/action' ? showText(sentences.nobody) : endDialog(sentences.nobody);
  }
  if (type === 'message' && turn.origin.place.kind === 'direct') await sendNote(desk, turn, sentences.nobody);
}
