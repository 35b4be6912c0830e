/** `09:12` in the team's zone. */
export function timeOf(at: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);
}

/** `Tue 24 Nov 2026`. */
export function dateOf(at: Date, zone: string): string {
  const options = { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  return new Intl.DateTimeFormat('en-GB', options).format(at).replace(',', '');
}

/** `New York`. */
export const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

const units = [
  ['day', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** `42 s`, `3 min`, `2 h`, `1 day`, `5 days`: how long, in the largest unit that fits. */
export function spanOf(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  const [unit, length] = units.find(([, each]) => seconds >= each) ?? ['s', 1];
  const count = Math.floor(seconds / length);
  return `${count} ${unit === 'day' && count !== 1 ? 'days' : unit}`;
}
