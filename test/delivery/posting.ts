import type { Card } from '../../src/chat/card.ts';
import type { Work, Post } from '../../src/feature/feature.ts';
import { Refusal } from '../../src/chat/refusal.ts';
import { enqueuePost, refreshCopies } from '../../src/delivery/outbox.ts';
import type { Store } from '../../src/store/store.ts';
import type { World } from '../helpers/world.ts';

/** A card kind of the tests' own: what it says stands here, by subject. */
export const noteKind = 'notes.note';
export interface Notes {
  readonly texts: Map<string, string>;
  /** How often a note was drawn, by subject. */
  readonly drawn: Map<string, number>;
  readonly cards: Map<string, (work: Work, subject: string) => Promise<Card>>;
  card(subject: string): Card;
}

export function createNotes(): Notes {
  const texts = new Map<string, string>();
  const drawn = new Map<string, number>();
  const card = (subject: string): Card => {
    drawn.set(subject, (drawn.get(subject) ?? 0) + 1);
    const text = texts.get(subject);
    if (text === undefined) throw new Refusal('already-done', 'This note is gone.');
    if (text === 'broken') throw new TypeError('a mistake of ours');
    return { kind: noteKind, subject, summary: 'A note for you.', nodes: [{ kind: 'text', text }] };
  };
  return { texts, drawn, card, cards: new Map([[noteKind, async (_ask, subject) => card(subject)]]) };
}

type Posting = Pick<World, 'store' | 'clock'>;

/** Posts a note that waits for no courtesy, unless it is told to; the key is the subject unless given. */
export function postNote({ store, clock }: Posting, subject: string, post: Partial<Post> = {}): Promise<void> {
  return store.inOrganisation('riverside', (tx) =>
    enqueuePost(
      tx,
      { key: subject, to: { person: 'maya' }, kind: noteKind, subject, priority: 'answer', atOnce: true, ...post },
      clock.now(),
    ),
  );
}

export function refreshNote({ store }: Pick<World, 'store'>, subject: string): Promise<void> {
  return store.inOrganisation('riverside', (tx) => refreshCopies(tx, noteKind, subject));
}

export interface DeliveryRow {
  readonly subject: string;
  readonly to: string;
  readonly state: string;
  readonly platform: string | null;
  readonly attempts: number;
  readonly reason: string | null;
  readonly messageId: string | null;
  readonly place: string | null;
  readonly nextAt: Date;
  readonly stale: boolean;
}

/** Every delivery of the organisation, in the order they were written. */
export function readDeliveries(store: Store, kind = noteKind): Promise<DeliveryRow[]> {
  return store.inOrganisation(
    'riverside',
    (tx) => tx.db.$queryRaw<DeliveryRow[]>`
      select p.subject, p.audience || ':' || p.destination as to, d.state, d.platform, d.attempts, d.reason,
             d.message_id as "messageId", d.place, d.next_at as "nextAt", d.stale
      from delivery d join post p on p.organisation_id = d.organisation_id and p.id = d.post_id
      where p.kind = ${kind} order by d.created_at, p.key, d.platform`,
  );
}

/** What matters of a row in most tests. */
export const brief = ({ to, state, platform, attempts, reason }: DeliveryRow): string =>
  [to, state, platform ?? '-', attempts, reason ?? '-'].join(' ');
