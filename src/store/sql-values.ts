import pg from 'pg';

/**
 * A value as the driver sends it: text, numbers, bytes, null, lists of them; an object goes as JSON. Moments travel in
 * UTC with their zone said, whatever the zone of this computer; a bare `Date` would be written in local time.
 */
export function toParameter(value: unknown): unknown {
  if (value === undefined) throw new TypeError('a statement was given an undefined value: say null');
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toParameter);
  return value;
}

type Read = (text: string) => unknown;

const { builtins } = pg.types;
const arrays = { text: 1009, int8: 1016, timestamp: 1115, timestamptz: 1185, date: 1182, numeric: 1231 };

const toMoment: Read = (text) => new Date(`${text.replace(' ', 'T')}Z`);
/** The session's zone is UTC (open-pool.ts), so the offset is always +00. */
const toZonedMoment: Read = (text) => new Date(text.replace(' ', 'T').replace(/\+00(?::00)?$/, 'Z'));
const toDay: Read = (text) => new Date(`${text}T00:00:00Z`);
const driverReads = (type: number, format: 'text' | 'binary' = 'text'): Read => {
  const read: unknown = pg.types.getTypeParser(type, format);
  // The driver's own types promise no more than that it is a function of the text.
  return read as Read;
};
const readBytes = driverReads(builtins.BYTEA);
const toBytes: Read = (text) => {
  const bytes = readBytes(text);
  return Buffer.isBuffer(bytes) ? new Uint8Array(bytes) : bytes;
};
const refuseNumeric: Read = () => {
  throw new TypeError('a numeric column has no JavaScript type: cast it in the statement (::text, ::float8, ::bigint)');
};
const readTexts = driverReads(arrays.text);
const each =
  (read: Read): Read =>
  (text) => {
    const parts = readTexts(text);
    return Array.isArray(parts) ? parts.map((part: unknown) => (typeof part === 'string' ? read(part) : part)) : parts;
  };

/** Where Prisma's reading of a column differs from the driver's, Prisma's counts: rows look alike on both paths. */
const readers: ReadonlyMap<number, Read> = new Map<number, Read>([
  [builtins.INT8, BigInt],
  [builtins.TIMESTAMP, toMoment],
  [builtins.TIMESTAMPTZ, toZonedMoment],
  [builtins.DATE, toDay],
  [builtins.BYTEA, toBytes],
  [builtins.NUMERIC, refuseNumeric],
  [arrays.int8, each(BigInt)],
  [arrays.timestamp, each(toMoment)],
  [arrays.timestamptz, each(toZonedMoment)],
  [arrays.date, each(toDay)],
  [arrays.numeric, refuseNumeric],
]);

/** For the driver: how each column of an answer is read. */
export const columnReaders = {
  getTypeParser: (type: number, format?: 'text' | 'binary'): Read => readers.get(type) ?? driverReads(type, format),
};
