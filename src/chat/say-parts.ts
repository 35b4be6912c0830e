import type { AnswerPart, Confirm, Reply } from './reply.ts';

/** A card of an answer, as its platform shows it. */
export interface Part<Message> {
  readonly part: AnswerPart;
  readonly message: Message;
}

/**
 * Tells how much of an answer has arrived. Of one that arrived in part only the rest is sent again; of one that did not,
 * nothing is told.
 */
export function tellArrived(
  confirm: Confirm,
  reply: Reply,
  parts: readonly AnswerPart[],
  left: readonly AnswerPart[],
): void {
  if (left.length === 0) confirm(reply);
  else if (left.length < parts.length) confirm(reply, left[0]);
}

/** Says the parts one after the other; `say` resolves to true when one has arrived. Resolves to those that have not. */
export async function sayParts<Message>(
  parts: readonly Part<Message>[],
  say: (message: Message) => Promise<boolean>,
): Promise<readonly AnswerPart[]> {
  const left: AnswerPart[] = [];
  for (const { part, message } of parts) if (!(await say(message))) left.push(part);
  return left;
}
