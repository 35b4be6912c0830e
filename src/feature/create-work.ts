import { isSelf, requirePerson, type Actor } from '../access/actor.ts';
import type { OrganisationPrivacy } from '../access/records.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import { findDrawer, type CollectedFeatures } from './collect-features.ts';
import type { Reading } from '../chat/command.ts';
import { rankSeverity } from './attention-order.ts';
import type { DueItem } from './due.ts';
import type { Work, ClientMark, Post } from './feature.ts';
import type { Inbound } from '../chat/inbound.ts';
import type { Pager } from './pager.ts';
import type { ScheduleKinds } from './schedules.ts';
import { createFormSession } from './form-sessions.ts';

/** Where posts and timers go: the tables of delivery and schedule, plugged in by app.ts. */
export interface Outbox {
  post(tx: OrganisationTransaction, post: Post, now: Date): Promise<void>;
  refresh(tx: OrganisationTransaction, kind: string, subject: string): Promise<void>;
  /** Sets, moves or takes away a timer. */
  wake(tx: OrganisationTransaction, kind: string, subject: string, at: Date | undefined): Promise<void>;
  /** Brings schedules in line with what people chose. Absent where nobody chooses. */
  reschedule?(tx: OrganisationTransaction, kinds: ScheduleKinds, now: Date): Promise<void>;
  /** Absent where no gateway is set. */
  pager?(tx: OrganisationTransaction, now: Date): Pager;
}

/** A noun that asked for one team's alone says no team. */
const isOfTeam = (item: DueItem, team: string | undefined): boolean =>
  team === undefined || item.team === undefined || item.team === team;

/** Builds what a use case gets: one transaction, one actor, one moment. */
export function createWork(context: {
  features: CollectedFeatures;
  tx: OrganisationTransaction;
  actor: Actor;
  now: Date;
  reading: Reading;
  privacy: OrganisationPrivacy;
  platform: Work['platform'];
  place: Inbound['place'];
  audience?: Work['audience'];
  outbox: Outbox;
}): Work {
  const { features, tx, actor, now } = context;
  const work: Work = {
    tx,
    actor,
    now,
    reading: context.reading,
    privacy: context.privacy,
    platform: context.platform,
    place: context.place,
    audience: context.audience ?? 'person',
    pager: context.outbox.pager?.(tx, now),
    post: (post) =>
      context.outbox.post(
        tx,
        'person' in post.to && isSelf(actor, post.to.person) ? { ...post, atOnce: true } : post,
        now,
      ),
    refresh: (kind, subject) => context.outbox.refresh(tx, kind, subject),
    wake(kind, subject, at) {
      if (!features.timers.has(kind)) throw new Error(`no feature has the timer ${kind}`);
      return context.outbox.wake(tx, kind, subject, at);
    },
    reschedule() {
      if (context.outbox.reschedule === undefined) throw new Error('nobody keeps schedules here');
      return context.outbox.reschedule(tx, features.schedules, now);
    },
    async marks(clients) {
      const found = new Map<string, ClientMark>();
      if (clients.length === 0) return found;
      for (const mark of features.marks) {
        for (const [client, one] of await mark(work, clients)) {
          const known = found.get(client);
          if (known === undefined || rankSeverity(one.severity) < rankSeverity(known.severity)) found.set(client, one);
        }
      }
      return found;
    },
    async due(query) {
      // Asked together: they only read, and need nothing of each other.
      const said = await Promise.all(features.due.map((list) => list(work, query)));
      const [items, begun] = [said.flatMap((one) => ('first' in one ? [] : one)), said.filter((one) => 'first' in one)];
      return {
        items: items.filter((item) => isOfTeam(item, query.team)),
        beginning: {
          counts: begun.flatMap(({ counts }) => counts),
          first: begun.flatMap(({ first }) => first),
          next: begun.flatMap(({ next }) => next),
        },
      };
    },
    async agenda(query) {
      const found = [];
      for (const { list } of features.agenda) found.push(...(await list(work, query)));
      return found;
    },
    agendaReasons: features.agendaReasons,
    async publish(event, body) {
      for (const listener of features.listeners.get(event) ?? []) await listener(work, body);
    },
    async draw(kind, subject) {
      const drawer = findDrawer(features, kind);
      if (drawer === undefined) throw new Error(`no feature draws the card ${kind}`);
      return drawer(work, subject);
    },
    async gather(slot, subject) {
      const said = [];
      for (const contribute of features.contributions.get(slot) ?? []) said.push(await contribute(work, subject));
      return said;
    },
    async openForm(kind, given = {}) {
      const handler = features.forms.get(kind);
      if (handler === undefined) throw new Error(`no feature has the form ${kind}`);
      const drawn = await handler.draw(work, given);
      const session = await createFormSession(tx, { person: requirePerson(actor).person, kind, context: given, now });
      return { ...drawn, kind, session };
    },
  };
  return work;
}
