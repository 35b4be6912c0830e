import type { Response } from 'express';
import type { Clock } from '../../clock.ts';
import { breakAnswer, isBrokenAnswer } from '../break-answer.ts';
import type { Fault } from './types.ts';

export interface Done {
  readonly status: number;
  readonly body?: unknown;
}

export function answer(response: Response, { status, body }: Done): void {
  if (body === undefined) response.status(status).end();
  else response.status(status).json(body);
}

/** Gateways before the connector answer with a page of their own. */
const fromGateway: readonly string[] = ['502', '504'];

/** The connector's answer to a fault that is a status: `403`, `429`, `429-bare` … */
export function answerStatus(response: Response, { kind, retryAfter = 1, code }: Fault): void {
  const status = Number.parseInt(kind, 10);
  if (kind === '429') response.setHeader('Retry-After', String(retryAfter));
  response.status(status);
  if (fromGateway.includes(kind)) response.type('html').send('<html><body>Bad gateway</body></html>');
  else {
    const word = code ?? (kind === '403' ? 'MessageWritesBlocked' : `Fault${status}`);
    response.json({ error: { code: word, message: 'A fault of the local Teams.' } });
  }
}

/** Does what was asked as the fault allows, and answers as it lets it. */
export async function meetFault(
  fault: Fault,
  ports: { readonly response: Response; readonly clock: Clock; readonly doIt: () => Promise<Done> },
): Promise<void> {
  const { response, clock, doIt } = ports;
  const { kind, milliseconds = 3000 } = fault;
  if (isBrokenAnswer(kind)) {
    const { status, body } = await doIt();
    return breakAnswer(response, { kind, status, body, milliseconds }, clock);
  }
  switch (kind) {
    case 'refused':
      response.socket?.destroy();
      return;
    case 'hang':
      // The connection stands until the bot gives up.
      return;
    case 'slow':
      await clock.pause(milliseconds);
      return answer(response, await doIt());
    case 'no-id':
      return answer(response, { status: (await doIt()).status, body: {} });
    default:
      return answerStatus(response, fault);
  }
}
