import type { Platform } from '../platform.ts';
import type { Card } from '../chat/card.ts';
import type { PostedMessage } from '../feature/sender.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import { beCourteous } from './be-courteous.ts';
import type { Claimed } from './claim.ts';
import { drawCopy, type DrawPorts } from './draw-copy.ts';
import { takeFolded } from './fold-into-digest.ts';
import type { Outcome } from './finish.ts';
import { holdClaim, renewIfLong } from './hold-claim.ts';
import type { Reader } from './ports.ts';
import { isLateAnswer } from './late-answers.ts';
import { refusePlace } from './place-rules.ts';
import { newerInSeries } from './replace-in-series.ts';
import { findRoot, standsUnder } from './stand-under.ts';
import { priorities } from './states.ts';
import { isCarried, releaseCarried } from './share-message.ts';
import { freshServiceUrl, resolveDestination, type Address } from './resolve-destination.ts';

/** What is to be done with a claimed delivery, decided from the database at the moment of sending. */
export type Prepared =
  | {
      readonly is: 'post';
      readonly address: Address;
      /** Id of the message in whose thread it goes. */
      readonly under: string | undefined;
      readonly card: Card;
      readonly shown: Uint8Array<ArrayBuffer>;
      /** Others go out with it. */
      readonly carries: boolean;
    }
  | {
      readonly is: 'update';
      readonly platform: Platform;
      readonly message: PostedMessage;
      readonly card: Card;
      readonly shown: Uint8Array<ArrayBuffer>;
    }
  | {
      readonly is: 'remove';
      readonly platform: Platform;
      readonly message: PostedMessage;
      readonly end: Extract<Outcome, { is: 'ended' }>;
    }
  /** Nothing needs sending. */
  | { readonly is: 'settle'; readonly outcome: Outcome }
  /** It goes out in another one's message. */
  | { readonly is: 'carried' }
  /** Somebody else has it by now. */
  | { readonly is: 'lost' };

const settle = (outcome: Outcome): Prepared => ({ is: 'settle', outcome });
const superseded = { is: 'ended', state: 'superseded', reason: 'newer_in_series' } as const;
/** How long a change of a message waits where Baton is not installed at the moment, in milliseconds. */
const reinstallPause = 60 * 60_000;
/** How long what stands in a thread waits at least for the message it stands under, in milliseconds. */
const rootPause = 1_000;

/**
 * Runs in the organisation's own transaction, with the claim's row locked. What is to be sent has time enough of its
 * lease left at the end, however long drawing took. `wallNow`: wall milliseconds.
 */
export async function prepareDelivery(
  tx: OrganisationTransaction,
  claimed: Claimed,
  ports: DrawPorts & { readonly wallNow: () => number },
): Promise<Prepared> {
  const held = await holdClaim(tx, claimed);
  const since = ports.wallNow();
  if (held === undefined) return (await isCarried(tx, claimed.id)) ? { is: 'carried' } : { is: 'lost' };
  if (held.stale) {
    await tx.db.$executeRaw`
      update delivery set stale = false where organisation_id = ${tx.organisation} and id = ${claimed.id}::uuid`;
  }
  const prepared = await (claimed.messageId === null
    ? preparePost(tx, claimed, ports)
    : prepareChange(tx, claimed, claimed.messageId, ports));
  if (prepared.is !== 'settle') await renewIfLong(tx, claimed, held, ports.wallNow() - since);
  return prepared;
}

