/** Kinds that need no further word; docs/faults.md says what Baton makes of each. */
export const slackFaultKinds = [
  /** Too many requests, with and without Retry-After. */
  '429',
  '429-bare',
  /** An error of Slack's or of a gateway before it, with an HTML page. */
  '500',
  '502',
  '503',
  /** Waits, then does the work and answers. */
  'slow',
  /** Takes the request, does nothing and never answers. */
  'hang',
  /** Drops the connection before anything is done. */
  'refused',
  'lost-reply',
  'late-reply',
  'reset',
  'truncated',
  'drip',
  /** Does the work and answers about another channel, or another message. */
  'other-channel',
  'other-ts',
] as const;

/** What can go wrong on the way to the local Slack, on demand. */
export interface Fault {
  /** A Web API method, or `response_url`; every call when absent. */
  readonly method?: string;
  readonly channel?: string;
  /** `error:<code>` is Slack's own no; `done-error:<code>` says so although the work was done. */
  readonly kind: (typeof slackFaultKinds)[number] | `error:${string}` | `done-error:${string}`;
  /** How many calls it hits. */
  readonly times: number;
  /** For `429`, in seconds (default 1). */
  readonly retryAfter?: number;
  /** For `slow`, `late-reply` and `drip`, in milliseconds (default 2,500). */
  readonly delayMs?: number;
}

export interface Faults {
  /** Replaces all faults that are still waiting. */
  set(faults: readonly Fault[]): void;
  /** The fault that hits this call, counted down. */
  take(method: string, channel: string | undefined): Fault | undefined;
}

export function createFaults(): Faults {
  let waiting: { fault: Fault; left: number }[] = [];
  return {
    set: (faults) => {
      waiting = faults.map((fault) => ({ fault, left: fault.times }));
    },
    take: (method, channel) => {
      const hit = waiting.find(
        ({ fault, left }) =>
          left > 0 &&
          (fault.method === undefined || fault.method === method) &&
          (fault.channel === undefined || fault.channel === channel),
      );
      if (hit !== undefined) hit.left -= 1;
      return hit?.fault;
    },
  };
}
