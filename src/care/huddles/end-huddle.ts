import { requirePerson } from '../../access/actor.ts';
import { byPerson } from '../../doer.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { readTasks } from '../follow-ups/plan-task.ts';
import { huddleSeries, mineCardKind, postToTeam, summaryCardKind } from './card-kinds.ts';
import { closeDiscussed } from './discussion-records.ts';
import './events.ts';
import { currentOf, takeHuddle, type WhichHuddle } from './find-huddle.ts';
import { countTime } from './keep-time.ts';
import { endTimer } from './plan-turn.ts';
import { lockHuddle, type Huddle, type Item } from './records.ts';
import { apportionMinutes, secondsBetween, settleItem, tookPart, type ItemState } from './rules.ts';
import { settleItems, updateHuddle } from './write-records.ts';

/** Somebody ends the huddle. */
export async function endNow(work: Work, which: WhichHuddle): Promise<void> {
  // Its timer first, in the order of a tick.
  await work.wake(endTimer, which.id, undefined);
  const huddle = await takeHuddle(work, which, 'end');
  await countTime(work, huddle);
  const counted = await lockHuddle(work.tx, huddle.id);
  if (counted !== undefined) await endHuddle(work, counted, requirePerson(work.actor).person);
}

/** Nobody ended it: after twice its length it is over, and the time since the last act counts for nobody. */
export async function endWhenDue(work: Work, { subject }: { readonly subject: string }): Promise<void> {
  const huddle = await lockHuddle(work.tx, subject);
  if (huddle?.state === 'open') await endHuddle(work, huddle, undefined);
}

type Settled = Item & { readonly state: ItemState; readonly minutes: number };

/**
 * Ends a locked huddle that is open: what was reviewed gets its share of the time and is told to who bills, what was
 * not reached carries over, the team reads who does what by when, and each owner hears it once.
 */
export async function endHuddle(work: Work, huddle: Huddle, by: string | undefined): Promise<void> {
  const { tx, now } = work;
  const settled = settle(huddle, by, now);
  await settleItems(tx, settled);
  await updateHuddle(tx, huddle.id, { state: 'ended', ended: { at: now, by }, moves: true });
  const reviewed = settled.filter(({ state }) => state === 'reviewed');
  await closeDiscussed(
    tx,
    { id: huddle.id, startedAt: huddle.startedAt ?? now },
    reviewed.flatMap(({ client }) => client?.id ?? []),
    now,
  );
  await recordEvent(tx, {
    actor: by === undefined ? work.actor : byPerson(by),
    verb: 'huddle.end',
    subjectKind: 'huddle',
    subjectId: huddle.id,
    detail: {
      team: huddle.team,
      byItself: by === undefined,
      reviewed: reviewed.length,
      carried: settled.length - reviewed.length,
      attended: huddle.attendance.length,
      decisions: huddle.decisions.length,
    },
    at: now,
  });
  for (const item of reviewed) await publishReviewed(work, huddle, item);
  await tell(work, huddle);
}

function settle(huddle: Huddle, by: string | undefined, now: Date): readonly Settled[] {
  const meeting = secondsBetween(huddle.startedAt ?? now, now);
  const minutes = apportionMinutes(
    huddle.items.map(({ seconds }) => seconds),
    meeting,
  );
  const recorded = new Set([...huddle.recommendations, ...huddle.decisions].map(({ item }) => item));
  return huddle.items.map((item, index) => {
    const current = item === currentOf(huddle);
    const standing = { ...item, current, recorded: recorded.has(item.id) };
    return { ...item, state: settleItem(standing, by !== undefined), minutes: minutes[index] ?? 0 };
  });
}

async function publishReviewed(work: Work, huddle: Huddle, item: Settled): Promise<void> {
  if (item.client === undefined) return;
  const there = huddle.attendance.filter(({ joinedAt }) => tookPart(joinedAt, item.reviewedAt));
  await work.publish('huddle.reviewed', {
    huddle: huddle.id,
    client: item.client.id,
    minutes: item.minutes,
    on: localDate(huddle.startedAt ?? work.now, huddle.zone),
    attendees: there.map(({ person, qualifications, remote }) => ({ person, qualifications, remote })),
    consultantPresent: there.some(({ roles }) => roles.includes('psychiatric-consultant')),
  });
}

async function tell(work: Work, huddle: Huddle): Promise<void> {
  await postToTeam(work, huddle, summaryCardKind);
  const tasks = await readTasks(
    work.tx,
    huddle.decisions.map(({ followUp }) => followUp),
  );
  for (const owner of new Set([...tasks.values()].map((task) => task.owner))) {
    await work.post({
      key: `${huddleSeries(huddle.id)}:owner:${owner}`,
      to: { person: owner },
      kind: mineCardKind,
      subject: `${huddle.id}/${owner}`,
      priority: 'answer',
    });
  }
}
