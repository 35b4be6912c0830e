import { vi } from 'vitest';

/**
 * Milliseconds of the wall that nothing takes, however busy the computer is. A test about a limit of time gives the
 * limit itself; all others never meet one.
 */
export const patient = 60_000;

/** Waits for what comes by itself, as long as a busy computer may need: crash recovery writes every file through first. */
export function waitFor<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: patient / 2, interval: 20 });
}
