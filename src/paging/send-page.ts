import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { Log } from '../log.ts';
import { refreshCopies } from '../delivery/outbox.ts';
import type { Store } from '../store/store.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import { callGateway, type GatewayPorts } from './call-gateway.ts';
import type { ClaimedPage } from './claim-pages.ts';
import { finishPage, readPage, type FinishedPage, type ReadPage } from './finish-page.ts';
import { decidePage, type PageEvent } from './page-rules.ts';

/** A card that shows how pages fare. */
interface ShownOn {
  readonly kind: string;
  /** Default: what the page is about. */
  readonly subject?: string;
}

export interface PagePorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly gateway: GatewayPorts;
  /** What is drawn again when a page begins to fail, is given up, or arrives after all. */
  readonly shownOn: (event: PageEvent) => readonly ShownOn[];
}

/** After this long since it was claimed a page is left to whoever takes it next, unsent: a paused machine wakes up late. */
const freshMilliseconds = 10_000;

/** Looks what a claimed page says, and whether it is needed still; undefined when it is not ours any more. */
export async function openPage({ store, clock }: PagePorts, claimed: ClaimedPage): Promise<ReadPage | undefined> {
  const since = clock.wallNow().getTime();
  const read = await store.inOrganisation(claimed.organisation, (tx) => readPage(tx, claimed));
  return clock.wallNow().getTime() - since > freshMilliseconds ? undefined : read;
}

/** Sends one: calls once, and writes what came of it. Resolves to how it ended. */
export async function sendPage(
  ports: PagePorts,
  claimed: ClaimedPage,
  read: ReadPage,
): Promise<{ readonly event: PageEvent; readonly result: FinishedPage['state'] } | 'lost'> {
  const { store, clock, ids, log } = ports;
  const answer = read.is === 'drop' ? undefined : await callGateway(ports.gateway, read.body);
  const [high = 0, low = 0] = ids.bytes(2);
  const now = clock.now();
  const decision =
    read.is === 'drop' || answer === undefined
      ? ({ is: 'drop', reason: read.is === 'drop' ? read.reason : 'overtaken' } as const)
      : decidePage(answer, { ...claimed, now, chance: (high * 256 + low) / 65_536 });
  const finished = await store.inOrganisation(claimed.organisation, async (tx) => {
    const written = await finishPage(tx, claimed, decision, now);
    if (written !== undefined && changesCards(written, claimed)) await refreshCards(ports, tx, written);
    return written;
  });
  if (finished === undefined) return 'lost';
  if (decision.is === 'park' || (decision.is === 'wait' && claimed.attempts === 1)) {
    log.warn(`page.${decision.is === 'park' ? 'parked' : 'failed'}`, { kind: finished.event, reason: decision.reason });
  }
  return { event: finished.event, result: finished.state };
}

/** The first failure, the last, and what came after one. */
const changesCards = ({ state }: FinishedPage, { attempts }: ClaimedPage): boolean =>
  state === 'pending' ? attempts === 1 : state === 'parked' || attempts > 1;

async function refreshCards(
  { shownOn }: PagePorts,
  tx: OrganisationTransaction,
  { event, incident }: FinishedPage,
): Promise<void> {
  for (const { kind, subject = incident } of shownOn(event)) await refreshCopies(tx, kind, subject);
}
