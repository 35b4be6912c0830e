/** What can go wrong on the way to the local Slack, on demand. */
export interface Fault {
  /** A Web API method, or `response_url`; every call when absent. */
  readonly method?: string;
  readonly channel?: string;
  /** `lost-reply` does the work and drops the connection; `refused` drops it before; `error:<code>` is Slack's own no. */
  readonly kind: '429' | '500' | 'slow' | 'lost-reply' | 'refused' | `error:${string}`;
  /** How many calls it hits. */
  readonly times: number;
  /** For `429`, in seconds (default 1). */
  readonly retryAfter?: number;
  /** For `slow`, in milliseconds (default 2,500). */
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
