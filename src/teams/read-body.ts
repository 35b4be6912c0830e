import express from 'express';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Log } from '../log.ts';
import { withoutNulls } from '../without-nulls.ts';
import { limits } from './limits.ts';

/** True when brackets nest deeper than `most`, told without parsing. Brackets in strings do not count. */
export function nestsDeeper(json: string, most: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at];
    if (quoted) {
      if (sign === '\\') at += 1;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '[' || sign === '{') {
      depth += 1;
      if (depth > most) return true;
    } else if (sign === ']' || sign === '}') depth -= 1;
  }
  return false;
}

/** The JSON object in a body, or undefined when it is none. What is null in it counts as absent. */
export function readJsonObject(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (nestsDeeper(text, limits.requestDepth)) return undefined;
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? withoutNulls(value) : undefined;
  } catch {
    return undefined;
  }
}

/** The token of a request: one header, or none that counts. */
export function bearerOf(request: Request): string | undefined {
  const [authorization, ...more] = request.headersDistinct['authorization'] ?? [];
  return more.length > 0 ? undefined : authorization;
}

/** Nobody may make us read a quarter of a megabyte who has not even brought a token: the body stays unread. */
export const tokenFirst =
  (ports: { readonly couldBe: (authorization: string) => boolean; readonly log: Log }): RequestHandler =>
  (request, response, next) => {
    const authorization = bearerOf(request);
    if (authorization !== undefined && ports.couldBe(authorization)) return next();
    ports.log.warn('teams.refused', { platform: 'teams', status: 401 });
    // What was not read must not be taken for the next request.
    response.setHeader('connection', 'close');
    refuse(response, 401);
  };

/** Refuses by content type, then reads the raw body. Compressed bodies are refused: Teams sends none. */
export const rawBody: readonly RequestHandler[] = [
  (request, response, next) => {
    const type = request.headers['content-type'] ?? '';
    if (!/^application\/json\s*(;|$)/i.test(type) || /charset\s*=(?!\s*"?utf-8"?\s*(;|$))/i.test(type))
      refuse(response, 415);
    else next();
  },
  express.raw({ type: () => true, limit: limits.requestBytes, inflate: false }),
];

/** A status and nothing else: whoever sent this learns no reason. */
export function refuse(response: Response, status: number): void {
  if (!response.headersSent) response.status(status).end();
}

/** Turns the body reader's errors into statuses. */
export const refuseBrokenBody: ErrorRequestHandler = (error: unknown, _request: Request, response: Response, next) => {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (status === 413 || status === 415 || status === 400) refuse(response, status);
  else next(error);
};
