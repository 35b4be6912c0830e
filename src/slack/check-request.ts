import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { responseTaken } from '../response-taken.ts';
import { readBody } from './read-body.ts';
import { deliveryOf, isSigned, isTimely } from './verify-signature.ts';

/**
 * Stands before Bolt: what is not a fresh, signed, well-formed request of Slack's never reaches it. Bolt itself
 * accepts timestamps of the future and hangs on empty objects. Refusals are one word, without a reason to learn from.
 */
const MOST_BYTES = 256 * 1024;

interface Options {
  readonly signingSecret: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds a body may take to arrive. */
  readonly bodyMs: number;
}

const deliveries = new WeakMap<IncomingMessage, string>();

/** The delivery id of a request that passed. */
export const deliveryOfRequest = (request: IncomingMessage): string | undefined => deliveries.get(request);
/** Whether the response to a request was handed over whole. */
const taken = new WeakMap<IncomingMessage, Promise<boolean>>();
export const takenOfRequest = (request: IncomingMessage): Promise<boolean> | undefined => taken.get(request);

const words: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  408: 'Too slow',
  413: 'Too large',
  415: 'Unsupported type',
};

/** A header that must stand exactly once; Node would join or drop repeated ones. */
function onlyHeader(request: IncomingMessage, name: string): string | undefined {
  const values = request.headersDistinct[name];
  const [value] = values ?? [];
  return values?.length === 1 ? value : undefined;
}

function typeOf(request: IncomingMessage): 'form' | 'json' | undefined {
  const [type = '', ...rest] = (onlyHeader(request, 'content-type') ?? '').toLowerCase().split(';');
  const parameters = rest.map((part) => part.trim()).filter((part) => part !== '');
  if (parameters.some((part) => !/^charset="?utf-8"?$/.test(part))) return undefined;
  if (type.trim() === 'application/json') return 'json';
  return type.trim() === 'application/x-www-form-urlencoded' ? 'form' : undefined;
}

async function readBytes(
  request: IncomingMessage,
  { clock, bodyMs }: Options,
): Promise<Buffer | 'large' | 'slow' | 'cut'> {
  const parts: Buffer[] = [];
  let bytes = 0;
  const read = new Promise<Buffer | 'large' | 'cut'>((resolve) => {
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > MOST_BYTES) resolve('large');
      else parts.push(part);
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', () => resolve('cut'));
    request.on('close', () => resolve('cut'));
  });
  return Promise.race([read, clock.pause(bodyMs).then(() => 'slow' as const)]);
}

export function checkRequests(options: Options): RequestHandler {
  const { signingSecret, clock, log } = options;
  const refuse = (response: Response, status: number, reason: string): void => {
    log.warn('slack.request-refused', { status, reason });
    // A body that was not read to its end must not be taken for the next request.
    response.status(status).set('connection', 'close').type('text/plain').send(words[status]);
  };

  async function check(request: Request, response: Response): Promise<boolean> {
    const timestamp = onlyHeader(request, 'x-slack-request-timestamp');
    const signature = onlyHeader(request, 'x-slack-signature');
    const type = typeOf(request);
    const refused = (status: number, reason: string): false => {
      refuse(response, status, reason);
      return false;
    };
    if (request.headers['content-encoding'] !== undefined) return refused(415, 'encoding');
    if (type === undefined) return refused(415, 'content-type');
    if (timestamp === undefined || signature === undefined) return refused(401, 'headers');
    if (!isTimely(timestamp, clock.wallNow())) return refused(401, 'timestamp');
    if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) return refused(413, 'size');
    const body = await readBytes(request, options);
    if (body === 'large') return refused(413, 'size');
    if (body === 'slow') return refused(408, 'slow');
    if (body === 'cut') return refused(400, 'cut');
    if (!isSigned(signingSecret, clock.wallNow(), { timestamp, signature, body })) return refused(401, 'signature');

    const reading = readBody(type, body);
    if (reading.is === 'malformed') return refused(400, 'malformed');
    if (reading.is === 'challenge') response.json({ challenge: reading.challenge });
    if (reading.is === 'acknowledge') response.status(200).end();
    if (reading.is !== 'ours') return false;
    deliveries.set(request, deliveryOf(timestamp, body));
    taken.set(request, responseTaken(response));
    // Bolt takes the body from here, and knows the two types only without parameters.
    Object.assign(request, { rawBody: body });
    request.headers['content-type'] = type === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
    return true;
  }

  return (request, response, next) => {
    check(request, response).then(
      (passed) => {
        if (passed) next();
      },
      (error: unknown) => next(error),
    );
  };
}
