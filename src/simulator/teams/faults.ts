import type { Fault } from './types.ts';

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  list(): readonly Fault[];
  /** The fault this request of the bot meets, if any; it is used up by that. */
  take(conversation: string | undefined): Fault | undefined;
  /** True when the signing keys are out of reach this time. */
  takeForKeys(): boolean;
}

/** Faults in the order they were added, each for a number of requests. */
export function createFaults(): Faults {
  let waiting: Fault[] = [];
  const use = (index: number): Fault | undefined => {
    const fault = waiting[index];
    if (fault === undefined) return undefined;
    if (fault.times > 1) waiting[index] = { ...fault, times: fault.times - 1 };
    else waiting.splice(index, 1);
    return fault;
  };
  return {
    add(fault) {
      if (fault.times > 0) waiting.push(fault);
    },
    clear() {
      waiting = [];
    },
    list: () => waiting,
    take: (conversation) =>
      use(
        waiting.findIndex(
          (fault) =>
            fault.kind !== 'no-keys' && (fault.conversation === undefined || fault.conversation === conversation),
        ),
      ),
    takeForKeys: () => use(waiting.findIndex(({ kind }) => kind === 'no-keys')) !== undefined,
  };
}

export interface Pace {
  /** False when the conversation has had its share of this second. */
  allows(conversation: string): boolean;
}

/** Teams' limit of requests a second for one conversation, against wall time. */
export function createPace(perSecond: number, wallNow: () => Date): Pace {
  const recent = new Map<string, number[]>();
  return {
    allows(conversation) {
      const now = wallNow().getTime();
      const kept = (recent.get(conversation) ?? []).filter((at) => at > now - 1000);
      recent.set(conversation, kept);
      if (kept.length >= perSecond) return false;
      kept.push(now);
      return true;
    },
  };
}
