import type { Button } from '../chat/card.ts';
import type { OpenSeverity } from './attention-order.ts';

/**
 * Something one named person must act on by a time: digests, huddles and `next` read what all nouns contribute, in the
 * order of `attention-order.ts`.
 */
export interface DueItem {
  /** Noun and id of the thing: `referral:<id>`. */
  readonly id: string;
  /** The one human who is accountable, even on the list of somebody who was only told of it. */
  readonly owner: string;
  /** Their name, where a list may not know them. */
  readonly ownerName?: string;
  readonly client: string;
  readonly code: string;
  /** Absent where the query named one and the noun asked for that one's alone. */
  readonly team?: string;
  /** Local date. */
  readonly dueOn: string;
  readonly tier: string;
  /** Of something that somebody called grave and that is open, with what stands in its row: see `ClientMark`. */
  readonly severity?: OpenSeverity;
  readonly open?: string;
  /** Since when it is open. */
  readonly since?: Date;
  /** What must be done, in a few words: `accept or decline a referral`. */
  readonly what: string;
  /** True when the owner waits for somebody else's step. */
  readonly waitingOnOthers: boolean;
  /**
   * What it is besides something due by a day: somebody waits for this owner's answer; a named person has to take it,
   * and has not; or something runs out on that day.
   */
  readonly section?: 'waiting-on-me' | 'unacknowledged' | 'expiring';
  /** It runs on a clinical clock: its day never moves, whoever is off. */
  readonly clinical?: boolean;
  readonly buttons: readonly Button[];
}
/** Whose due things, and until when. */
export interface DueQuery {
  readonly people: readonly string[];
  /** Only what is about clients of this team; absent = of all. */
  readonly team?: string;
  /** Local date: due on or before it. */
  readonly until: string;
  /** For who shows only where each person begins, of what may be thousands. */
  readonly most?: Most;
}

/** How little is enough. */
export interface Most {
  /** So many of each person, those to act on first. */
  readonly each: number;
  /** Local date: what is due on or before it is counted; after it, up to `until`, only the next day is looked for. */
  readonly today: string;
  /**
   * The day on which something of this day is due for its owner, who may have days off. Never earlier, and what is later
   * stays later or falls on the same day.
   */
  dayFor(owner: string, dueOn: string): string;
}

/** Where each person begins. All days are as they stand, before `dayFor` moves them. */
export interface DueBeginning {
  /** How many of each person are due on each day up to today. */
  readonly counts: readonly { readonly owner: string; readonly dueOn: string; readonly count: number }[];
  /**
   * Each person's first ones are among these, unsorted: of what is due today at the latest, by the higher tier, then the
   * day `dayFor` gives, the code and the id.
   */
  readonly first: readonly DueItem[];
  /** For each person, the first day after today on which something is due. */
  readonly next: readonly { readonly owner: string; readonly dueOn: string }[];
}

/** What all nouns answered. */
export interface Due {
  /** In full, unsorted. */
  readonly items: readonly DueItem[];
  /** Of the nouns that were asked for less, and have thousands. */
  readonly beginning: DueBeginning;
}
