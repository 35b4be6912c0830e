import { useState } from 'react';
import { Deliveries } from './deliveries.tsx';
import { Requests } from './requests.tsx';
import { useLook } from './shared/live.tsx';
import { Menu } from './shared/menu.tsx';
import { Tabs } from './shared/tabs.tsx';
import type { DeliveryLedger, LedgerLine } from './shared/types.ts';

const tabs = [
  { name: 'deliveries', label: 'Deliveries' },
  { name: 'requests', label: 'Requests' },
] as const;
/** What becomes of a message changes without a request too: at a tick, at the end of a wait. */
const lookEvery = 1_000;

/** What Baton owes people and what came of it; beside it the requests by which it happened. */
export function Ledger({ lines, zone }: { readonly lines: readonly LedgerLine[]; readonly zone: string }) {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<(typeof tabs)[number]['name']>('deliveries');
  const ledger = useLook<DeliveryLedger>(open && chosen === 'deliveries' ? 'deliveries' : undefined, lookEvery);
  return (
    <Menu label="Ledger" wide onToggle={setOpen}>
      <Tabs label="Ledger" tabs={tabs} chosen={chosen} onChoose={setChosen}>
        {chosen === 'deliveries' ? <Deliveries ledger={ledger} zone={zone} /> : <Requests lines={lines} zone={zone} />}
      </Tabs>
    </Menu>
  );
}
