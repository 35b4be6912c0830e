import { z } from 'zod';
import type { Desk, Turn } from './desk.ts';
import { receiveInTime } from './desk.ts';
import type { InvokeResponse } from './invoke-responses.ts';
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
  return showOptions(
    reply.value.options
      .slice(skip, skip + top)
      .map(({ value, label }) => ({ value, title: literal(label).trim() || '…' })),
  );
}
