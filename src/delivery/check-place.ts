import type { SendFailure, Sender } from '../feature/sender.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import { mustInspect, refusePlace } from './place-rules.ts';

/** What is known of a place that several people read. */
export interface PlaceKnown {
  readonly checkedAt: Date | undefined;
  readonly traits: readonly string[];
  /** What an administrator accepts there. */
  readonly allowed: readonly string[];
}

interface At {
  readonly organisation: string;
  readonly workspace: string;
  readonly tenant: string;
  readonly place: string;
  readonly serviceUrl: string | undefined;
  readonly known: PlaceKnown | undefined;
}

/**
 * Asks the platform what a place is before anything is posted there, keeps what it said, and judges it. The answer is
 * undefined when it may be posted to; a code to refuse with; or the platform's no, which is then a no of this try.
 */
export async function checkPlace(
  ports: { readonly store: Pick<Store, 'inOrganisation'>; readonly clock: Clock },
  sender: Pick<Sender, 'inspect'>,
  at: At,
): Promise<{ readonly refused: string } | SendFailure | undefined> {
  const { known, organisation, workspace, tenant, place, serviceUrl } = at;
  if (known === undefined || sender.inspect === undefined || !mustInspect(known, ports.clock.now())) return undefined;
  const seen = await sender
    .inspect({ tenant, place, serviceUrl })
    .catch((): SendFailure => ({ ok: false, code: 'service_unavailable', unknown: false }));
  if (!seen.ok) return seen;
  await ports.store.inOrganisation(organisation, (tx) =>
    keepSeen(tx, { workspace, place, traits: seen.traits, now: ports.clock.now() }),
  );
  const refused = refusePlace(seen.traits, known.allowed);
  return refused === undefined ? undefined : { refused };
}

async function keepSeen(
  tx: OrganisationTransaction,
  seen: { readonly workspace: string; readonly place: string; readonly traits: readonly string[]; readonly now: Date },
): Promise<void> {
  await tx.db.$executeRaw`
    update team_place set checked_at = ${seen.now}::timestamptz, traits = ${[...seen.traits]}::text[]
    where organisation_id = ${tx.organisation} and workspace_id = ${seen.workspace} and place = ${seen.place}`;
}
