import type { Platform } from '../platform.ts';
import type { Changed, Posted, SendFailure, Sender } from '../feature/sender.ts';
import { describeCause } from '../describe-cause.ts';
import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import { isTransient } from '../store/transient-error.ts';
import { backoff } from './backoff.ts';
import { checkPlace } from './check-place.ts';
import type { CourtesyPort } from './be-courteous.ts';
import type { Claimed } from './claim.ts';
import { decideOutcome, type Decision, type Tried } from './decide-outcome.ts';
import { finishDelivery, type Outcome, type TriedAt } from './finish.ts';
import { freshMilliseconds } from './hold-claim.ts';
import type { Pace } from './pace.ts';
import type { DrawCard, ParkedCard, Senders } from './ports.ts';
import { prepareDelivery, type Prepared } from './prepare-delivery.ts';
import type { Address } from './resolve-destination.ts';
import { recordSent, standsAlone } from './record-sent.ts';
import { isRerouted } from './tell-supervisors.ts';
import { turnOf } from './turn-of.ts';

export interface DeliveryPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly senders: Senders;
  readonly draw: DrawCard;
  readonly parkedCard: ParkedCard;
  readonly pace: Pace;
  /** Told when a platform says that somebody is not there. */
  readonly onPersonGone?: (who: {
    readonly platform: Platform;
    readonly tenant: string;
    readonly user: string;
  }) => Promise<void>;
  /** What is done so as not to wear people out; undefined = nothing. */
  readonly courtesy?: CourtesyPort;
  /** What the button of a card without content does; undefined = a card that may not be shown is not sent. */
  readonly openAction?: string;
}

/** A card that cannot be drawn is a mistake of ours: tried this often, then parked. */
const drawAttempts = 5;
/** Longest turn to wait for inside a claim; a longer one becomes a hold of the place. */
const patienceMilliseconds = 3_000;

/** Delivers one claim: looks at the database, sends once, writes what came of it. Resolves to how it ended. */
export async function deliverOne(ports: DeliveryPorts, claimed: Claimed): Promise<Outcome['is'] | 'lost' | 'carried'> {
  const { store, clock, log } = ports;
  const wallNow = (): number => clock.wallNow().getTime();
  const asked = { draw: ports.draw, courtesy: ports.courtesy, openAction: ports.openAction, wallNow };
  let since = wallNow();
  let prepared: Prepared;
  try {
    const prepare = async (tx: OrganisationTransaction): Promise<Prepared> => {
      const made = await prepareDelivery(tx, claimed, { ...asked, now: clock.now() });
      // Until the commit the row is locked: from here on its lease alone keeps it.
      since = wallNow();
      return made;
    };
    prepared = await store.inOrganisation(claimed.organisation, prepare, turnOf(claimed));
  } catch (error) {
    if (isTransient(error)) throw error;
    log.error('delivery.not-drawn', { kind: claimed.kind, ...describeCause(error) });
    return finish(ports, claimed, afterBrokenDrawing(ports, claimed), undefined);
  }
  if (prepared.is === 'lost') {
    log.warn('delivery.lease-lost', { kind: claimed.kind });
    return 'lost';
  }
  if (prepared.is === 'carried') return 'carried';
  if (prepared.is === 'settle') return finish(ports, claimed, prepared.outcome, undefined);

  const at = triedAt(claimed, prepared);
  const sender = ports.senders[at.platform];
  if (sender === undefined) return finish(ports, claimed, withoutSender(ports, claimed, at), at);
  const turn = ports.pace.reserve(at.platform, `${at.workspace}/${at.place}`);
  if (turn > patienceMilliseconds) {
    const until = new Date(clock.now().getTime() + turn);
    return finish(ports, claimed, { is: 'hold', until, reason: 'pace', uncertain: isUncertain(claimed) }, at);
  }
  if (turn > 0) await clock.pause(turn);
  // A paused machine wakes up late: by then somebody else may be sending it.
  if (wallNow() - since > freshMilliseconds) {
    log.warn('delivery.lease-lost', { kind: claimed.kind });
    return 'lost';
  }
  const barred = await barPlace(ports, claimed, prepared, { sender, at });
  const outcome = barred ?? (await send(ports, claimed, prepared, { sender, at }));
  const ended = await finish(ports, claimed, outcome, at);
  if (prepared.is === 'post' && ended !== 'lost') await noteGone(ports, sender, prepared.address, outcome);
  return ended;
}

