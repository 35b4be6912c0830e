import { byImport } from '../../doer.ts';
import { followImport, tellOfImport } from '../../care/caseloads/tell-of-import.ts';
import type { Outbox } from '../../feature/create-work.ts';
import { createSystemWork } from '../../feature/create-system-work.ts';
import { createMute } from '../../delivery/mute.ts';
import { outboxOfTables } from '../../schedule/outbox-of-tables.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import type { CommandHouse } from '../command.ts';

/**
 * What follows from an import, in its transaction. It says nothing while it goes on: what would have been told is kept,
 * and everybody concerned is told once, at the end.
 */
export async function finishImport(
  tx: OrganisationTransaction,
  house: CommandHouse,
  /** When the import began, by which what came in with it is known. */
  at: Date,
  now: Date,
): Promise<void> {
  const { features } = house;
  // What is said of it is drawn when it is sent, by the service: its own privacy mode counts then.
  const context = { features, privacy: 'minimal', now, by: byImport() } as const;
  const mute = createMute();
  const quietly: Outbox = {
    ...outboxOfTables,
    post: async (inside, post, when) => (mute.keeps(post) ? undefined : outboxOfTables.post(inside, post, when)),
  };
  await followImport(await createSystemWork(tx, { ...context, outbox: quietly }), at);
  const others = mute.kept().map(({ to }) => to);
  await tellOfImport(await createSystemWork(tx, { ...context, outbox: outboxOfTables }), at, others);
}
