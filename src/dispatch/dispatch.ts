import { noteSeen } from '../access/note-seen.ts';
import { findUser, type KnownUser, type OrganisationPrivacy } from '../access/records.ts';
import { markInstalled } from '../access/workspaces.ts';
import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { Log } from '../log.ts';
import { createWays, type Way } from '../store/find-workspace.ts';
import type { Turn } from '../store/connection-queue.ts';
import type { Store } from '../store/store.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import { admit, requireOwn, strangerRefusal } from './admit.ts';
import { countsAsCommand, tooFast, usualLimit, windowAt, type CommandLimit } from './command-limit.ts';
import type { CollectedFeatures } from '../feature/collect-features.ts';
import { answersWithin, type Answers } from './confirm-answers.ts';
import { createWork, type Outbox } from '../feature/create-work.ts';
import { createSystemWork } from '../feature/create-system-work.ts';
import { sentenceCard } from '../chat/sentence-card.ts';
import { foreignPress } from './foreign-press.ts';
import type { Form } from '../chat/form.ts';
import { inboundSchema, type Happening, type Inbound } from '../chat/inbound.ts';
import { localDate } from '../calendar/zones.ts';
import { claimDelivery, heldUpKind, keepAnswer, wasHeldUp, type Repeated } from './records.ts';
import { recordDenial } from './record-denial.ts';
import { Refusal } from '../chat/refusal.ts';
import { refusalReply } from './refusal-reply.ts';
import { answer, isWaitedFor, nothing, type Receive, type Reply } from '../chat/reply.ts';
import type { NoteEnding } from './request-ending.ts';
import { routeInbound } from './route-inbound.ts';
import { createReading } from '../feature/create-reading.ts';
import { createTurns } from './take-turns.ts';
import { tryAgain } from './try-again.ts';
import { turnOf } from './turn-of.ts';
import { handleLifecycle, isLifecycle, type Lifecycle } from './handle-lifecycle.ts';

/** The remembered way to a workspace led where the person is not known (any more). */
class LostWay extends Error {}

/** Reads only: a repetition may as well be answered anew, so no delivery is stored for these. */
const readsOnly: ReadonlySet<Inbound['what']['kind']> = new Set([
  'option-search',
  'home-opened',
  'form-closed',
  'reacted',
]);

/**
 * The one door from both platforms. Finds the organisation and the person, claims the delivery, runs the feature's
 * use case and keeps its answer, all in one transaction. Refusals roll back and answer in words; who cannot be answered in
 * time is turned away in words before anything is begun; everything else that fails answers with a number to quote.
 */
