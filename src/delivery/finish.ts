import type { Platform } from '../platform.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { Claimed } from './claim.ts';
import type { Decision, Method } from './decide-outcome.ts';
import { settleFolded } from './fold-into-digest.ts';
import { isLateAnswer } from './late-answers.ts';
import type { ParkedCard } from './ports.ts';
import { lockSeries, markOlderInSeries } from './replace-in-series.ts';
import { arrivedElsewhere } from './second-route.ts';
import { releaseCarried, settleCarried } from './share-message.ts';
import { markRoot } from './stand-under.ts';
import type { DeliveryState } from './states.ts';
import { isRerouted, rerouteToSupervisors, tellOfParked } from './tell-supervisors.ts';

/** What came of a claimed delivery. */
export type Outcome =
  | {
      readonly is: 'sent';
      readonly posted: { readonly place: string; readonly messageId: string; readonly serviceUrl?: string };
      readonly shown: Uint8Array<ArrayBuffer>;
    }
  | { readonly is: 'changed'; readonly shown: Uint8Array<ArrayBuffer> }
  /** The card is what is shown already. */
  | { readonly is: 'unchanged' }
  /** Nothing was sent, or what was sent is gone again. */
  | { readonly is: 'ended'; readonly state: 'cancelled' | 'superseded'; readonly reason: string }
  /** Not tried: the place is asked to wait, or courtesy asks it. */
  | { readonly is: 'held'; readonly until: Date; readonly reason?: string }
  | Exclude<Decision, { is: 'plain' | 'removed' }>;

/** Where it was tried; undefined before a place was chosen. */
export interface TriedAt {
  readonly workspace: string;
  readonly platform: Platform;
  /** What holds are kept by. */
  readonly place: string;
  readonly method: Method;
  readonly otherWorkspace: string | undefined;
  /** Others go out with it, in one message. */
  readonly carries: boolean;
}

interface Patch {
  readonly state: DeliveryState;
  readonly reason?: string;
  readonly nextAt?: Date;
  readonly workspace?: string;
  readonly platform?: Platform;
  readonly posted?: Extract<Outcome, { is: 'sent' }>['posted'];
  readonly shown?: Uint8Array<ArrayBuffer>;
  /** The message is gone, or is no longer followed. */
  readonly forgets?: boolean;
  /** It was no try. */
  readonly untried?: boolean;
  /** The person's workspace that said no for good. */
  readonly refusedBy?: string;
}

/**
 * Writes what came of it, fenced by id, holder and attempt: false when somebody else has the delivery by now, and then
 * nothing at all is written. Parking, rerouting and holds belong to the same transaction.
 */
