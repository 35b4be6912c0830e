import { byAccount } from '../doer.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { Inbound } from '../chat/inbound.ts';
import type { Refusal } from '../chat/refusal.ts';

/**
 * Puts a denial on record. Of a stranger once a day (UTC) and account: whoever knocks all night must not fill what
 * somebody has to read in the morning.
 */
export async function recordDenial(
  tx: OrganisationTransaction,
  denied: {
    readonly workspace: string;
    readonly inbound: Pick<Inbound, 'platform' | 'tenant' | 'via' | 'user' | 'what'>;
    readonly refusal: Refusal;
    readonly now: Date;
  },
): Promise<boolean> {
  const { workspace, inbound, refusal, now } = denied;
  const { platform, tenant, via, user, what } = inbound;
  if (refusal.code === 'stranger') {
    // The same user id in another company's workspace is another person.
    const account = via === undefined ? user : `${tenant}/${user}`;
    const first = await tx.db.$executeRaw`
      insert into stranger_day (organisation_id, workspace_id, platform_user, day)
      values (${tx.organisation}, ${workspace}, ${account}, ${now.toISOString().slice(0, 10)}::date)
      on conflict do nothing`;
    if (first === 0) return false;
  }
  await recordEvent(tx, {
    actor: byAccount(platform, user),
    verb: 'access.denied',
    subjectKind: what.kind,
    subjectId: refusal.code,
    at: now,
  });
  return true;
}
