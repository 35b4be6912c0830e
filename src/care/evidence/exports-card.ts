import { allows } from '../../access/policy.ts';
import { listColleagues } from '../../access/records.ts';
import type { Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate, localTime } from '../../calendar/zones.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { Refusal } from '../../chat/refusal.ts';
import { listExports, type Export } from './records.ts';
import { shownSpan } from './rules.ts';

export const exportsCardKind = 'evidence.exports';

/** More lines tell nobody more. */
const mostLines = 20;

/** What was written out in an hour in which it was unusually much: tables and counts, nothing of what stood in them. */
export async function drawExports(work: Work, subject: string): Promise<Card> {
  if (!allows(work.actor, 'export.see', 'organisation')) {
    throw new Refusal('not-allowed', 'What was exported is shown to supervisors.', { denial: true });
  }
  const hour = new Date(subject);
  if (Number.isNaN(hour.getTime())) throw new Refusal('already-done', 'There is nothing of that hour.');
  const { from, until } = shownSpan(hour);
  const written = await listExports(work.tx, from, until);
  const names = new Map((await listColleagues(work.tx)).map(({ id, name }) => [id, name]));
  const summary = `Unusual exporting: ${written.length} tables were written out within two hours.`;
  const describe = ({ at, by, table, rows }: Export): string => {
    const when = `${formatDay(localDate(at, work.actor.zone), work.reading.today)} ${localTime(at, work.actor.zone)}`;
    const who = names.get(by) ?? 'the command line';
    return `${when} · ${table} · ${rows} ${rows === 1 ? 'row' : 'rows'} · by ${who}`;
  };
  const left = written.length - mostLines;
  return {
    kind: exportsCardKind,
    subject,
    summary,
    nodes: [
      { kind: 'heading', text: 'Unusual exporting' },
      {
        kind: 'text',
        text: `${written.length} tables were written out. If you do not know why, ask whoever runs Baton for you.`,
      },
      {
        kind: 'rows',
        rows: written.slice(0, mostLines).map((one, index) => ({ id: `${index}`, text: describe(one) })),
      },
      ...(left > 0 ? [{ kind: 'text' as const, text: `And ${left} more. All of them are in the audit.` }] : []),
    ],
  };
}
