import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
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
export async function joinHuddle(ask: Ask, id: string, remote: boolean): Promise<void> {
  const huddle = await takeHuddle(ask, { id }, 'join');
  const { person } = ask.actor;
  const startedAt = huddle.startedAt ?? ask.now;
  const late = isLate(ask.now, { startsAt: huddle.startsAt, startedAt });
  const standing = await findStanding(ask.tx, person, localDate(ask.now, huddle.zone));
  const came = await upsertAttendance(ask.tx, { huddle: id, person, joinedAt: ask.now, late, remote, ...standing });
  const untouched = huddle.items.every(({ seconds, state }) => seconds === 0 && state === 'waiting');
  if (came && huddle.attendance.length === 0 && huddle.position === 0 && untouched) {
    await updateHuddle(ask.tx, id, { itemSince: ask.now });
  }
  await recordEvent(ask.tx, {
    actor: person,
    verb: 'huddle.join',
    subjectKind: 'huddle',
    subjectId: id,
    detail: { late: came ? late : null, remote },
    at: ask.now,
  });
  await refreshHuddle(ask, id);
}
