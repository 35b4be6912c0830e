import { Registry } from 'prom-client';
import type { Card } from '../../src/chat/card.ts';
import { readFailure } from '../../src/slack/read-failure.ts';
import type { Changed, Posted, PostedMessage, Recipient, Sender } from '../../src/feature/sender.ts';
import { createPushableClock, type PushableClock } from '../../src/clock.ts';
import { startDeliveries, type Deliveries } from '../../src/delivery/start-deliveries.ts';
import { randomIds } from '../../src/ids.ts';
import type { Log } from '../../src/log.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase } from '../helpers/database.ts';
import { applyFile, readSample } from '../helpers/organisation.ts';
import { createNotes, type Notes } from './posting.ts';

/** What a platform in memory was asked, and how a test lets it answer. */
export interface Sink {
  readonly sender: Sender;
  readonly posts: { readonly to: Recipient['to']; readonly text: string; readonly key: string; readonly id: string }[];
  readonly updates: { readonly id: string; readonly text: string }[];
  readonly removed: string[];
  /** Asked before each post is answered; by default it is accepted at once. */
  answer: (post: { readonly to: Recipient['to']; readonly id: string; readonly text: string }) => Promise<Posted>;
  /** Asked before each update is answered. */
  change: (message: PostedMessage) => Promise<Changed>;
}

export const accepted = (id: string): Posted => ({ ok: true, place: 'D1', messageId: id });
const wordsOf = (card: Card): string => JSON.stringify(card.nodes);

export function createSink(): Sink {
  const sink: Sink = {
    posts: [],
    updates: [],
    removed: [],
    answer: async ({ id }) => accepted(id),
    change: async () => ({ ok: true }),
    sender: {
      readFailure,
      async post({ to }, card, { key }) {
        const post = { to, text: wordsOf(card), key, id: `m${sink.posts.length + 1}` };
        sink.posts.push(post);
        return sink.answer(post);
      },
      async update(message, card) {
        sink.updates.push({ id: message.messageId, text: wordsOf(card) });
        return sink.change(message);
      },
      async remove({ messageId }) {
        sink.removed.push(messageId);
        return { ok: true };
      },
    },
  };
  return sink;
}

export interface Bench {
  readonly clock: PushableClock;
  readonly store: Store;
  readonly notes: Notes;
  readonly sink: Sink;
  readonly logged: string[];
  readonly registry: Registry;
  /** Another replica on the same database. */
  engine(sink?: Sink): Deliveries;
  close(): Promise<void>;
}

/** The sample organisation on a database of its own, and engines that send to memory. */
export async function openBench(edit?: (text: string) => string): Promise<Bench> {
  const clock = createPushableClock({ start: new Date('2026-11-23T14:00:00Z'), frozen: true });
  const database = await createDatabase();
  const store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(5), clock, ids: randomIds });
  await applyFile(store, await readSample(edit), clock);
  const notes = createNotes();
  const sink = createSink();
  const registry = new Registry();
  const logged: string[] = [];
  const note = (event: string): void => void logged.push(event);
  const log: Log = { info: note, warn: note, error: note };
  const engines: Deliveries[] = [];
  return {
    ...{ clock, store, notes, sink, logged, registry },
    engine(other = sink) {
      const engine = startDeliveries({
        ...{ store, clock, ids: randomIds, log, url: database.url },
        registry: engines.length === 0 ? registry : new Registry(),
        senders: { slack: other.sender, teams: other.sender },
        draw: async (_tx, _kind, subject) => notes.card(subject),
        parkedCard: { kind: 'deliveries.parked', subject: 'open' },
        pace: { slack: [], teams: [] },
      });
      engines.push(engine);
      return engine;
    },
    async close() {
      await Promise.all(engines.map((engine) => engine.stop()));
      await store.close();
      await database.drop();
    },
  };
}

/** A promise that a test settles. */
export function gate<T>(): { readonly promise: Promise<T>; open(value: T): void } {
  let open: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { promise, open: (value) => open(value) };
}
