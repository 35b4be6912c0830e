import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** Milliseconds of a tick of the kernel's clock: a hundred a second on every Linux Node runs on. */
const tick = 10;

const root = path.resolve(import.meta.dirname, '..');
export const inRoot = (...parts) => path.join(root, ...parts);

/** Only what is given reaches a process: no setting of whoever runs the bench. */
const bare = (environment) => ({ PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '/', ...environment });

/** Starts a program that prints one line with its address when it is ready. */
export async function startService(script, environment) {
  const child = spawn(process.execPath, [inRoot(script)], {
    env: bare(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
  const ended = once(child, 'close');
  const ready = new Promise((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      const url = /http:\/\/[\w.]+:\d+/.exec(line)?.[0];
      if (url !== undefined) resolve(url);
    });
  });
  const url = await Promise.race([ready, ended.then(() => undefined)]);
  if (url === undefined) throw new Error(`${script} ended before it was ready: ${errors}`);
  return {
    url,
    pid: child.pid,
    words: () => errors,
    /** Milliseconds of processor time the process has taken so far. */
    async cpu() {
      const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8');
      // What stands before the last parenthesis is the name, which may hold anything.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) * tick;
    },
    /** Megabytes of memory it holds (a million bytes each; the kernel counts in 1,024). */
    async memory() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1_024) / 1e6;
    },
    /** May be called again. */
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Runs Baton's command line; returns what it printed. */
export async function runBaton(environment, ...words) {
  const child = spawn(process.execPath, [inRoot('dist/cli.js'), ...words], {
    env: bare(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`baton ${words.join(' ')} ended with ${code}: ${errors}${out.slice(-2_000)}`);
  return out;
}