async function preparePost(tx: OrganisationTransaction, claimed: Claimed, ports: DrawPorts): Promise<Prepared> {
  const { now, courtesy } = ports;
  if ((await newerInSeries(tx, claimed, now)) !== undefined) return settle(superseded);
  const resolved = await resolveDestination(tx, claimed, now);
  if (resolved.is === 'person-gone') {
    // Their things are their heir's, and stand in the heir's own digest; what they asked for is nobody's.
    if (claimed.priority === priorities.digest || isLateAnswer(claimed))
      return settle({ is: 'ended', state: 'cancelled', reason: 'person_gone' });
    return settle({ is: 'reroute', reason: 'person_gone' });
  }
  if (resolved.is === 'nowhere') {
    // Taken off the list by an administrator: nothing more is said there.
    if (resolved.reason === 'place_removed')
      return settle({ is: 'ended', state: 'cancelled', reason: resolved.reason });
    return settle({ is: 'park', reason: resolved.reason });
  }
  const { address } = resolved;
  const holds = await tx.db.$queryRaw<{ until: Date }[]>`
    select until from hold
    where organisation_id = ${tx.organisation} and workspace_id = ${address.workspace} and method = 'post'
      and place = ${address.place} and until > ${now}::timestamptz`;
  if (holds[0] !== undefined) return settle({ is: 'held', until: holds[0].until, reason: 'hold' });
  const root = await findRoot(tx, claimed);
  if (root?.is === 'coming') {
    const until = new Date(Math.max(root.nextAt.getTime(), now.getTime() + rootPause));
    return settle({ is: 'held', until, reason: 'thread' });
  }
  const manners = await beCourteous(tx, claimed, { now, port: courtesy });
  if (manners.is === 'later') return settle(manners.outcome);
  if (claimed.kind === courtesy?.digest.kind) await takeFolded(tx, claimed);
  const carries = manners.is === 'list';
  const copy = carries ? { ...claimed, bundle: claimed.id } : claimed;
  const drawn = await drawCopy(tx, copy, readerAt(claimed, address), ports);
  if (drawn.is === 'nothing') {
    if (carries) await releaseCarried(tx, claimed.id, now);
    return settle({ is: 'ended', state: 'cancelled', reason: drawn.reason });
  }
  return { is: 'post', address, under: root?.messageId, card: drawn.card, shown: drawn.shown, carries };
}

function readerAt(claimed: Claimed, { workspace, platform, user, place }: Address): Reader {
  return user === undefined
    ? { kind: 'place', team: claimed.destination, platform, place }
    : { kind: 'person', person: claimed.destination, workspace, platformUser: user, platform };
}

async function prepareChange(
  tx: OrganisationTransaction,
  claimed: Claimed,
  messageId: string,
  ports: DrawPorts,
): Promise<Prepared> {
  const { now } = ports;
  const workspace = claimed.workspace ?? '';
  const place = claimed.place ?? '';
  const rows = await tx.db.$queryRaw<{ platform: Platform; tenant: string; removed: boolean }[]>`
    select platform, external_id as tenant, removed_at is not null as removed
    from workspace where organisation_id = ${tx.organisation} and id = ${workspace}`;
  const home = rows[0];
  if (home === undefined) return settle({ is: 'leave', reason: 'workspace_gone' });
  if (home.removed) return settle({ is: 'held', until: new Date(now.getTime() + reinstallPause) });
  const { platform, tenant } = home;
  const serviceUrl = platform === 'teams' ? await freshServiceUrl(tx, workspace, place) : undefined;
  const message: PostedMessage = { tenant, place, messageId, serviceUrl };
  // In a message that is shared, only its line goes: the list leaves out what is newer elsewhere.
  if (claimed.bundle === null && (await newerInSeries(tx, claimed, now)) === 'sent') {
    // What stands in its thread goes first, and then has this looked at again.
    if (await standsUnder(tx, claimed)) return settle({ is: 'unchanged' });
    return { is: 'remove', platform, message, end: superseded };
  }

  const reader = await readerOf(tx, claimed, { workspace, platform, place, now });
  if (reader === undefined) return settle({ is: 'leave', reason: 'reader_gone' });
  const drawn = await drawCopy(tx, claimed, reader, ports);
  if (drawn.is === 'nothing') {
    // What may not be shown any more does not stay where it was shown.
    return { is: 'remove', platform, message, end: { is: 'ended', state: 'cancelled', reason: drawn.reason } };
  }
  const certain = claimed.was === 'sent';
  if (certain && claimed.shown !== null && Buffer.from(claimed.shown).equals(drawn.shown)) {
    return settle({ is: 'unchanged' });
  }
  return { is: 'update', platform, message, card: drawn.card, shown: drawn.shown };
}

/** Who reads the message that is out; undefined when it is nobody whom Baton may tell any more. */
async function readerOf(
  tx: OrganisationTransaction,
  claimed: Claimed,
  at: { workspace: string; platform: Platform; place: string; now: Date },
): Promise<Reader | undefined> {
  const resolved = await resolveDestination(tx, claimed, at.now);
  if (resolved.is !== 'address' || resolved.address.workspace !== at.workspace) return undefined;
  const { known } = resolved.address;
  // Others came in since it was posted: what stands there stays as it is.
  if (known !== undefined && refusePlace(known.traits, known.allowed) !== undefined) return undefined;
  return readerAt(claimed, resolved.address);
}
