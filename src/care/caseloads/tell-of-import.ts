import { requirePerson } from '../../access/actor.ts';
import type { Card } from '../../chat/card.ts';
import type { Work, Post } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { countImportedFor, listImportedBy } from './told-records.ts';

export const importedCardKind = 'caseloads.imported';
export const ownCaseloadAction = 'caseloads.show';

/** Whatever shows what is due is drawn again: what came in by the import that began then is part of it from now on. */
export async function followImport(work: Work, at: Date): Promise<void> {
  const imported = await listImportedBy(work.tx, at);
  for (const team of new Set(imported.map((one) => one.team))) {
    const people = imported.filter((one) => one.team === team).map(({ coordinator }) => coordinator);
    await work.publish('due.changed', { team, people });
  }
}

/**
 * One sentence to each coordinator who has clients more than before, and to everybody else who would have been told of
 * single things meanwhile: in place of a message for each of hundreds of clients.
 */
export async function tellOfImport(work: Work, at: Date, others: readonly Post['to'][]): Promise<void> {
  const coordinators = new Set((await listImportedBy(work.tx, at)).map(({ coordinator }) => coordinator));
  const rest = others.filter((to) => !('person' in to && coordinators.has(to.person)));
  for (const to of [...[...coordinators].map((person) => ({ person })), ...rest]) {
    const name = 'person' in to ? `person:${to.person}` : `team:${to.team}`;
    const subject = at.toISOString();
    await work.post({ key: `import:${subject}:${name}`, to, kind: importedCardKind, subject, priority: 'digest' });
  }
}

/** How many clients an import gave to whoever reads it: to a person theirs, to a place those of its team. */
export async function drawImported(work: Work, subject: string): Promise<Card> {
  const at = new Date(subject);
  if (Number.isNaN(at.getTime())) throw new Refusal('already-done', 'There was no import then.');
  const reader = work.audience === 'person' ? { person: requirePerson(work.actor).person } : { team: work.actor.team };
  const count = await countImportedFor(work.tx, at, reader);
  const clients = count === 1 ? '1 client is' : `${count} clients are`;
  const whose = 'person' in reader ? 'on your caseload' : 'on this team’s caseload';
  const summary = count === 0 ? 'A caseload was imported.' : `A caseload was imported: ${clients} new ${whose}.`;
  return {
    kind: importedCardKind,
    subject,
    summary,
    nodes: [
      { kind: 'text', text: summary },
      ...('person' in reader && count > 0
        ? [{ kind: 'buttons' as const, buttons: [{ action: ownCaseloadAction, label: 'Show my caseload' }] }]
        : []),
    ],
  };
}
