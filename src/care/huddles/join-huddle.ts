import { requirePerson } from '../../access/actor.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { refreshHuddle } from './card-kinds.ts';
import { takeHuddle } from './find-huddle.ts';
import { isLate } from './rules.ts';
import { findStanding } from './team-records.ts';
import { updateHuddle, upsertAttendance } from './write-records.ts';

/**
 * Puts who presses on record as there, with what they are on this day: it proves who took part. While nobody was there
 * the clock counted for nobody, so it begins anew with the first.
 */
export async function joinHuddle(work: Work, id: string, remote: boolean): Promise<void> {
  const huddle = await takeHuddle(work, { id }, 'join');
  const { person } = requirePerson(work.actor);
  const startedAt = huddle.startedAt ?? work.now;
  const late = isLate(work.now, { startsAt: huddle.startsAt, startedAt });
  const standing = await findStanding(work.tx, person, localDate(work.now, huddle.zone));
  const came = await upsertAttendance(work.tx, { huddle: id, person, joinedAt: work.now, late, remote, ...standing });
  const untouched = huddle.items.every(({ seconds, state }) => seconds === 0 && state === 'waiting');
  if (came && huddle.attendance.length === 0 && huddle.position === 0 && untouched) {
    await updateHuddle(work.tx, id, { itemSince: work.now });
  }
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'huddle.join',
    subjectKind: 'huddle',
    subjectId: id,
    detail: { late: came ? late : null, remote },
    at: work.now,
  });
  await refreshHuddle(work, id);
}
