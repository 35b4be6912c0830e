/** Tables that may be written out within an hour before it is told: a billing run is two or three. */
export const usualExports = 3;
const hourMilliseconds = 60 * 60_000;

/** The hour that slides behind a moment. */
export const hourBefore = (at: Date): Date => new Date(at.getTime() - hourMilliseconds);

/** True when this one, with those of the hour before, is more than usual. */
export const isUnusual = (inHourBefore: number): boolean => inHourBefore + 1 > usualExports;

/** The whole hour a moment lies in: what is told of it is told once, and its card shows all of it. */
export const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / hourMilliseconds) * hourMilliseconds);

/** What the card of an hour lists: the hour, and the one before, from which the first ones may be. */
export function shownSpan(hour: Date): { readonly from: Date; readonly until: Date } {
  return { from: hourBefore(hour), until: new Date(hour.getTime() + hourMilliseconds) };
}