/** Why nothing may be posted to this place now; undefined when it may, and for what goes to one person. */
async function barPlace(
  ports: DeliveryPorts,
  claimed: Claimed,
  prepared: Sending,
  { sender, at }: { readonly sender: Sender; readonly at: TriedAt },
): Promise<Outcome | undefined> {
  if (prepared.is !== 'post' || prepared.address.user !== undefined) return undefined;
  const { organisation } = claimed;
  const checked = await checkPlace(ports, sender, { ...prepared.address, organisation, known: prepared.address.known });
  if (checked === undefined) return undefined;
  const failure = 'refused' in checked ? { code: checked.refused, unknown: false } : withoutEffect(sender, checked);
  const decision = decideOutcome(failure, { ...describeTry(ports, claimed, at, true), read: readOwn(sender) });
  return decision.is === 'removed' || decision.is === 'plain' ? { is: 'park', reason: failure.code } : decision;
}

/** Asking does nothing, so nothing of it can have arrived: it is asked again. */
const withoutEffect = (sender: Sender, failure: SendFailure): Omit<SendFailure, 'ok'> =>
  sender.readFailure('team', failure) === 'unknown' ? { code: notInspected, unknown: false } : failure;
/** Ours: what the place is could not be asked, so nothing was posted. */
const notInspected = 'not_inspected';
const readOwn =
  (sender: Sender): Sender['readFailure'] =>
  (audience, failure) =>
    failure.code === notInspected ? 'retry' : sender.readFailure(audience, failure);

/** A platform said that somebody is not there: whether they left is asked, and what follows is not delivery's. */
async function noteGone(
  ports: DeliveryPorts,
  sender: Sender,
  { platform, tenant, user }: Address,
  outcome: Outcome,
): Promise<void> {
  if (user === undefined || (outcome.is !== 'reroute' && outcome.is !== 'park' && outcome.is !== 'move')) return;
  const verdict = sender.readFailure('person', { code: outcome.reason, unknown: false });
  // The connector says the same of a chat that was closed and of an account that was: only asking tells them apart.
  if (verdict === 'person-gone' || (platform === 'teams' && verdict === 'refused')) {
    await ports.onPersonGone?.({ platform, tenant, user });
  }
}

/** True when an earlier try may have arrived. */
const isUncertain = ({ was, messageId }: Claimed): boolean =>
  messageId === null && (was === 'unknown' || was === 'sending');

type Sending = Exclude<Prepared, { is: 'settle' } | { is: 'lost' } | { is: 'carried' }>;

function triedAt(claimed: Claimed, prepared: Sending): TriedAt {
  if (prepared.is === 'post') return { ...prepared.address, method: 'post', carries: prepared.carries };
  const { platform, message, is: method } = prepared;
  return {
    workspace: claimed.workspace ?? '',
    platform,
    place: message.place,
    method,
    otherWorkspace: undefined,
    carries: false,
  };
}

async function send(
  ports: DeliveryPorts,
  claimed: Claimed,
  prepared: Sending,
  { sender, at }: { readonly sender: Sender; readonly at: TriedAt },
): Promise<Outcome> {
  let plain = false;
  for (;;) {
    const result = await attempt(sender, claimed, prepared, plain);
    if (result.ok) return succeed(prepared, result);
    const decision = decideOutcome(result, {
      ...describeTry(ports, claimed, at, plain),
      read: sender.readFailure.bind(sender),
    });
    if (decision.is === 'plain') {
      ports.log.error('delivery.card-refused', { platform: at.platform, kind: claimed.kind, reason: decision.reason });
      plain = true;
      continue;
    }
    return decision.is === 'removed' ? endOf(prepared) : decision;
  }
}

