import type { Response } from 'express';
import type { Clock } from '../../clock.ts';
import { breakAnswer, isBrokenAnswer } from '../break-answer.ts';
import { no, type ApiAnswer } from './api-answer.ts';
import type { Fault } from './faults.ts';

const page = '<html><body>Server error</body></html>';

/** The part of a fault's kind behind its colon. */
const codeOf = (kind: string): string => kind.slice(kind.indexOf(':') + 1);

/** Does the work as the fault allows, and answers as it lets it. `send` answers as if nothing were wrong. */
export async function meetFault(
  { kind, retryAfter = 1, delayMs = 2_500 }: Fault,
  ports: {
    readonly response: Response;
    readonly clock: Clock;
    readonly work: () => ApiAnswer;
    readonly send: (answer: ApiAnswer) => void;
  },
): Promise<void> {
  const { response, clock, work, send } = ports;
  if (isBrokenAnswer(kind)) {
    return breakAnswer(response, { kind, status: 200, body: work(), milliseconds: delayMs }, clock);
  }
  switch (kind) {
    case 'refused':
      response.socket?.destroy();
      return;
    case 'hang':
      // The connection stands until the bot gives up.
      return;
    case '429':
      return send({ ...no('ratelimited'), retryAfter });
    case '429-bare':
      response.status(429).json(no('ratelimited'));
      return;
    case '500':
    case '502':
    case '503':
      response.status(Number(kind)).type('html').send(page);
      return;
    case 'slow':
      await clock.pause(delayMs);
      return send(work());
    case 'other-channel':
      return send({ ...work(), channel: 'C0ELSEWHERE' });
    case 'other-ts':
      return send({ ...work(), ts: '1.000001' });
    default: {
      if (kind.startsWith('done-')) work();
      send(no(codeOf(kind)));
    }
  }
}
