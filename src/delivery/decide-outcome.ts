import type { SendFailure, Sender, Verdict } from '../feature/sender.ts';
import { backoff, patienceOf } from './backoff.ts';

/** What was tried: a new message, a change of one that is out, or taking one back. */
export type Method = 'post' | 'update' | 'remove';

/** What the decision depends on, beside the platform's answer. */
export interface Tried {
  readonly method: Method;
  /** What the platform's words mean. */
  readonly read: Sender['readFailure'];
  readonly audience: 'person' | 'team';
  /** As states.ts has it. */
  readonly priority: number;
  /** Tries so far, this one included. */
  readonly attempts: number;
  /** True when an earlier try may have arrived. */
  readonly uncertain: boolean;
  /** True when this try was plain text already. */
  readonly plain: boolean;
  /** True when the person can be reached on another platform too. */
  readonly otherWay: boolean;
  /** True when this post already stands in for one that could not reach somebody. */
  readonly rerouted: boolean;
  readonly now: Date;
  /** 0 ≤ chance < 1. */
  readonly chance: number;
}

/** What happens to the delivery. `reason` is a coded word, for the row and for the supervisor's list. */
export type Decision =
  | { readonly is: 'wait'; readonly until: Date; readonly reason: string; readonly uncertain: boolean }
  /** Like wait, and nobody else uses this method at this place until then. */
  | { readonly is: 'hold'; readonly until: Date; readonly reason: string; readonly uncertain: boolean }
  /** The same card as plain text, at once. */
  | { readonly is: 'plain'; readonly reason: string }
  /** The person's next platform. */
  | { readonly is: 'move'; readonly reason: string }
  /** Told to the supervisors instead. */
  | { readonly is: 'reroute'; readonly reason: string }
  | { readonly is: 'park'; readonly reason: string }
  /** The message stays as it is and no longer follows its subject. */
  | { readonly is: 'leave'; readonly reason: string }
  /** Taken back, or gone already. */
  | { readonly is: 'removed' };

const escalation = 0;
/** How often a change of a message is tried where Baton is not installed at the moment. */
const reinstallPause = 60 * 60_000;

/** The whole policy of what follows a platform's no. */
export function decideOutcome(failure: Omit<SendFailure, 'ok'>, tried: Tried): Decision {
  const verdict = tried.read(tried.audience, failure);
  const reason = failure.code;
  if (verdict === 'hold') {
    const wait = (failure.retryAfterSeconds ?? 0) * 1_000 || pause(tried);
    return { is: 'hold', until: later(tried, wait), reason, uncertain: tried.uncertain };
  }
  // Nothing goes out here for anybody: who can be told elsewhere does not wait for it.
  if (failure.tokenRefused === true && tried.method === 'post' && tried.audience === 'person' && tried.otherWay)
    return { is: 'move', reason };
  if (tried.method === 'post') return decidePost(verdict, reason, tried);
  return tried.method === 'update' ? decideUpdate(verdict, reason, tried) : decideRemoval(verdict, reason, tried);
}

type Answered = Exclude<Verdict, 'hold'>;

const pause = ({ attempts, priority, chance }: Tried): number => backoff(attempts, priority, chance);
const later = ({ now }: Tried, milliseconds: number): Date => new Date(now.getTime() + milliseconds);
const wait = (tried: Tried, reason: string, uncertain = tried.uncertain): Decision => ({
  is: 'wait',
  until: later(tried, pause(tried)),
  reason,
  uncertain,
});

/** An escalation falls through to the next person; everything else waits, visibly. */
const giveUp = (tried: Tried, reason: string): Decision =>
  tried.priority === escalation && !tried.rerouted ? { is: 'reroute', reason } : { is: 'park', reason };

function decidePost(verdict: Answered, reason: string, tried: Tried): Decision {
  const decision = decideHere(verdict, reason, tried);
  // Every platform of a person is tried before an escalation goes to somebody else.
  const ends = decision.is === 'reroute' || decision.is === 'park';
  const owed = tried.priority === escalation && tried.audience === 'person' && tried.otherWay;
  return ends && owed ? { is: 'move', reason } : decision;
}

function decideHere(verdict: Answered, reason: string, tried: Tried): Decision {
  const spent = tried.attempts >= patienceOf(tried.priority).attempts;
  switch (verdict) {
    case 'retry':
      if (!spent) return wait(tried, reason);
      return tried.audience === 'person' && tried.otherWay ? { is: 'move', reason } : giveUp(tried, reason);
    case 'unknown':
      // One repetition is the one duplicate that is promised at most; an escalation prefers a duplicate to a loss.
      if (spent || (tried.uncertain && tried.priority !== escalation)) return giveUp(tried, reason);
      return wait(tried, reason, true);
    case 'plain':
      return tried.plain ? giveUp(tried, reason) : { is: 'plain', reason };
    case 'person-gone':
      return tried.audience === 'person' && !tried.rerouted ? { is: 'reroute', reason } : { is: 'park', reason };
    case 'refused':
    case 'workspace-gone':
    case 'message-gone':
      if (tried.audience === 'person' && tried.otherWay) return { is: 'move', reason };
      return giveUp(tried, reason);
  }
}

/** Changing a message is the same however often it is done: what may have happened is done again. */
function decideUpdate(verdict: Answered, reason: string, tried: Tried): Decision {
  switch (verdict) {
    case 'retry':
    case 'unknown':
      return wait(tried, reason);
    case 'workspace-gone':
      return { is: 'wait', until: later(tried, reinstallPause), reason, uncertain: tried.uncertain };
    case 'plain':
    case 'refused':
    case 'person-gone':
    case 'message-gone':
      return { is: 'leave', reason };
  }
}

function decideRemoval(verdict: Answered, reason: string, tried: Tried): Decision {
  return verdict === 'retry' || verdict === 'unknown' ? wait(tried, reason) : { is: 'removed' };
}
