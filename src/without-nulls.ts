/**
 * JSON without the fields that are null: to both platforms null and absent are the same, and which of the two they send
 * differs by client and by installation. What stands in a list keeps its place.
 */
export function withoutNulls(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).flatMap(([key, one]) => (one === null ? [] : [[key, inside(one)]])));
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside);
  return typeof value === 'object' && value !== null ? withoutNulls(value) : value;
}
