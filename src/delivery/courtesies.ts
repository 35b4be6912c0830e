import { priorities } from './states.ts';

/** What a message does so as not to wear people out. */
export interface Courtesies {
  /** One of several that wait for the same card at the same destination says it for all: dedupe.ts. */
  readonly dedupe: boolean;
  /** A burst to one person becomes one message with a list: bundle.ts. */
  readonly bundle: boolean;
  /** It takes a turn among the pushes of a minute to one person: throttle.ts. */
  readonly throttle: boolean;
  /** Beyond the pushes of a day it stands in the person's next digest instead: budget.ts. */
  readonly budget: boolean;
  /** It waits until a person's hours begin: quiet-hours.ts. */
  readonly quietHours: boolean;
  /** During an import it is kept, and folded into the summary at the end: mute.ts. */
  readonly mute: boolean;
}

/**
 * What applies to what: the whole policy. Nothing ever makes an escalation wait, shares its card or leaves one out: each
 * is on record as told by itself (a duplicate is better than a loss). What somebody asked for, or did themselves just
 * now, comes at once. Only news somebody else made of many things at a time are worth a list.
 */
const table = {
  escalation: { dedupe: false, bundle: false, throttle: false, budget: false, quietHours: false, mute: false },
  'at-once': { dedupe: true, bundle: false, throttle: false, budget: false, quietHours: false, mute: false },
  answer: { dedupe: true, bundle: true, throttle: true, budget: true, quietHours: true, mute: true },
  digest: { dedupe: true, bundle: false, throttle: true, budget: true, quietHours: true, mute: true },
} as const satisfies Record<string, Courtesies>;

export function courtesiesOf(post: { readonly priority: number; readonly atOnce: boolean }): Courtesies {
  if (post.priority === priorities.escalation) return table.escalation;
  if (post.atOnce) return table['at-once'];
  return post.priority === priorities.digest ? table.digest : table.answer;
}

/**
 * Where the organisation's file says nothing else: hours of who stated none, and the most pushes to one person in a
 * minute and on a day.
 */
export const usualCourtesy = { hours: '07:00-20:00', perMinute: 6, perDay: 6 } as const;
