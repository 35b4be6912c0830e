import type { Response } from 'express';
import type { Clock } from '../clock.ts';

/** The work is done; only its answer does not come through as it should. */
export const brokenAnswers = ['lost-reply', 'late-reply', 'reset', 'truncated', 'drip'] as const;
export type BrokenAnswer = (typeof brokenAnswers)[number];

export const isBrokenAnswer = (kind: string): kind is BrokenAnswer => brokenAnswers.some((broken) => broken === kind);

/**
 * Answers as a network at its worst: not at all (`lost-reply`), too late (`late-reply`), with a connection that breaks
 * in the middle (`reset`), with half of the JSON as if it were all (`truncated`), or drop by drop (`drip`).
 * `milliseconds` is how late, or how long the drops take together.
 */
export async function breakAnswer(
  response: Response,
  broken: {
    readonly kind: BrokenAnswer;
    readonly status: number;
    readonly body: unknown;
    readonly milliseconds: number;
  },
  clock: Clock,
): Promise<void> {
  const { kind, status, body, milliseconds } = broken;
  const bytes = Buffer.from(JSON.stringify(body ?? {}));
  const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
  const begin = (length: number): void => {
    response.status(status).type('json').set('content-length', String(length)).flushHeaders();
  };
  switch (kind) {
    case 'lost-reply':
      response.socket?.destroy();
      return;
    case 'late-reply':
      await clock.pause(milliseconds);
      if (!response.destroyed) response.status(status).type('json').send(bytes);
      return;
    case 'truncated':
      response.status(status).type('json').send(half);
      return;
    case 'reset':
      begin(bytes.length);
      // Half of it is on its way before the connection breaks.
      response.write(half, () => response.socket?.resetAndDestroy());
      return;
    case 'drip':
      begin(bytes.length);
      for (const byte of bytes) {
        if (response.destroyed) return;
        response.write(Buffer.from([byte]));
        await clock.pause(milliseconds / bytes.length);
      }
      response.end();
  }
}
