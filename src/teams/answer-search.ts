import { z } from 'zod';
import type { Desk, Turn } from './desk.ts';
import { receiveInTime } from './desk.ts';
import type { InvokeResponse } from './invoke-responses.ts';
import { keepTypingValue } from './form-values.ts';
import { refuseInvoke, showOptions } from './invoke-responses.ts';
import { limits } from './limits.ts';
import { literal } from './literal-text.ts';

const count = z.int().min(0).max(10_000).optional().catch(undefined);
const valueSchema = z.object({
  queryText: z.string().max(3000).optional(),
  queryOptions: z.object({ skip: count, top: count }).optional().catch(undefined),
  dataset: z.enum(['clients', 'people']),
});

/** Type-ahead in a form. A late or failed search is an empty list: the person types on and it is asked again. */
export async function answerSearch(desk: Desk, turn: Turn): Promise<InvokeResponse> {
  const query = valueSchema.safeParse(turn.activity.value).data;
  if (query === undefined) return refuseInvoke;
  const reply = await receiveInTime(desk, turn, {
    kind: 'option-search',
    search: query.dataset,
    query: query.queryText ?? '',
  });
  if (reply.late || reply.value.kind !== 'options') return showOptions([]);
  const skip = query.queryOptions?.skip ?? 0;
  const top = Math.min(query.queryOptions?.top ?? limits.searchResults, limits.searchResults);
  const found = reply.value.options.map(({ value, label }) => ({ value, title: literal(label).trim() || '…' }));
  if (found.length <= top && reply.value.more !== true) return showOptions(found.slice(skip));
  // A list of Teams has no line of its own: the last choice of the first ones says it, and choosing it chooses nobody.
  const first = found.slice(0, top - 1);
  const keepTyping = { value: keepTypingValue, title: `The first ${first.length}: keep typing for others` };
  return showOptions(skip === 0 ? [...first, keepTyping] : found.slice(skip - 1, skip - 1 + top));
}
