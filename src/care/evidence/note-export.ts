import type { Doer } from '../../doer.ts';
import { listColleagues } from '../../access/records.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import type { ExportRange } from '../../feature/exports.ts';
import { exportsCardKind } from './exports-card.ts';
import { exportVerb, listExports, lockExports } from './records.ts';
import { hourBefore, hourOf, isUnusual } from './rules.ts';
import { tellOverseers, whoOversees } from './who-oversees.ts';

/**
 * A table was written out. Each one is on record; from the fourth within an hour on, who oversees is told, once an
 * hour. It refuses nothing: whoever runs the command line holds the database and its keys anyway, and could only be
 * driven to ways that nobody sees.
 */
export async function noteExport(
  work: Work,
  written: { readonly by: Doer; readonly table: string; readonly rows: number; readonly range: ExportRange },
): Promise<void> {
  const { tx, now } = work;
  await lockExports(tx);
  const before = await listExports(tx, hourBefore(now), new Date(now.getTime() + 1));
  const { from = null, to = null } = written.range;
  await recordEvent(tx, {
    actor: written.by,
    verb: exportVerb,
    subjectKind: 'export',
    subjectId: written.table,
    detail: { rows: written.rows, from, to },
    at: now,
  });
  if (!isUnusual(before.length)) return;
  const subject = hourOf(now).toISOString();
  const overseers = whoOversees(await listColleagues(tx));
  await tellOverseers(work, overseers, { key: `exports:${subject}`, kind: exportsCardKind, subject });
  await work.refresh(exportsCardKind, subject);
}
