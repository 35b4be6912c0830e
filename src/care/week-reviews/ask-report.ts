import { requirePerson } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { addDaysToDate, daysBetween } from '../../calendar/local-dates.ts';
import { Refusal } from '../../chat/refusal.ts';
import { answer, type Reply } from '../../chat/reply.ts';
import { sentenceCard } from '../../chat/sentence-card.ts';
import { formatDays, reportCardKind } from './cards.ts';
import { weekBefore } from './period.ts';
import { findTeam } from './records.ts';
import { longestReport, reportSubject, type ReportSubject } from './rules.ts';

/** What was typed; the last whole week where no day was. */
export interface Wanted {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly team: string | undefined;
}

/**
 * Figures of a period, privately: a team's for who oversees, everybody else their own. It comes by direct message, the
 * way the weekly post does, because it has pictures.
 */
export async function askReport(work: Work, wanted: Wanted): Promise<Reply> {
  const { person } = requirePerson(work.actor);
  const of = await whose(work, wanted.team);
  const days = chooseDays(wanted, localDate(work.now, work.actor.zone));
  const subject = reportSubject({ ...of, ...days });
  await work.post({
    key: `report:${person}:${subject}:${work.now.toISOString()}`,
    to: { person },
    kind: reportCardKind,
    subject,
    priority: 'answer',
    atOnce: true,
  });
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'report.ask',
    subjectKind: of.of,
    subjectId: of.id,
    detail: days,
    at: work.now,
  });
  const said = formatDays(days.from, days.to, work.reading.today);
  return answer(sentenceCard(`Sent: the report of ${said} is on its way to your direct messages.`));
}

async function whose(work: Work, team: string | undefined): Promise<Pick<ReportSubject, 'of' | 'id'>> {
  const oversees = allows(work.actor, 'week.see', 'organisation');
  if (!oversees) {
    if (team === undefined) return { of: 'person', id: requirePerson(work.actor).person };
    throw new Refusal('not-allowed', 'A team’s report is for its supervisors. Type report for your own figures.', {
      denial: true,
    });
  }
  const id = team ?? work.actor.team;
  if ((await findTeam(work.tx, id)) === undefined) {
    throw new Refusal('invalid-value', 'I do not know a team of that name here.');
  }
  return { of: 'team', id };
}

function chooseDays({ from, to }: Wanted, today: string): { readonly from: string; readonly to: string } {
  if (from === undefined) {
    const week = weekBefore(today);
    return { from: week, to: addDaysToDate(week, 6) };
  }
  // Two days name the period, whichever was typed first; one is where it begins.
  const [first = from, last = today] = [from, to ?? today].sort();
  if (daysBetween(first, last) >= longestReport) {
    throw new Refusal('invalid-date', 'A report covers at most a year. Please choose a shorter time.');
  }
  return { from: first, to: last };
}
