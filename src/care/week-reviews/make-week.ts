import { z } from 'zod';
import type { Work } from '../../feature/feature.ts';
import { atLocalTime, localTime } from '../../calendar/zones.ts';
import { findWorkingDay } from '../../calendar/working-time.ts';
import { weekCardKind } from './cards.ts';
import { findReaders } from './find-readers.ts';
import { weekBefore } from './period.ts';
import { findTeam, noteWeek, type Team } from './records.ts';
import { weekSubject } from './rules.ts';

/** What of a team's schedules matters here; the file's reader has checked it whole. */
const schedulesSchema = z.object({ weeklyDigest: z.object({ place: z.boolean().optional() }).optional() });

/** The team lets its place read the week too. */
export const isForPlace = ({ schedules }: Pick<Team, 'schedules'>): boolean =>
  schedulesSchema.safeParse(schedules).data?.weeklyDigest?.place === true;

/**
 * The weekly post: to each supervisor of the team, and to its place only where the organisation's file says so. On a
 * day off it waits for the next working day at the same local time.
 */
export async function makeWeek(
  work: Work,
  { owner, localDate }: { readonly owner: string; readonly localDate: string },
): Promise<void> {
  const team = await findTeam(work.tx, owner);
  if (team === undefined) return;
  const week = weekBefore(localDate);
  await noteWeek(work.tx, owner, week, work.now);
  const day = findWorkingDay(localDate, 0, work.reading.isWorkingDay) ?? localDate;
  const notBefore = day === localDate ? undefined : atLocalTime(day, localTime(work.now, team.zone), team.zone);
  const subject = weekSubject(owner, week);
  const post = { kind: weekCardKind, subject, priority: 'digest', ...(notBefore && { notBefore }) } as const;
  for (const person of await findReaders(work.tx, owner)) {
    await work.post({ ...post, key: `week:${subject}:${person}`, to: { person } });
  }
  if (isForPlace(team)) await work.post({ ...post, key: `week:${subject}`, to: { team: owner } });
}
