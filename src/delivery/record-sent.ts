import type { Store } from '../store/store.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { Claimed } from './claim.ts';
import { writeFenced, type Outcome, type TriedAt } from './finish.ts';
import { turnOf } from './turn-of.ts';

type Sent = Extract<Outcome, { is: 'sent' }>;

/** True where nothing else follows from a message that is out: no older one goes, nobody else went with it. */
export const standsAlone = (claimed: Pick<Claimed, 'series'>, at: TriedAt): boolean =>
  claimed.series === null && !at.carries;

/**
 * Writes that a platform took a message, fenced like everything else. Statement and commit leave together: whatever
 * kills the process between the platform's yes and this record makes a duplicate, so the two stand as close as can be.
 */
export async function recordSent(
  store: Pick<Store, 'inOrganisation'>,
  claimed: Claimed,
  { posted, shown }: Sent,
  { now, at }: { readonly now: Date; readonly at: TriedAt },
): Promise<boolean> {
  const { workspace, platform } = at;
  const write = async (tx: OrganisationTransaction): Promise<{ written: Promise<boolean> }> => {
    const answer = writeFenced(tx, claimed, { state: 'sent', workspace, platform, posted, shown }, now);
    // Heard below, once the commit is on its way too; a failure is the commit's as well.
    answer.catch(() => undefined);
    return { written: answer };
  };
  const { written } = await store.inOrganisation(claimed.organisation, write, turnOf(claimed));
  return written;
}
