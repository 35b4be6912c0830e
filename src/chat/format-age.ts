/** `4 min`, `1 h 20`, `3 d 2 h`: short, and never a false exactness. */
export function formatMinutes(minutes: number): string {
  const whole = Math.round(minutes);
  if (whole < 60) return `${whole} min`;
  const hours = Math.floor(whole / 60);
  if (hours < 48) return whole % 60 === 0 ? `${hours} h` : `${hours} h ${whole % 60}`;
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** How long ago something was, in whole minutes: one that has not ended is not counted. */
export const formatAge = (since: Date, now: Date): string =>
  formatMinutes(Math.max(0, Math.floor((now.getTime() - since.getTime()) / 60_000)));
