import type { OrganisationTransaction } from '../../store/transaction.ts';
import { countDeliveries, listDeliveries, type LedgerDelivery } from './ledger-records.ts';
import { explainReason } from './rules.ts';

export interface DeliveryLedger {
  /** Over all copies, also those that `deliveries` has no room for. */
  readonly counts: Readonly<Partial<Record<LedgerDelivery['state'], number>>>;
  /** Newest first; `why` is what a supervisor reads of a parked one. */
  readonly deliveries: readonly (LedgerDelivery & { readonly why?: string })[];
}

/** Every copy of every message and what came of it: for local mode, where nobody is real. It asks nobody's rights. */
export async function viewLedger(tx: OrganisationTransaction, limit: number): Promise<DeliveryLedger> {
  const deliveries = await listDeliveries(tx, limit);
  return {
    counts: await countDeliveries(tx),
    deliveries: deliveries.map((delivery) =>
      delivery.state === 'parked' ? { ...delivery, why: explainReason(delivery.reason ?? '') } : delivery,
    ),
  };
}
