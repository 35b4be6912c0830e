/** How long something is kept that nobody needs for good, and why so long. docs/privacy.md says the same. */
export interface KeepTime {
  readonly what: string;
  readonly days: number;
  readonly why: string;
}

export const keepTimes = {
  answers: {
    what: 'Answers already given (sealed)',
    days: 2,
    why: 'A platform repeats a request within an hour, or for a day where delayed events are switched on',
  },
  deliveries: {
    what: 'That a request came, from whom, and of what kind',
    days: 400,
    why: 'Reports count acts for a year back, and no platform repeats a request so late',
  },
  sentForms: {
    what: 'Forms that were sent',
    days: 2,
    why: 'The same form sent again is refused for as long as its answer is kept, and as unknown afterwards',
  },
  openForms: {
    what: 'Forms that were opened and not sent',
    days: 14,
    why: 'Somebody may come back from a holiday to a form they left open',
  },
  strangers: {
    what: 'Where a stranger talked to Baton in Teams, and on which days strangers knocked',
    days: 30,
    why: 'Somebody new is linked within weeks of their first try; whoever is not linked by then is nobody of the organisation',
  },
  posts: {
    what: 'Messages that were sent (as codes, states and times)',
    days: 400,
    why: 'Reports look a year back',
  },
  records: {
    what: 'The same of escalations, referrals, handoffs and disclosures, and whom a pager rang',
    days: 6 * 366,
    why: 'Six years since they last changed, leap years and all: 45 CFR 164.316(b)(2)(i)',
  },
} as const satisfies Readonly<Record<string, KeepTime>>;

/**
 * Replayed requests are recognised by what is kept of them, and are good by the wall's clock: so that long it is kept
 * by that clock too, however far the product's was pushed. A request is signed for minutes, a token for an hour.
 */
export const replayDays = 1;
