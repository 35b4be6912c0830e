import { z } from 'zod';
import { checkCard } from './check-card.ts';
import type { Json } from './types.ts';

const record = z.record(z.string(), z.unknown());
const words = z.string().min(1).max(4000);

const actionSchema = z.union([
  z.strictObject({
    statusCode: z.literal(200),
    type: z.literal('application/vnd.microsoft.card.adaptive'),
    value: record,
  }),
  z.strictObject({
    statusCode: z.literal(200),
    type: z.literal('application/vnd.microsoft.activity.message'),
    value: words,
  }),
  z.strictObject({
    statusCode: z.int().min(400).max(599),
    type: z.literal('application/vnd.microsoft.error'),
    value: z.strictObject({ code: words, message: words }),
  }),
]);
const size = z.union([z.int().min(1), z.enum(['small', 'medium', 'large'])]);
const taskSchema = z.strictObject({
  task: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('continue'),
      value: z.strictObject({
        title: z.string().min(1),
        height: size,
        width: size,
        card: z.strictObject({ contentType: z.literal('application/vnd.microsoft.card.adaptive'), content: record }),
      }),
    }),
    z.strictObject({ type: z.literal('message'), value: words }),
  ]),
});
const searchSchema = z.strictObject({
  statusCode: z.literal(200),
  type: z.literal('application/vnd.microsoft.search.searchResponse'),
  value: z.strictObject({
    results: z.array(z.strictObject({ value: z.string().min(1), title: z.string().min(1) })).max(100),
  }),
});

/** What the client does with an answer to an invoke. */
export type Effect =
  | { readonly kind: 'card'; readonly card: Json }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'dialog'; readonly title: string; readonly card: Json }
  | { readonly kind: 'close'; readonly text?: string }
  | { readonly kind: 'options' }
  | { readonly kind: 'unusable'; readonly reason: string };

const unusable = (reason: string): Effect => ({ kind: 'unusable', reason });

async function withCard(card: Json, place: 'message' | 'dialog', effect: Effect): Promise<Effect> {
  const problems = await checkCard(card, place);
  return problems.length === 0 ? effect : unusable(problems.join('; '));
}

/** Reads the bot's answer to an invoke as strictly as Teams does, and a little more. */
export async function readAnswer(name: string, status: number, body: unknown): Promise<Effect> {
  if (status !== 200) return unusable(`status ${String(status)}`);
  switch (name) {
    case 'adaptiveCard/action': {
      const answer = actionSchema.safeParse(body);
      if (!answer.success) return unusable('not an answer to adaptiveCard/action');
      if (typeof answer.data.value === 'string') return { kind: 'text', text: answer.data.value };
      if (answer.data.type === 'application/vnd.microsoft.error')
        return { kind: 'error', text: answer.data.value.message };
      const card: Json = answer.data.value;
      return withCard(card, 'message', { kind: 'card', card });
    }
    case 'task/fetch':
    case 'composeExtension/fetchTask':
    case 'task/submit':
    case 'composeExtension/submitAction': {
      if (body === undefined && !name.endsWith('/fetch') && !name.endsWith('/fetchTask')) return { kind: 'close' };
      const answer = taskSchema.safeParse(body);
      if (!answer.success) return unusable(`not an answer to ${name}`);
      const { task } = answer.data;
      if (task.type === 'message') return { kind: 'close', text: task.value };
      const { title, card } = task.value;
      return withCard(card.content, 'dialog', { kind: 'dialog', title, card: card.content });
    }
    case 'application/search':
      return searchSchema.safeParse(body).success
        ? { kind: 'options' }
        : unusable('not an answer to application/search');
    default: {
      const answer = actionSchema.safeParse(body);
      return answer.success && answer.data.type === 'application/vnd.microsoft.error'
        ? { kind: 'error', text: answer.data.value.message }
        : unusable(`nobody answers ${name}`);
    }
  }
}
