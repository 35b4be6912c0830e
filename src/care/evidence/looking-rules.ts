import type { LookingLimits } from './settings.ts';

/**
 * What is watched of a person: clients who are not their own, opened or revealed; searches; refusals.
 * Authority: minimum necessary, 45 CFR 164.502(b); regular review of access, 164.308(a)(1)(ii)(D).
 */
export const watches = ['looking', 'searching', 'refused'] as const;
export type Watch = (typeof watches)[number];

/** What is usual: more within an hour is told, and this many refusals within five minutes. */
export type Usual = { readonly [Name in keyof Required<LookingLimits>]: number };
const usualLooking: Usual = { reveals: 30, clients: 30, searches: 60, denials: 10 };

/** What one person did within a window. */
export interface Figures {
  /** Names, numbers and notes of clients who are not their own. */
  readonly reveals: number;
  /** Different clients, not their own, whose card or details they opened. */
  readonly clients: number;
  readonly searches: number;
  readonly denials: number;
  /** When the first of those that the watch counts was. */
  readonly since: Date | undefined;
}

const minute = 60_000;
export const hour = 60 * minute;
/** How far back each watch looks. */
export const windows: Readonly<Record<Watch, number>> = { looking: hour, searching: hour, refused: 5 * minute };

/** Clocks of two processes may differ so much; what is further ahead was written before a clock was set back. */
const ahead = minute;

export interface Span {
  readonly after: Date;
  readonly upTo: Date;
}
const shift = (at: Date, by: number): Date => new Date(at.getTime() + by);

/** The window that slides behind a moment. */
export const windowOf = (watch: Watch, now: Date): Span => ({
  after: shift(now, -windows[watch]),
  upTo: shift(now, ahead),
});

/** What the card of something told shows: the window it was told for, and the hour after, in which it is not told again. */
export const shownSpan = (watch: Watch, told: Date): Span => ({
  after: shift(told, -windows[watch]),
  upTo: shift(told, hour),
});

/** Told within this span: not told again. */
export const quietSpan = (now: Date): Span => ({ after: shift(now, -hour), upTo: shift(now, ahead) });

/** What the organisation calls usual, and the rest as it comes. */
export const usualOf = (given: LookingLimits): Usual => ({
  reveals: given.reveals ?? usualLooking.reveals,
  clients: given.clients ?? usualLooking.clients,
  searches: given.searches ?? usualLooking.searches,
  denials: given.denials ?? usualLooking.denials,
});

/** True when it is more than usual. */
export function isMuch(watch: Watch, figures: Figures, given: LookingLimits): boolean {
  const limits = usualOf(given);
  switch (watch) {
    case 'looking':
      return figures.reveals > limits.reveals || figures.clients > limits.clients;
    case 'searching':
      return figures.searches > limits.searches;
    case 'refused':
      return figures.denials >= limits.denials;
  }
}

/** A card that was posted is drawn again now and then, not at each further look. */
const redrawEvery = 10;
export const isRedrawn = ({ reveals, clients, searches, denials }: Figures): boolean =>
  (reveals + clients + searches + denials) % redrawEvery === 0;

/** Whom and what a card is about, as its subject; `who`: a person's id, or a platform's user nobody is linked to. */
export interface Told {
  readonly watch: Watch;
  readonly who: string;
  readonly at: Date;
}
export const subjectOf = ({ watch, who, at }: Told): string => `${watch}/${who}/${at.toISOString()}`;
export function readSubject(subject: string): Told | undefined {
  const [kind, who = '', moment = '', ...rest] = subject.split('/');
  const watch = watches.find((one) => one === kind);
  const at = new Date(moment);
  return watch === undefined || who === '' || rest.length > 0 || Number.isNaN(at.getTime())
    ? undefined
    : { watch, who, at };
}