export function createDispatcher(ports: {
  store: Store;
  features: CollectedFeatures;
  clock: Clock;
  ids: Ids;
  log: Log;
  readonly outbox: Outbox;
  /** Hears which answers were given. Default: nobody asks whether they arrived. */
  readonly answers?: Pick<Answers, 'given'>;
  /** Told once of each request how it ended. */
  readonly ended?: NoteEnding;
  /** The installation's own privacy mode: the stricter of it and the organisation's wins. */
  privacy: 'minimal' | 'full';
  /** How many commands a person may type at a stroke. */
  limit?: CommandLimit;
  /** Milliseconds somebody waits for a connection at the most. */
  readonly patienceMs: number;
}): Receive {
  const { store, features, clock, limit = usualLimit } = ports;
  const given: Answers['given'] = (reply, of) => ports.answers?.given(reply, of) ?? reply;
  const ways = createWays(store);
  const turns = createTurns();

  return tryAgain(async (inbound, begun) => {
    const seen: Seen = {};
    const turn = begun ? 'patient' : turnOf(features, inbound.what, ports.patienceMs);
    const reply = await inTurn(inbound, () => receiveOnce(inbound, seen, turn));
    ports.ended?.(inbound, seen.refused ?? { is: seen.before === undefined ? 'done' : 'repeated' });
    return reply;
  }, ports);

  /** What one person types is counted one by one: whoever comes second waits without a connection. */
  function inTurn({ platform, tenant, user, what }: Inbound, act: () => Promise<Reply>): Promise<Reply> {
    return countsAsCommand(features, what) ? turns(`${platform} ${tenant} ${user}`, act) : act();
  }

  async function receiveOnce(raw: Inbound, seen: Seen, turn: Turn, anew = false): Promise<Reply> {
    let match: Way | undefined;
    let inbound: Inbound | undefined;
    try {
      inbound = inboundSchema.parse(raw);
      const { platform, tenant } = inbound;
      // What is about the workspace itself names no person against whom a remembered way could be held.
      match = await ways.find(platform, tenant, anew || isLifecycle(inbound.what));
      const { via } = inbound;
      const host = via === undefined ? undefined : await ways.find(platform, via, true);
      const foreign = foreignPress(inbound, match, host);
      // Of a stranger the organisation that was knocked at keeps the record.
      const found = match;
      match ??= host;
      if (found === undefined || foreign !== undefined) throw foreign ?? strangerRefusal();
      const now = clock.now();
      const reply = await store.inOrganisation(
        found.organisation,
        (tx) => runOnce(tx, found, inbound as Inbound, now, seen),
        turn,
      );
      // Committed: from now on it is owed.
      return given(reply, { ...found, delivery: inbound.delivery });
    } catch (error) {
      if (error instanceof LostWay) return receiveOnce(raw, seen, turn, true);
      if (error instanceof Refusal) {
        seen.refused = { is: 'refused', code: error.code };
        // Whoever only reacted asked for nothing: no words for a stranger, and no denial on record.
        if (raw.what.kind === 'reacted') return nothing;
        const reply = refusalReply(error, seen.form);
        if (match === undefined || inbound === undefined) return reply;
        // Refused in the same words before: that is on record.
        const before = seen.before === undefined ? undefined : JSON.stringify(seen.before.answer());
        if (before === JSON.stringify(reply)) return reply;
        return keepRefusal(match, inbound, error, { reply, repeats: seen.before !== undefined });
      }
      throw error;
    }
  }

  async function runOnce(
    tx: OrganisationTransaction,
    way: Way,
    inbound: Inbound,
    now: Date,
    seen: Seen,
  ): Promise<Reply> {
    const { what, delivery } = inbound;
    const { workspace } = way;
    const keeps = !readsOnly.has(what.kind);
    const counts = countsAsCommand(features, what);
    const user = isLifecycle(what) ? undefined : inbound.user;
    // Sent together: the delivery is claimed, and counted, while the person is looked for.
    const [claim, known] = await Promise.all([
      keeps
        ? claimDelivery(tx, {
            ...{ workspace, delivery, user, now, wallNow: clock.wallNow(), answerBy: later(now, answersWithin) },
            act: counts ? 'counted' : 'free',
          })
        : undefined,
      user === undefined ? undefined : findUser(tx, workspace, user, counts ? windowAt(limit, now) : undefined),
    ]);
    if (way.remembered && (known?.from.tenant !== inbound.tenant || known.from.platform !== inbound.platform))
      throw new LostWay();
    const before = claim?.is === 'repeated' ? claim : undefined;
    if (isLifecycle(what)) {
      if (before !== undefined) return before.answer() ?? nothing;
      const noted = await noteChange(tx, way, inbound, what, now);
      keepAnswer(tx, { workspace, delivery }, noted, { kind: what.kind, answerBy: undefined });
      return noted;
    }
    if (before !== undefined) seen.before = before;
    const admitted = admit(known, now, before);
    if (before !== undefined) {
      requireOwn(before, admitted.actor.person);
      return before.answer() ?? answeredBefore;
    }
    const reply = await runAsPerson(tx, way, admitted, inbound, what, now, (form) => {
      seen.form = form;
    });
    if (keeps) {
      keepAnswer(tx, { workspace, delivery }, reply, { kind: what.kind, answerBy: answerBy(reply, now) });
    }
    return reply;
  }

  /** When the platform should have taken it; later where the work itself took its time. Undefined: nobody misses it. */
  function answerBy(reply: Reply, since: Date): Date | undefined {
    if (!isWaitedFor(reply)) return undefined;
    const now = clock.now();
    return later(now.getTime() - since.getTime() > answersWithin / 2 ? now : since, answersWithin);
  }

  async function noteChange(
    tx: OrganisationTransaction,
    way: Way,
    { platform, user, place }: Inbound,
    what: Lifecycle,
    now: Date,
  ): Promise<Reply> {
    await handleLifecycle(tx, { platform, user, place, workspace: way.workspace, now }, what, ports);
    return nothing;
  }

  async function runAsPerson(
    tx: OrganisationTransaction,
    { workspace }: Way,
    known: KnownUser,
    { platform, place, user }: Inbound,
    what: Exclude<Happening, Lifecycle>,
    now: Date,
    onForm: (form: Form) => void,
  ): Promise<Reply> {
    const { actor, lastSeenAt } = known;
    noteSeen(tx, { workspace, user, lastSeenAt }, now);
    // Whoever acts there proves that Baton is installed again: a token of the settings tells of no installation.
    if (known.workspaceRemoved !== undefined) await markInstalled(tx, known.workspaceRemoved, now);
    const reading = createReading(known, localDate(now, actor.zone));
    const work = createWork({
      features,
      tx,
      actor,
      now,
      reading,
      privacy: stricter(known.privacy, ports.privacy),
      platform,
      place,
      outbox: ports.outbox,
    });
    if (known.heldUpBy !== undefined) throw tooFast(limit, known.heldUpBy, now);
    return routeInbound(features, work, what, onForm);
  }

  /**
   * After the rollback: the refusal itself is the first answer of this delivery, and a denial is on record. A repetition
   * keeps the answer it had, for whom it was made; that it was refused is on record once for each who sends it.
   */
  async function keepRefusal(
    match: Way,
    inbound: Inbound,
    refusal: Refusal,
    { reply, repeats }: { readonly reply: Reply; readonly repeats: boolean },
  ): Promise<Reply> {
    const { workspace } = match;
    const { what, user } = inbound;
    const keeps = !readsOnly.has(what.kind);
    if (!(keeps && !repeats) && !refusal.denial) return reply;
    const delivery = repeats ? `${inbound.delivery}!${user}` : inbound.delivery;
    const heldUp = refusal.code === 'too-fast';
    const act = heldUp ? 'held-up' : countsAsCommand(features, what) && !repeats ? 'counted' : 'free';
    // Whoever was not let in is sent nothing later on.
    const by = repeats || notAdmitted.has(refusal.code) ? undefined : answerBy(reply, clock.now());
    const kept = await store.inOrganisation(match.organisation, async (tx) => {
      const now = clock.now();
      if (keeps) {
        const claim = await claimDelivery(tx, { workspace, delivery, user, act, now, wallNow: clock.wallNow() });
        if (claim.is === 'repeated') return false;
      }
      const recorded = heldUp && (await wasHeldUp(tx, { workspace, delivery }, windowAt(limit, now)));
      if (refusal.denial && !recorded && (await recordDenial(tx, { workspace, inbound, refusal, now }))) {
        const work = await createSystemWork(tx, { ...{ features, now }, outbox: ports.outbox, privacy: ports.privacy });
        await work.publish('access.denied', { platform: inbound.platform, workspace, user });
      }
      if (keeps)
        keepAnswer(tx, { workspace, delivery }, reply, { kind: heldUp ? heldUpKind : undefined, answerBy: by });
      return by !== undefined;
    });
    return kept ? given(reply, { ...match, delivery }) : reply;
  }
}

/** What was learned on the way to a refusal. */
interface Seen {
  form?: Form;
  /** Once the delivery is known to have come before. */
  before?: Repeated;
  refused?: Parameters<NoteEnding>[1];
}

const notAdmitted: ReadonlySet<string> = new Set(['stranger', 'leaver', 'guest']);
const later = (moment: Date, milliseconds: number): Date => new Date(moment.getTime() + milliseconds);

const stricter = (own: OrganisationPrivacy, installation: 'minimal' | 'full'): OrganisationPrivacy =>
  installation === 'minimal' ? { ...own, privacy: 'minimal' } : own;

/** Of a repetition so late that the first answer is not kept any more. */
const answeredBefore: Reply = answer(
  sentenceCard(
    'I answered this when it first came, so I did nothing now. If something is missing, please send it anew.',
  ),
);
