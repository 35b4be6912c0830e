import type { Answer } from '../shared/types.ts';

export interface TeamsMessage {
  readonly id: string;
  readonly conversation: string;
  /** `bot`, or a user id. */
  readonly from: string;
  readonly at: string;
  readonly text?: string;
  readonly card?: object;
  readonly updates: number;
  readonly deleted: boolean;
  /** The message it answers to. */
  readonly thread?: string;
  readonly reactions?: readonly { readonly type: string; readonly user: string }[];
}
export interface TeamsDialog {
  readonly id: string;
  readonly title: string;
  readonly card: object;
}
export type TeamsAnswer = Answer & { readonly dialog?: TeamsDialog };

/** What Teams shows beside the card after an answer: the sentence in it, if there is one. */
export function wordsOf({ body, failure }: Answer): { text: string; tone: 'plain' | 'trouble' } | undefined {
  if (failure !== undefined) return { text: failure, tone: 'trouble' };
  if (typeof body !== 'object' || body === null) return undefined;
  const { type, value, task } = body as {
    type?: string;
    value?: string | { message?: string };
    task?: { type?: string; value?: unknown };
  };
  if (task?.type === 'message' && typeof task.value === 'string') return { text: task.value, tone: 'plain' };
  if (type === 'application/vnd.microsoft.activity.message' && typeof value === 'string') {
    return { text: value, tone: 'plain' };
  }
  if (type === 'application/vnd.microsoft.error' && typeof value === 'object') {
    return { text: value.message ?? 'That did not work.', tone: 'trouble' };
  }
  return undefined;
}

/** Choices of an answered search. */
export function choicesOf({ body }: Answer): { value: string; label: string }[] {
  const { value } = (body ?? {}) as { value?: { results?: readonly { value: string; title: string }[] } };
  return (value?.results ?? []).map((result) => ({ value: result.value, label: result.title }));
}