async function attempt(sender: Sender, claimed: Claimed, prepared: Sending, plain: boolean): Promise<Posted | Changed> {
  try {
    if (prepared.is === 'update') return await sender.update(prepared.message, prepared.card);
    if (prepared.is === 'remove') return await sender.remove(prepared.message);
    const { tenant, user, place, serviceUrl } = prepared.address;
    const { under } = prepared;
    const to = user === undefined ? { place, serviceUrl, ...(under === undefined ? {} : { under }) } : { user };
    return await sender.post({ tenant, to }, prepared.card, { key: claimed.id, plain });
  } catch {
    // A sender never throws; should it all the same, nobody knows how far it came.
    return { ok: false, code: 'unexpected', unknown: true } satisfies SendFailure;
  }
}

function succeed(prepared: Sending, result: Extract<Posted | Changed, { ok: true }>): Outcome {
  if (prepared.is === 'remove') return prepared.end;
  if (prepared.is === 'update') return { is: 'changed', shown: prepared.shown };
  if (!('messageId' in result)) throw new Error('a sender told nothing of the message it posted');
  const { place, messageId, serviceUrl } = result;
  const posted = { place, messageId, ...(serviceUrl === undefined ? {} : { serviceUrl }) };
  return { is: 'sent', posted, shown: prepared.shown };
}

const endOf = (prepared: Sending): Outcome =>
  prepared.is === 'remove' ? prepared.end : { is: 'ended', state: 'cancelled', reason: 'gone' };

function describeTry(ports: DeliveryPorts, claimed: Claimed, at: TriedAt, plain: boolean): Omit<Tried, 'read'> {
  return {
    method: at.method,
    audience: claimed.audience,
    priority: claimed.priority,
    attempts: claimed.attempts,
    uncertain: isUncertain(claimed),
    plain,
    otherWay: at.otherWorkspace !== undefined,
    rerouted: isRerouted(claimed),
    now: ports.clock.now(),
    chance: chance(ports.ids),
  };
}

/** 0 ≤ chance < 1. */
function chance(ids: Ids): number {
  const [high = 0, low = 0] = ids.bytes(2);
  return (high * 256 + low) / 65_536;
}

function afterBrokenDrawing({ clock, ids }: DeliveryPorts, claimed: Claimed): Outcome {
  const reason = 'cannot_draw';
  if (claimed.attempts >= drawAttempts) return { is: claimed.messageId === null ? 'park' : 'leave', reason };
  const until = new Date(clock.now().getTime() + backoff(claimed.attempts, claimed.priority, chance(ids)));
  return { is: 'wait', until, reason, uncertain: isUncertain(claimed) };
}

/** The platform is not configured here (any more): as if Baton were not installed there. */
function withoutSender(ports: DeliveryPorts, claimed: Claimed, at: TriedAt): Outcome {
  const code = 'not_installed';
  const tried = { ...describeTry(ports, claimed, at, true), read: () => 'workspace-gone' as const };
  const decision: Decision = decideOutcome({ code, unknown: false }, tried);
  return decision.is === 'removed' || decision.is === 'plain' ? { is: 'park', reason: code } : decision;
}

async function finish(
  ports: DeliveryPorts,
  claimed: Claimed,
  outcome: Outcome,
  at: TriedAt | undefined,
): Promise<Outcome['is'] | 'lost'> {
  const { store, clock, log, parkedCard } = ports;
  const now = clock.now();
  const written =
    outcome.is === 'sent' && at !== undefined && standsAlone(claimed, at)
      ? await recordSent(store, claimed, outcome, { now, at })
      : await store.inOrganisation(
          claimed.organisation,
          (tx) => finishDelivery(tx, claimed, outcome, { now, at, parkedCard }),
          turnOf(claimed),
        );
  if (!written) {
    log.warn('delivery.lease-lost', { kind: claimed.kind });
    return 'lost';
  }
  if (outcome.is === 'park' || outcome.is === 'reroute' || outcome.is === 'leave') {
    log.warn(`delivery.${outcome.is}`, { kind: claimed.kind, reason: outcome.reason, ...platformOf(at) });
  }
  return outcome.is;
}

const platformOf = (at: TriedAt | undefined): { platform?: Platform } =>
  at === undefined ? {} : { platform: at.platform };
