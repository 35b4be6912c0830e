import { laneOf, type Claimed } from './claim.ts';
import { priorities } from './states.ts';

/** Claims that wait in this process, by lane: one place, or one person. A lane's claims go one after the other. */
export interface Lanes {
  /**
   * Puts a claim behind the others of its lane, an escalation before what is less urgent; false when there are enough
   * of them already, which are never too many for an escalation.
   */
  add(claimed: Claimed, at: number): boolean;
  /** The most urgent lane nobody serves yet; from then on it is served. `urgentOnly`: one with an escalation, if any. */
  take(urgentOnly?: boolean): string | undefined;
  /** The next claim of a lane that is served; undefined ends its service. */
  next(lane: string): { readonly claimed: Claimed; readonly at: number } | undefined;
  /** Everything that nobody has begun: of one lane, or of those not served. Ends that lane's service. */
  drop(lane?: string): Claimed[];
  /** All lanes that are known, served or not. */
  names(): string[];
  waiting(): number;
  served(): number;
}

interface Lane {
  readonly queue: { readonly claimed: Claimed; readonly at: number }[];
  served: boolean;
}

/** `depth`: how many claims of one lane are kept, so that none outlives its lease behind the pace of its place. */
export function createLanes(depth: number): Lanes {
  const lanes = new Map<string, Lane>();
  const idle = (): [string, Lane][] => [...lanes].filter(([, lane]) => !lane.served);
  const urgency = ({ queue }: Lane): number => Math.min(...queue.map(({ claimed }) => claimed.priority));
  return {
    add(claimed, at) {
      const name = laneOf(claimed);
      const lane = lanes.get(name) ?? { queue: [], served: false };
      const urgent = claimed.priority === priorities.escalation;
      if (lane.queue.length >= depth && !urgent) return false;
      const before = urgent ? lane.queue.findIndex((one) => one.claimed.priority !== priorities.escalation) : -1;
      lane.queue.splice(before === -1 ? lane.queue.length : before, 0, { claimed, at });
      lanes.set(name, lane);
      return true;
    },
    take(urgentOnly = false) {
      const [first, ...rest] = idle();
      if (first === undefined) return undefined;
      const [name, lane] = rest.reduce((best, each) => (urgency(each[1]) < urgency(best[1]) ? each : best), first);
      if (urgentOnly && urgency(lane) !== priorities.escalation) return undefined;
      lane.served = true;
      return name;
    },
    next(name) {
      const next = lanes.get(name)?.queue.shift();
      if (next === undefined) lanes.delete(name);
      return next;
    },
    drop(name) {
      const dropped = name === undefined ? idle() : [...lanes].filter(([each]) => each === name);
      for (const [each] of dropped) lanes.delete(each);
      return dropped.flatMap(([, { queue }]) => queue.map(({ claimed }) => claimed));
    },
    names: () => [...lanes.keys()],
    waiting: () => idle().length,
    served: () => lanes.size - idle().length,
  };
}
