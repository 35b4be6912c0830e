import { isSelf, requirePerson } from '../../access/actor.ts';
import { z } from 'zod';
import { findPersonZone } from '../../access/records.ts';
import type { Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { mondayOf } from '../../calendar/local-dates.ts';
import { localDate } from '../../calendar/zones.ts';
import { Refusal } from '../../chat/refusal.ts';
import { chartContact, chartNote, readForChart } from '../contacts/chart-contact.ts';
import type { Client } from '../clients/find-allowed-client.ts';
import { countOn } from '../digests/start-digest.ts';
import { chartedCard, endCard, endCardKind, notesCard } from './cards.ts';
import { countDay, listUncharted } from './records.ts';
import { isQuiet, type Day } from './rules.ts';

const subjectOf = (person: string, date: string): string => `${person}/${date}`;

/** Every copy of somebody's line of a day is drawn again. */
export const refreshDay = (work: Work, person: string, date: string): Promise<void> =>
  work.refresh(endCardKind, subjectOf(person, date));

async function readDay(work: Work, person: string, date: string): Promise<Day> {
  const logged = await countDay(work.tx, person, date);
  const { unacknowledged, overdue, today, watching } = await countOn(work, person, date);
  return { ...logged, untaken: unacknowledged, overdue, left: today, watching };
}

/**
 * The line of a working day, in the person's own evening. One that is late belongs to a day that is over, and is let
 * go. A quiet day is told once a week.
 */
export async function makeEndOfDay(
  work: Work,
  { owner, localDate: date }: { readonly owner: string; readonly localDate: string },
): Promise<void> {
  if (!work.reading.isWorkingDay(date) || localDate(work.now, work.actor.zone) !== date) return;
  const series = `end-of-day:${owner}`;
  const quiet = isQuiet(await readDay(work, owner, date));
  await work.post({
    key: `${series}:${quiet ? `quiet:${mondayOf(date)}` : date}`,
    to: { person: owner },
    kind: endCardKind,
    subject: subjectOf(owner, date),
    priority: 'digest',
    series,
  });
}

/** For the person it is about, and nobody else. */
export async function drawEnd(work: Work, subject: string): Promise<Card> {
  const [person = '', date = ''] = subject.split('/');
  const zone = await findPersonZone(work.tx, person);
  if (work.audience !== 'person' || !isSelf(work.actor, person) || zone === undefined) {
    throw new Refusal('not-allowed', 'That day is somebody else’s.', { denial: true });
  }
  return endCard(subject, date, await readDay(work, person, date), localDate(work.now, zone) === date);
}

/** All notes of the asker's day that are not in the chart, to copy; reading each is on record. */
export async function copyNotes(work: Work, mark: string): Promise<Card> {
  const { date, until } = readMark(mark, work);
  const notes: { client: Client; text: string }[] = [];
  for (const id of await listUncharted(work.tx, { date, until, person: requirePerson(work.actor).person })) {
    const found = await orSkip(readForChart(work, id));
    if (found !== undefined) notes.push({ client: found.client, text: chartNote(found.contact, found.client) });
  }
  return notesCard(notes, `${date}/${until.toISOString()}`, work.privacy);
}

/** Marks those that were shown: what was logged after them is not in the chart yet. */
export async function markNotes(work: Work, mark: string): Promise<Card> {
  let marked = 0;
  for (const id of await listUncharted(work.tx, {
    ...readMark(mark, work),
    person: requirePerson(work.actor).person,
  })) {
    if ((await orSkip(chartContact(work, id))) !== undefined) marked += 1;
  }
  return chartedCard(marked);
}

/** `2026-11-23`, or with the moment up to which notes were shown. */
function readMark(mark: string, work: Work): { readonly date: string; readonly until: Date } {
  const [date, until = work.now.toISOString()] = mark.split('/');
  const read = z.object({ date: z.iso.date(), until: z.iso.datetime() }).safeParse({ date, until });
  if (!read.success) throw new Refusal('unknown-button', 'I cannot find that day.', { denial: true });
  return { date: read.data.date, until: new Date(read.data.until) };
}

/** A client who went to another team meanwhile is charted there. */
async function orSkip<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
