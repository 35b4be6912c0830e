import type { AgendaSection } from '../../feature/agenda.ts';
import type { Work } from '../../feature/feature.ts';
import { servedStatuses } from '../clients/rules.ts';
import { arrangeAgenda, type AgendaLine } from './arrange-agenda.ts';
import { listCarried } from './carried-records.ts';
import { findLastHeld } from './records.ts';
import { firstLookBackDays, type Rhythm } from './rules.ts';

const day = 24 * 3_600_000;

/**
 * What a rhythm goes through. A stand-up takes what cannot wait a week (docs/authorities.md, "Huddle", daily huddle: crises, high-risk
 * visits, overdue, open loops past their time, capacity); the others take everything.
 */
const standupSections: readonly AgendaSection[] = ['safety', 'no-contact', 'open-loop', 'capacity'];
const goesThrough = (rhythm: Rhythm, section: AgendaSection): boolean =>
  rhythm !== 'standup' || standupSections.includes(section);

/** A team's agenda as it is at this moment: what every noun contributes, and what the last one did not reach. */
export async function buildAgenda(work: Work, team: string, rhythm: Rhythm): Promise<readonly AgendaLine[]> {
  const since =
    (await findLastHeld(work.tx, team, rhythm)) ?? new Date(work.now.getTime() - firstLookBackDays[rhythm] * day);
  const contributed = (await work.agenda({ team, since })).filter(({ section }) => goesThrough(rhythm, section));
  const carried = await listCarried(work.tx, team, rhythm, servedStatuses);
  return arrangeAgenda([...contributed, ...carried]);
}
