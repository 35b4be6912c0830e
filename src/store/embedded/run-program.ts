import { spawn } from 'node:child_process';
import type { RunUser } from './choose-run-user.ts';
import { readErrorCode } from './read-error-code.ts';

export interface ProgramResult {
  /** Exit status; null when it could not be started or died by a signal. */
  status: number | null;
  /** `ENOENT`, `EACCES` … when it could not be started, else ''. */
  failure: string;
  output: string;
  errors: string;
}

/**
 * What PostgreSQL's programs see of our environment: nothing, so that PGDATA, PGPORT or a locale of the caller never
 * decide anything. TZ also spares initdb its search through all time zones.
 */
export function cleanEnvironment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

/** The spawn options that drop to `user`; none when we run as ourselves. */
export function identityOf(user: RunUser | undefined): { uid?: number; gid?: number } {
  return user === undefined ? {} : { uid: user.uid, gid: user.gid };
}

/** Runs a program to its end as `user`. Never throws: what went wrong is in the result. */
export function runProgram(
  file: string,
  args: readonly string[],
  options: { user: RunUser | undefined; cwd?: string; input?: string },
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd ?? '/',
      env: cleanEnvironment(),
      stdio: ['pipe', 'pipe', 'pipe'],
      ...identityOf(options.user),
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    // A program that ends before reading its input closes the pipe under us: its status tells the story.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      resolve({ status: null, failure: readErrorCode(error) || 'unknown', output, errors });
    });
    child.on('close', (status) => {
      resolve({ status, failure: '', output, errors });
    });
    child.stdin.end(options.input ?? '');
  });
}
