import type { Request, Response } from 'express';
import type { z } from 'zod';
import { SimulatorRefusal } from './find-person.ts';

function sentenceOf(problem: z.ZodError, input: unknown): string {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return 'Send a JSON object.';
  const [issue] = problem.issues;
  if (issue?.code === 'unrecognized_keys') return `I do not know ${issue.keys.join(', ')}.`;
  const where = issue?.path.join('.') ?? '';
  const missing = issue?.path.length === 1 && !Object.hasOwn(input, String(issue.path[0]));
  return missing ? `Say ${where} too.` : `Please check ${where === '' ? 'the body' : where}: ${issue?.message ?? ''}.`;
}

/** Reads `input` by the schema; what does not fit is refused in a sentence. */
function read<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new SimulatorRefusal(sentenceOf(parsed.error, input));
  return parsed.data;
}

/** 400 with a sentence: whatever a local platform cannot do, it says in words. */
function refuse(response: Response, error: unknown): void {
  const words = error instanceof Error ? error.message : 'That did not work.';
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  response.status(400).json({ error: /[.?]$/.test(sentence) ? sentence : `${sentence}.` });
}

type Work<T> = (ask: T) => unknown;

/** A route that reads its JSON body by a schema and answers with what `work` returns. */
export const answerBody =
  <T>(schema: z.ZodType<T>, work: Work<T>) =>
  async (request: Request, response: Response): Promise<void> => {
    try {
      const body: unknown = request.body;
      response.json((await work(read(schema, body))) ?? {});
    } catch (error) {
      refuse(response, error);
    }
  };

/** The same for the words after the question mark. */
export const answerQuery =
  <T>(schema: z.ZodType<T>, work: Work<T>) =>
  async (request: Request, response: Response): Promise<void> => {
    try {
      response.set('cache-control', 'no-store').json(await work(read(schema, request.query)));
    } catch (error) {
      refuse(response, error);
    }
  };
