import type { Desk, Turn } from './desk.ts';
import { chatParts, receiveInTime, sendAnswer, sendLater } from './desk.ts';

/** An emoji on a message of Baton's: what there is to say comes in the person's own chat. One taken back says nothing. */
export async function answerReaction(desk: Desk, turn: Turn): Promise<void> {
  const { reactionsAdded = [], replyToId, from, recipient } = turn.activity;
  if (reactionsAdded.length === 0 || replyToId === undefined || from.id === recipient.id) return;
  if (replyToId.length > 255) return;
  const reply = await receiveInTime(desk, turn, { kind: 'reacted', message: replyToId });
  if (reply.late) return sendLater(desk, turn, reply.value);
  const parts = chatParts(desk, reply.value, undefined);
  // Nothing to say opens no chat either.
  if (parts.length > 0) await sendAnswer(desk, turn, reply.value, parts);
}
