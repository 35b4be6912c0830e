import type { NextFunction, Request, Response } from 'express';
import type { Clock } from '../clock.ts';

/** One request between a local platform and Baton: what and how it ended, nothing of what was in it. */
export interface LedgerLine {
  readonly number: number;
  /** The product's time. */
  readonly at: string;
  readonly platform: 'slack' | 'teams';
  /** Who asked whom. */
  readonly direction: 'to-baton' | 'from-baton';
  readonly what: string;
  /** HTTP status; 0 = no answer. */
  readonly status: number;
  /** Wall milliseconds. */
  readonly ms: number;
  /** What the person would have seen fail. */
  readonly failure?: string;
}

const KEPT = 200;

export interface Ledger {
  add(line: Omit<LedgerLine, 'number' | 'at'>): void;
  /** Newest first. */
  list(): readonly LedgerLine[];
  /** Notes what Baton asks of a platform; mounted before that platform's routes. */
  watch(platform: LedgerLine['platform']): (request: Request, response: Response, next: NextFunction) => void;
}

/** `chat.postMessage`, or `PUT activities`: the method without ids. */
function nameOf(request: Request): string {
  const words = request.path.split('/').filter((word) => /^[a-z]+(\.[a-zA-Z.]+)?$/.test(word));
  const last = words.at(-1) ?? 'request';
  return last.includes('.') ? last : `${request.method} ${last}`;
}

/** Remembers the last requests in both directions, for the page's ledger. */
export function createLedger(clock: Clock): Ledger {
  let lines: LedgerLine[] = [];
  let number = 0;
  const add: Ledger['add'] = (line) => {
    number += 1;
    lines = [{ number, at: clock.now().toISOString(), ...line }, ...lines].slice(0, KEPT);
  };
  return {
    add,
    list: () => lines,
    watch: (platform) => (request, response, next) => {
      const started = clock.wallNow().getTime();
      const what = nameOf(request);
      const asksForKeys = what.startsWith('GET openidconfiguration') || what === 'GET keys' || what === 'GET openid';
      if (!asksForKeys) {
        response.once('close', () => {
          const status = response.writableFinished ? response.statusCode : 0;
          add({ platform, direction: 'from-baton', what, status, ms: clock.wallNow().getTime() - started });
        });
      }
      next();
    },
  };
}
