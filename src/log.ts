import { pino } from 'pino';
import { currentTrail } from './trail.ts';

/**
 * Logs hold names of events and an allow-list of typed fields, never text that people typed, never a client's
 * data. A field that is not listed here is dropped, so a careless call cannot leak.
 */
export type LogFields = Readonly<Record<string, string | number | boolean>>;
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

const allowed = new Set([
  'platform',
  'organisation',
  'kind',
  'command',
  'action',
  'code',
  'correlation',
  'status',
  'milliseconds',
  'attempt',
  'attempts',
  'port',
  'url',
  'version',
  'migration',
  'count',
  'reason',
  'method',
  'signal',
  'error',
  'sqlState',
  'constraint',
  'table',
  'column',
  'at',
  'place',
  'pid',
]);

/** Keeps only allow-listed fields, each at most 200 characters. */
export function keepAllowed(fields: LogFields | undefined): Record<string, string | number | boolean> {
  const kept: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(fields ?? {})) {
    if (allowed.has(name)) kept[name] = typeof value === 'string' ? value.slice(0, 200) : value;
  }
  return kept;
}

/**
 * A JSON line log on standard error (standard output belongs to the command line's answers). Levels are words, and every
 * line of one piece of work, a request with what it sends, says the same `correlation`.
 */
export function createLog(
  level: string,
  to: { write(line: string): void } = pino.destination({ fd: 2, sync: true }),
): Log {
  const formatters = { level: (label: string) => ({ level: label }) };
  const logger = pino({ level, base: null, formatters }, to);
  const line = (fields: LogFields | undefined): object => {
    const correlation = currentTrail()?.correlation;
    return { ...(correlation === undefined ? {} : { correlation }), ...keepAllowed(fields) };
  };
  return {
    info: (event, fields) => logger.info(line(fields), event),
    warn: (event, fields) => logger.warn(line(fields), event),
    error: (event, fields) => logger.error(line(fields), event),
  };
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
