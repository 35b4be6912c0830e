import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { wallClock } from '../../src/clock.ts';

const built = (entry: string): string => fileURLToPath(new URL(`../../dist/${entry}`, import.meta.url));

export type Environment = Readonly<Record<string, string>>;

/** Nothing of this run's own settings reaches the service: no DATABASE_URL, no credentials. */
const bare = (environment: Environment): Environment => ({
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '/',
  ...environment,
});

export interface BuiltService {
  readonly pid: number;
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** From the start of the process to its line, in milliseconds. */
  readonly readyAfter: number;
  /** The line it printed. */
  readonly line: string;
  /** Resolves to its exit code, or its signal's name. */
  readonly ended: Promise<number | string>;
  /** How it ended; undefined while it lives. */
  outcome(): number | string | undefined;
  /** Everything it wrote to standard error. */
  log(): string;
  signal(name: NodeJS.Signals): void;
}

/** Starts the compiled service and waits for the line that says it is ready. Rejects with its words when it ends first. */
export async function startBuilt(
  environment: Environment,
  options: { program?: readonly string[]; cwd?: string } = {},
): Promise<BuiltService> {
  const started = wallClock.wallNow().getTime();
  const [command = process.execPath, ...words] = options.program ?? [process.execPath, built('main.js')];
  const child = spawn(command, words, {
    env: bare(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  let outcome: number | string | undefined;
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => {
    outcome = typeof code === 'number' ? code : String(signal);
    return outcome;
  });
  const line = new Promise<string>((resolve) => {
    createInterface(child.stdout).on('line', (text) => {
      if (text.startsWith('Baton is ready: ')) resolve(text);
    });
  });
  const first = await Promise.race([line, ended]);
  const url = typeof first === 'string' ? /^Baton is ready: (http:\/\/[^/]+)\//.exec(first)?.[1] : undefined;
  if (typeof first !== 'string' || url === undefined || child.pid === undefined) {
    throw new Error(`the service ended with ${first}: ${errors}`);
  }
  return {
    pid: child.pid,
    url,
    line: first,
    readyAfter: wallClock.wallNow().getTime() - started,
    ended,
    outcome: () => outcome,
    log: () => errors,
    signal: (name) => void child.kill(name),
  };
}

export interface Ran {
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

/** Runs the compiled command line to its end. */
export const runBuilt = (environment: Environment, ...words: string[]): Promise<Ran> =>
  runCommandLine(built('cli.js'), environment, ...words);

/** The same with one that stands elsewhere. */
export async function runCommandLine(file: string, environment: Environment, ...words: string[]): Promise<Ran> {
  const child = spawn(process.execPath, [file, ...words], {
    env: bare(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code, signal]: unknown[] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : String(signal), out, err };
}
