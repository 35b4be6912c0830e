import { listTeams } from '../../access/records.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { coverCardKind } from './cards.ts';
import { refreshRota } from './plan-shift.ts';
import { listStretchesOf } from './read-rota.ts';
import { endCover, findDutyTeam, hasOpenCover, insertCover } from './records.ts';
import { gapHorizonDays } from './rules.ts';
import { tellGaps } from './tell-gaps.ts';

const day = 24 * 3_600_000;

/**
 * Asks the teams for cover of what somebody who is away would have had in the coming week; what was asked for already
 * is left. Meanwhile it is a gap, and whoever answers for gaps hears of it. Returns the ids of the requests.
 */
export async function askCoverWhileAway(
  work: Work,
  away: { readonly person: string; readonly startsAt: Date; readonly endsAt: Date },
): Promise<readonly string[]> {
  const { tx, now } = work;
  const { person } = away;
  const horizon = new Date(now.getTime() + gapHorizonDays * day);
  const from = away.startsAt > now ? away.startsAt : now;
  const to = away.endsAt < horizon ? away.endsAt : horizon;
  const asked: string[] = [];
  for (const { id: team } of await listTeams(tx)) {
    const dutyTeam = await findDutyTeam(tx, team);
    const stretches = dutyTeam === undefined ? [] : await listStretchesOf(tx, dutyTeam, person, from, to);
    for (const { startsAt, endsAt } of stretches) {
      if (await hasOpenCover(tx, { team, person, startsAt, endsAt })) continue;
      const id = await insertCover(tx, { team, by: person, startsAt, endsAt, now });
      asked.push(id);
      await recordEvent(tx, {
        actor: work.actor,
        verb: 'duty.cover-asked',
        subjectKind: 'duty-cover',
        subjectId: id,
        detail: { team, person, from: startsAt.toISOString(), to: endsAt.toISOString() },
        at: now,
      });
      await work.post({ key: `cover:${id}`, to: { team }, kind: coverCardKind, subject: id, priority: 'answer' });
    }
    if (stretches.length > 0) await showRota(work, team);
  }
  return asked;
}

/** Who was away is back: what nobody took of their duty is theirs again. */
export async function withdrawCovers(work: Work, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    if (!(await endCover(work.tx, id, undefined))) continue;
    await recordEvent(work.tx, {
      actor: work.actor,
      verb: 'duty.cover-withdrawn',
      subjectKind: 'duty-cover',
      subjectId: id,
      at: work.now,
    });
    await work.refresh(coverCardKind, id);
  }
  if (ids.length === 0) return;
  for (const { id: team } of await listTeams(work.tx)) await refreshRota(work, team);
}

async function showRota(work: Work, team: string): Promise<void> {
  await refreshRota(work, team);
  await tellGaps(work, team);
}
