import { fileURLToPath } from 'node:url';
import type { LogFields } from './log.ts';

/** Errors of ours whose sentences hold no value of anybody's. */
const saidInFull: ReadonlySet<string> = new Set([
  'ConfigError',
  'EmbeddedPostgresError',
  'KeyError',
  'MigrationError',
  'TransactionError',
]);
/** The driver's own sentences for connections, which have no code. */
const ofConnections =
  /^(?:Connection terminated(?: unexpectedly| due to connection timeout)?|timeout exceeded when trying to connect)$/;
const word = /^[\w.-]{1,60}$/;
const ground = fileURLToPath(new URL('.', import.meta.url));
/** Where every statement passes: which one it was stands further down. */
const passage = /^store\/(?:run-transaction|connection-queue|gather-writes|name-statements|tagged-statement)\./;
const furthest = 5;

/**
 * Why something failed, as it may stand in a log: the class, codes, names of the schema, and the first place of our own
 * code. Never a message, which can quote what people typed or what is stored: a driver names the value it could not
 * read, a parser the text.
 */
export function describeCause(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: 'unknown' };
  const place = firstOwnPlace(error);
  const said = saidInFull.has(classOf(error)) || ofConnections.test(error.message) ? error.message : undefined;
  return {
    error: classOf(error),
    ...codesOf(error),
    ...(said === undefined ? {} : { reason: said }),
    ...(place === undefined ? {} : { at: place }),
  };
}

const read = (from: object, field: string): unknown => Reflect.get(from, field);

function classOf(error: Error): string {
  // The database's driver calls its class by a name that says nothing.
  const name = error.name === 'error' || error.name === 'Error' ? error.constructor.name : error.name;
  return word.test(name) ? name : 'Error';
}

/** The codes of the error, or of the nearest cause that has any: libraries wrap what they were told. */
function codesOf(error: object, depth = 0): LogFields {
  if (depth > furthest) return {};
  const code = read(error, 'code');
  if (typeof code === 'string' && word.test(code) && read(error, 'severity') !== undefined) {
    const names = ['constraint', 'table', 'column'].flatMap((field) => {
      const name = read(error, field);
      return typeof name === 'string' && word.test(name) ? [[field, name] as const] : [];
    });
    return { sqlState: code, ...Object.fromEntries(names) };
  }
  if (typeof code === 'string' && word.test(code)) return { code };
  for (const field of ['cause', 'original', 'driverAdapterError', 'meta']) {
    const inner = read(error, field);
    const found = typeof inner === 'object' && inner !== null ? codesOf(inner, depth + 1) : {};
    if (Object.keys(found).length > 0) return found;
  }
  return {};
}

/** File and line, from the folder of our own code. The message, which stands in front of the places, is not read. */
function firstOwnPlace({ stack = '', message }: Error): string | undefined {
  const start = stack.indexOf(message);
  if (start < 0) return undefined;
  const own = stack
    .slice(start + message.length)
    .split('\n')
    .flatMap((line) => {
      const at = line.trimStart().startsWith('at ') ? line.indexOf(ground) : -1;
      const place = at < 0 ? undefined : /^[\w/.-]+:\d+/.exec(line.slice(at + ground.length))?.[0];
      return place === undefined || place.startsWith('generated/') ? [] : [place];
    });
  return own.find((place) => !passage.test(place)) ?? own[0];
}
