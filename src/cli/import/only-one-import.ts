import type { CommandHouse } from '../command.ts';
import { CommandRefused } from '../parse-arguments.ts';

/** One import into an organisation at a time: what one has checked stays true until it is in. */
const lockOf = (organisation: string): string => `import/${organisation}`;

/** Runs work that no other import into the organisation may go beside; `check` throws when it no longer is alone. */
export async function asOnlyImport<T>(
  { store }: CommandHouse,
  organisation: string,
  work: (check: () => void) => Promise<T>,
): Promise<T> {
  const lock = await store.holdLock(lockOf(organisation));
  if (lock === undefined) {
    throw new CommandRefused(
      'Another import into this organisation is going on. Nothing was changed; run this when it has ended (baton import list).',
    );
  }
  try {
    return await work(() => {
      if (!lock.isLost()) return;
      throw new CommandRefused(
        'The connection that keeps other imports away was lost. Run the same command again: it goes on where this one stopped.',
      );
    });
  } finally {
    await lock.release();
  }
}

/** Whether one is going on now. */
export const isImporting = ({ store }: CommandHouse, organisation: string): Promise<boolean> =>
  store.isLockHeld(lockOf(organisation));
