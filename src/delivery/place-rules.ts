import type { PlaceTrait } from '../feature/sender.ts';

interface PlaceRule {
  /** The coded reason under which a message is parked, in a supervisor's list and in exports. */
  readonly reason: string;
  /** What an administrator writes in the organisation's file to accept it; absent = nobody can. */
  readonly acceptedAs?: 'public' | 'shared' | 'guests';
}

/**
 * Where nothing is posted, in either privacy mode: public, Slack Connect and guest-holding places, unless an
 * administrator accepts one for cards that show codes only (the platform notes, "Safety of text"); archived places and
 * those Baton is not in take nothing at all ("Errors worth a policy"). The first rule that applies names the reason:
 * what cannot be accepted comes first.
 */
export const placeRules: Readonly<Record<PlaceTrait, PlaceRule>> = {
  missing: { reason: 'channel_not_found' },
  archived: { reason: 'is_archived' },
  'not-a-member': { reason: 'not_in_channel' },
  shared: { reason: 'place_shared', acceptedAs: 'shared' },
  guests: { reason: 'place_guests', acceptedAs: 'guests' },
  general: { reason: 'place_public', acceptedAs: 'public' },
  public: { reason: 'place_public', acceptedAs: 'public' },
};
const inOrder = Object.keys(placeRules) as readonly PlaceTrait[];

/** Why nothing may be posted to a place like this; undefined when it may. */
export function refusePlace(traits: readonly string[], allowed: readonly string[]): string | undefined {
  const rule = inOrder
    .filter((trait) => traits.includes(trait))
    .map((trait) => placeRules[trait])
    .find(({ acceptedAs }) => acceptedAs === undefined || !allowed.includes(acceptedAs));
  return rule?.reason;
}

/** How long an answer that nothing stands against holds; what was refused is asked again, because somebody mends it. */
const holdsHours = 6;

/** True when the platform must be asked (again) before a post. */
export function mustInspect(
  seen: {
    readonly checkedAt: Date | undefined;
    readonly traits: readonly string[];
    readonly allowed: readonly string[];
  },
  now: Date,
): boolean {
  if (seen.checkedAt === undefined || refusePlace(seen.traits, seen.allowed) !== undefined) return true;
  return now.getTime() - seen.checkedAt.getTime() >= holdsHours * 3_600_000;
}
