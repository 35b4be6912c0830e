import { link, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import { randomIds } from '../../ids.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { readStartTime } from './list-processes.ts';
import { readErrorCode } from './read-error-code.ts';

const PREFIX = 'start.';
const POLL_MILLISECONDS = 10;

/**
 * Runs `work` while no other process starts, adopts or stops the server of this folder.
 *
 * The lock is a numbered file that names its holder. A new holder makes the next number, which only one can; the
 * newest file is never deleted, only emptied, so a file is never mistaken for an older one of the same name. A holder
 * that was killed is told from a living one by process id and start time, so nothing has to be cleaned by hand.
 */
export async function withStartLock<T>(
  folder: string,
  clock: Clock,
  work: () => Promise<T>,
  patienceMilliseconds = 120_000,
): Promise<T> {
  const started = clock.wallNow().getTime();
  for (;;) {
    const held = await tryTake(folder);
    if (held !== undefined) {
      try {
        return await work();
      } finally {
        // Empty means free. The folder may be gone by now (a test's, an uninstalled one's).
        await truncate(held).catch(() => undefined);
      }
    }
    if (clock.wallNow().getTime() - started > patienceMilliseconds) {
      throw new EmbeddedPostgresError(
        'Another Baton has been starting or stopping the database in this state folder for two minutes. ' +
          'Look at what it is doing, or end it, and start again.',
      );
    }
    await clock.pause(POLL_MILLISECONDS);
  }
}

async function tryTake(folder: string): Promise<string | undefined> {
  const newest = Math.max(0, ...(await listNumbers(folder)));
  if (newest > 0 && (await isHeld(join(folder, `${PREFIX}${newest}`)))) return undefined;
  const mine = newest + 1;
  const path = join(folder, `${PREFIX}${mine}`);
  const draft = join(folder, `draft-${randomIds.uuid()}`);
  await writeFile(draft, JSON.stringify({ pid: process.pid, started: await readStartTime(process.pid) }));
  try {
    // A link appears with its content in one step: nobody ever reads half a lock.
    await link(draft, path);
  } catch (error) {
    if (readErrorCode(error) === 'EEXIST') return undefined;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const numbers = await listNumbers(folder);
  if (numbers.some((number) => number > mine)) {
    // Somebody passed us between reading and linking, and swept this number away: it was never ours.
    await rm(path, { force: true });
    return undefined;
  }
  for (const number of numbers) if (number < mine) await rm(join(folder, `${PREFIX}${number}`), { force: true });
  return path;
}

async function listNumbers(folder: string): Promise<number[]> {
  return (await readdir(folder)).flatMap((name) => {
    const number = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : Number.NaN;
    return Number.isInteger(number) ? [number] : [];
  });
}

async function isHeld(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const [, pid, started] = /^\{"pid":(\d+),"started":"([^"]*)"\}$/.exec(text) ?? [];
  if (pid === undefined || started === undefined) return false;
  const now = await readStartTime(Number(pid));
  return now !== '' && now === started;
}
