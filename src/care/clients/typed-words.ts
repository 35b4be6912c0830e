import type { OrganisationPrivacy } from '../../access/records.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Button, Card, Line, Span } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import './events.ts';

/**
 * Words that somebody typed about a client. A message that nobody asked for at this moment lies on a locked screen and
 * in a platform's history: where the organisation shows the least, it says who, what is asked in coded words, and by
 * when; the words are read by a tap, which is on record. An answer to one's own press may show them. In a place that
 * several people read they never stand. Authority: minimum necessary, 45 CFR 164.502(b).
 */
export const wordsStand = ({ privacy }: Pick<OrganisationPrivacy, 'privacy'>, opened: boolean): boolean =>
  opened || privacy === 'full';

/** On a private card whose words wait for a tap. `action` is the noun's own: it asks again who may read. */
export const readNoteButton = (action: string, subject: string): Button => ({
  action,
  label: 'Read the note',
  subject,
});

/** The words, for one person, by their own tap. */
export function noteCard(note: {
  readonly kind: string;
  readonly subject: string;
  /** What stands for the client, as this reader may see it. */
  readonly about: readonly Span[];
  readonly code: string;
  readonly lines: readonly Line[];
}): Card {
  const { kind, subject, about, code, lines } = note;
  return {
    kind,
    subject,
    summary: `The note about ${code}`,
    nodes: [
      { kind: 'text', text: [...about, ' · shown to you only, and on record'] },
      ...(lines.length === 0 ? ['Nothing was written.'] : lines).map((text) => ({ kind: 'text' as const, text })),
    ],
  };
}

/** Somebody read words, and of what: never the words. */
export async function recordNoteRead(
  work: Work,
  of: { readonly kind: string; readonly id: string; readonly code: string | undefined },
): Promise<void> {
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'note.read',
    subjectKind: of.kind,
    subjectId: of.id,
    detail: { client: of.code ?? null },
    at: work.now,
  });
  await work.publish('client.looked', { how: 'revealed' });
}
