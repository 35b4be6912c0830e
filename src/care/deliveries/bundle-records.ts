import { isUuid } from '../../ids.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';

/** One of several things that went to a person as one message. */
export interface BundleLine {
  /** Id of its delivery. */
  readonly id: string;
  /** The card it announces. */
  readonly kind: string;
  readonly subject: string;
}

/**
 * What a person's shared message holds, oldest first, each thing once: not what a newer post of its series has told
 * elsewhere, nor what was taken back.
 */
export async function listBundle(
  tx: OrganisationTransaction,
  carrier: string,
  person: string,
): Promise<readonly BundleLine[]> {
  if (!isUuid(carrier)) return [];
  return tx.db.$queryRaw<BundleLine[]>`
    select distinct on (created_at, kind, subject) id::text as id, kind, subject from (
      select distinct on (p.kind, p.subject) d.id, p.kind, p.subject, d.created_at
      from delivery d join post p on p.organisation_id = d.organisation_id and p.id = d.post_id
      where d.organisation_id = ${tx.organisation} and d.bundle_id = ${carrier}::uuid
        and d.state in ('pending', 'sending', 'sent', 'unknown') and p.audience = 'person' and p.destination = ${person}
        and not exists (
          select 1 from post n
          join delivery e on e.organisation_id = n.organisation_id and e.post_id = n.id
          where n.organisation_id = p.organisation_id and n.series = p.series and n.audience = p.audience
            and n.destination = p.destination and (n.created_at, n.id) > (p.created_at, p.id) and e.sent_at is not null
            and e.bundle_id is distinct from d.bundle_id)
      order by p.kind, p.subject, d.created_at
    ) as line
    order by created_at, kind, subject`;
}

/** The card that was announced to this person by a delivery; undefined when it was not to them. */
export async function findAnnounced(
  tx: OrganisationTransaction,
  delivery: string,
  person: string,
): Promise<{ readonly kind: string; readonly subject: string } | undefined> {
  if (!isUuid(delivery)) return undefined;
  const rows = await tx.db.$queryRaw<{ kind: string; subject: string }[]>`
    select p.kind, p.subject
    from delivery d join post p on p.organisation_id = d.organisation_id and p.id = d.post_id
    where d.organisation_id = ${tx.organisation} and d.id = ${delivery}::uuid and p.audience = 'person'
      and p.destination = ${person}`;
  return rows[0];
}