export async function finishDelivery(
  tx: OrganisationTransaction,
  claimed: Claimed,
  outcome: Outcome,
  context: { readonly now: Date; readonly at: TriedAt | undefined; readonly parkedCard: ParkedCard },
): Promise<boolean> {
  const { now, at } = context;
  const where = at === undefined ? {} : { workspace: at.workspace, platform: at.platform };
  const write = (patch: Patch): Promise<boolean> => writeFenced(tx, claimed, { ...where, ...patch }, now);
  const park = async (reason: string): Promise<boolean> => {
    if (!(await write({ state: 'parked', reason }))) return false;
    await letGo();
    await tellOfParked(tx, claimed, reason, context);
    return true;
  };
  switch (outcome.is) {
    case 'sent': {
      const { posted, shown } = outcome;
      await lockSeries(tx, claimed);
      if (!(await write({ state: 'sent', posted, shown }))) return false;
      await markOlderInSeries(tx, claimed, posted.place);
      await settleFolded(tx, claimed);
      if (at?.carries === true) await settleCarried(tx, claimed.id, { ...at, ...posted, shown }, now);
      return true;
    }
    case 'changed':
      return write({ state: 'sent', shown: outcome.shown, untried: true });
    case 'unchanged':
      return write({ state: 'sent', untried: true });
    case 'ended':
      if (!(await write({ state: outcome.state, reason: outcome.reason, forgets: true }))) return false;
      await markRoot(tx, claimed);
      await letGo();
      return true;
    case 'leave':
      return write({ state: 'sent', reason: outcome.reason, forgets: true });
    case 'held':
      return waitFor(claimed.was === 'unknown' || claimed.was === 'sending', {
        nextAt: outcome.until,
        untried: true,
        ...(outcome.reason === undefined ? {} : { reason: outcome.reason }),
      });
    case 'wait':
      return waitFor(outcome.uncertain, { nextAt: outcome.until, reason: outcome.reason });
    case 'hold': {
      const { until, reason, uncertain } = outcome;
      if (!(await waitFor(uncertain, { nextAt: until, reason }))) return false;
      if (at !== undefined) await hold(tx, at, until);
      return true;
    }
    case 'move':
      return write({
        state: 'pending',
        reason: outcome.reason,
        nextAt: now,
        ...(at?.otherWorkspace === undefined ? {} : { workspace: at.otherWorkspace, refusedBy: at.workspace }),
      });
    case 'park':
      return park(outcome.reason);
    case 'reroute':
      return reroute(outcome.reason);
  }

  /** Whatever was to go out with it goes its own way: it may fare better. */
  async function letGo(): Promise<void> {
    const carries = at?.carries ?? claimed.bundle === claimed.id;
    if (carries && claimed.messageId === null) await releaseCarried(tx, claimed.id, now);
  }

  async function waitFor(uncertain: boolean, patch: Omit<Patch, 'state'>): Promise<boolean> {
    if (claimed.messageId === null) return write({ ...patch, state: uncertain ? 'unknown' : 'pending' });
    if (!(await write({ ...patch, state: 'sent' }))) return false;
    await tx.db.$executeRaw`
      update delivery set stale = true where organisation_id = ${tx.organisation} and id = ${claimed.id}::uuid`;
    return true;
  }

  /** A person's copy is replaced by the supervisors'; a team's stays parked, because the place needs mending. */
  async function reroute(reason: string): Promise<boolean> {
    if (isRerouted(claimed)) return park(reason);
    if (isLateAnswer(claimed)) return write({ state: 'cancelled', reason });
    const person = claimed.audience === 'person';
    // The row is ours to write before anything else is: the fence decides.
    if (!(await write({ state: person ? 'superseded' : 'parked', reason }))) return false;
    await letGo();
    if (person && (await arrivedElsewhere(tx, claimed))) return true;
    const told = await rerouteToSupervisors(tx, claimed, reason, now);
    if (person && told > 0) return true;
    if (person) {
      await tx.db.$executeRaw`
        update delivery set state = 'parked' where organisation_id = ${tx.organisation} and id = ${claimed.id}::uuid`;
    }
    await tellOfParked(tx, claimed, reason, context);
    return true;
  }
}

/** False when somebody else has the delivery by now. */
export async function writeFenced(
  tx: OrganisationTransaction,
  claimed: Claimed,
  patch: Patch,
  now: Date,
): Promise<boolean> {
  const { posted, forgets = false } = patch;
  const messageId = forgets ? null : (posted?.messageId ?? claimed.messageId);
  const written = await tx.db.$executeRaw`
    update delivery
    set state = ${patch.state}, reason = ${patch.reason ?? null}, next_at = ${patch.nextAt ?? now}::timestamptz,
        attempts = attempts - ${patch.untried === true ? 1 : 0}::int, holder = null, lease_until = null,
        workspace_id = coalesce(${patch.workspace ?? null}, workspace_id),
        platform = coalesce(${patch.platform ?? null}, platform),
        place = coalesce(${posted?.place ?? null}, place),
        service_url = coalesce(${posted?.serviceUrl ?? null}, service_url),
        refused_by = case when ${patch.refusedBy ?? null}::text is null then refused_by
                          else array_append(refused_by, ${patch.refusedBy ?? null}) end,
        message_id = ${messageId}, shown = coalesce(${patch.shown ?? null}::bytea, shown),
        sent_at = coalesce(sent_at, case when ${posted !== undefined} then ${now}::timestamptz end)
    where organisation_id = ${tx.organisation} and id = ${claimed.id}::uuid and holder = ${claimed.holder}
      and attempts = ${claimed.attempts} and state = 'sending'`;
  return written === 1;
}

async function hold(tx: OrganisationTransaction, at: TriedAt, until: Date): Promise<void> {
  await tx.db.$executeRaw`
    insert into hold (organisation_id, workspace_id, method, place, until)
    values (${tx.organisation}, ${at.workspace}, ${at.method}, ${at.place}, ${until}::timestamptz)
    on conflict (organisation_id, workspace_id, method, place) do update
    set until = greatest(hold.until, excluded.until)`;
}
