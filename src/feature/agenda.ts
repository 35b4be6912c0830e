import type { OpenSeverity } from './attention-order.ts';
import type { Work } from './feature.ts';

/**
 * What a team's meeting goes through, and in which order. Authority: the order recommended for systematic case review
 * (docs/authorities.md, "Huddle": safety, new clients, not improving, no contact, questions), with what the daily and weekly huddle
 * add to it (open loops past their time, capacity, what expires). Every list of sections follows this one.
 */
export const agendaSections = [
  'safety',
  'new',
  'not-improving',
  'no-contact',
  'discussion',
  'open-loop',
  'capacity',
  'expiring',
] as const;
export type AgendaSection = (typeof agendaSections)[number];

/** One reason to speak about somebody: every noun contributes its own, and knows of no other. */
export interface AgendaItem {
  /** Noun and id of what is behind it: `referral:<id>`. */
  readonly id: string;
  readonly section: AgendaSection;
  /** None where it is about a colleague (capacity), or about somebody who stands in no list. */
  readonly client?: { readonly id: string; readonly code: string };
  /** The colleague it is about, where it is about one. */
  readonly person?: string;
  /** Coded; a shared place shows it, so it says nothing of what anybody suffers from. */
  readonly reason: string;
  /** Local date it counts from. */
  readonly since: string;
  readonly tier?: string;
  /** Of something that somebody called grave and that is open: since when, and how it stands at this moment, in words. */
  readonly severity?: OpenSeverity;
  readonly openSince?: Date;
  readonly open?: string;
}

export interface AgendaQuery {
  readonly team: string;
  /** The last time the team met: what came since is new. */
  readonly since: Date;
}

/** Coded reasons as people say them. */
export type AgendaReasons = ReadonlyMap<string, string>;

/** What a noun puts on a team's agenda, and how its coded reasons are said. */
export interface AgendaPart {
  /** Asked by nobody's rights: the team is the query's. */
  readonly list: (work: Work, query: AgendaQuery) => Promise<readonly AgendaItem[]>;
  /** Stays complete for good: a huddle of years ago is read with these words. */
  readonly reasons: Readonly<Record<string, string>>;
}
