/** `12`, `12.5`: at most one digit behind the point, the same on every machine. */
export function formatNumber(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 10) / 10) : '–';
}
