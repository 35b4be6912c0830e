/** How many rows a digest shows; the rest stands behind one button (day: at most five "start here"). */
export const startHere = 5;
/** How far ahead a digest looks, in days. */
export const horizonDays = 7;

/** Posts of one digest: one a local date, each taking the place of the one before. */
export const digestSeries = (owner: 'person' | 'team', id: string): string => `digest:${owner}/${id}`;

/** Where a team's digest stands: all of it in the place itself, or its counts there and the list in their thread. */
export const digestPlaces = ['channel', 'thread'] as const;
export type DigestPlace = (typeof digestPlaces)[number];

/** How much of a personal digest stands there at once. */
export const digestStyles = ['detailed', 'condensed'] as const;
export type DigestStyle = (typeof digestStyles)[number];

/** A digest begins a day: between five in the morning and noon, local time. */
export const isDigestTime = (at: string): boolean => /^(0[5-9]|1[01]):[0-5][0-9]$|^12:00$/.test(at);
export const timeSentence = 'A digest comes between 05:00 and 12:00, written 08:30.';
