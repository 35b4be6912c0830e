type Version = readonly [number, number, number];

/**
 * Whether a range of package.json's `engines.node` admits a version. Knows what npm packages write there:
 * alternatives (`||`), comparators (`>= 18`), carets, tildes, `x`, bare majors and `*`; throws on anything else.
 */
export function admitsNode(range: string, version: string): boolean {
  const wanted = readVersion(version).version;
  return range
    .split('||')
    .some((alternative) => comparators(alternative).every((comparator) => admits(comparator, wanted)));
}

const comparators = (alternative: string): string[] =>
  alternative
    .replace(/([<>=~^])\s+/g, '$1')
    .split(/\s+/)
    .filter((word) => word !== '');

function admits(comparator: string, wanted: Version): boolean {
  const match = /^(>=|<=|>|<|=|\^|~)?v?(.+)$/.exec(comparator);
  if (match?.[2] === undefined) throw new Error(`an engines range nobody can read: ${comparator}`);
  const { version, parts } = readVersion(match[2]);
  const order = compare(wanted, version);
  switch (match[1]) {
    case '>=':
      return order >= 0;
    case '<=':
      return parts === 3 ? order <= 0 : order <= 0 || sameStart(wanted, version, parts);
    case '>':
      return parts === 3 ? order > 0 : order > 0 && !sameStart(wanted, version, parts);
    case '<':
      return order < 0;
    case '^':
      // Below 1.0.0 the first part that is not zero is the one that must stay.
      return (
        order >= 0 &&
        sameStart(
          wanted,
          version,
          Math.min(
            parts,
            1 +
              Math.max(
                0,
                version.findIndex((n) => n > 0),
              ),
          ),
        )
      );
    case '~':
      return order >= 0 && sameStart(wanted, version, Math.min(parts, 2));
    default:
      return sameStart(wanted, version, parts);
  }
}

/** `18.x` has one part, `20.19` two, `*` none; what is missing counts as 0. */
function readVersion(text: string): { version: Version; parts: number } {
  const match = /^(\d+|[x*])(?:\.(\d+|[x*]))?(?:\.(\d+|[x*]))?$/i.exec(text);
  if (match === null) throw new Error(`a version nobody can read: ${text}`);
  const numbers = match.slice(1).map((part) => (part === undefined ? NaN : Number(part)));
  const end = numbers.findIndex((n) => Number.isNaN(n));
  const [major = 0, minor = 0, patch = 0] = numbers.map((n) => (Number.isNaN(n) ? 0 : n));
  return { version: [major, minor, patch], parts: end === -1 ? 3 : end };
}

const sameStart = (a: Version, b: Version, parts: number): boolean =>
  a.slice(0, parts).join('.') === b.slice(0, parts).join('.');

const compare = (a: Version, b: Version): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
