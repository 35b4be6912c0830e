import { z } from 'zod';
import type { Problem } from './check-blocks.ts';

/** A Web API answer: `{ok: true, …}` or `{ok: false, error}`; `retryAfter` (seconds) makes it a 429. */
export interface ApiAnswer {
  readonly ok: boolean;
  readonly error?: string;
  readonly retryAfter?: number;
  readonly [field: string]: unknown;
}
export type Values = Readonly<Record<string, unknown>>;
export type Method = (values: Values) => ApiAnswer;

export const no = (error: string): ApiAnswer => ({ ok: false, error });

export const refused = (problem: Problem): ApiAnswer => ({
  ok: false,
  error: problem.error,
  ...(problem.messages.length === 0 ? {} : { response_metadata: { messages: problem.messages } }),
});

/** An argument that arrives as JSON text in a form body, or as it is in a JSON body. */
export const fromJson = z.unknown().transform((value, context): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});

/** A method whose arguments are checked first. */
export function method<S extends z.ZodType>(schema: S, run: (values: z.output<S>) => ApiAnswer): Method {
  return (values) => {
    const read = schema.safeParse(values);
    if (read.success) return run(read.data);
    const messages = read.error.issues.map(
      ({ path, message }) => `[ERROR] ${message} [json-pointer:/${path.join('/')}]`,
    );
    return { ...no('invalid_arguments'), response_metadata: { messages } };
  };
}
