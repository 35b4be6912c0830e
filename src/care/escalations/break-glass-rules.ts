import { z } from 'zod';
import type { Role } from '../../access/roles.ts';

/**
 * Break-glass: whoever took an escalation without having been told of it opens what they need with one tap on a reason,
 * and a supervisor is told at once. It refuses nobody who answers for something open; it is seen. Authority: domain
 * notes §12, "Reach": otherwise break-glass (reason chip, supervisor told), on record as such; emergency access
 * procedure, 45 CFR 164.312(a)(2)(ii).
 */
export type BreakGlassWhat = 'reach' | 'words';

export const breakGlassReasonSchema = z.enum([
  'life-at-risk',
  'client-on-the-phone',
  'asked-by-who-was-told',
  'nobody-told-answers',
  'other',
]);
export type BreakGlassReason = z.infer<typeof breakGlassReasonSchema>;

const reasonLabels: Readonly<Record<BreakGlassReason, string>> = {
  'life-at-risk': 'Life is at risk now',
  'client-on-the-phone': 'The client is on the phone',
  'asked-by-who-was-told': 'Who was told asked me',
  'nobody-told-answers': 'Nobody who was told answers',
  other: 'Another reason',
};
/** Stored codes as people say them; one of another version reads as it is written. */
export const describeBreakGlass = (reason: string): string =>
  breakGlassReasonSchema.safeParse(reason).success
    ? reasonLabels[breakGlassReasonSchema.parse(reason)]
    : reason.replaceAll('-', ' ');

/** What the audit trail calls it. */
export const breakGlassVerbs: Readonly<Record<BreakGlassWhat, string>> = {
  reach: 'reach.break-glass',
  words: 'escalation.break-glass-read',
};

interface Overseer {
  readonly id: string;
  readonly team: string;
  readonly roles: readonly Role[];
}

/**
 * Who is told of it and reviews it: supervisors of the client's team, else all supervisors, else directors, else
 * administrators. Whoever it was never reviews themselves; who is away is passed over while there is anybody else.
 */
export function chooseReviewers(
  people: readonly Overseer[],
  of: { readonly team: string; readonly person: string; readonly away: ReadonlySet<string> },
): readonly string[] {
  const others = people.filter(({ id }) => id !== of.person);
  const circles = (among: readonly Overseer[]): readonly (readonly Overseer[])[] => {
    const holding = (role: Role): readonly Overseer[] => among.filter(({ roles }) => roles.includes(role));
    return [
      holding('supervisor').filter(({ team }) => team === of.team),
      holding('supervisor'),
      holding('director'),
      holding('admin'),
    ];
  };
  const present = others.filter(({ id }) => !of.away.has(id));
  const found = [...circles(present), ...circles(others)].find((circle) => circle.length > 0);
  return (found ?? []).map(({ id }) => id);
}
