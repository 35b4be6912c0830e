import { actorFacts, actorText } from '../../access/recorded-doer.ts';
import type { Doer } from '../../doer.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { findMarksOf } from '../clients/find-marks.ts';
import { nextAge } from './age.ts';
import { findEscalation, lockEscalation, type Escalation } from './records.ts';
import { stopsPagers, wakesAt } from './rules.ts';
import { untakenSince } from './who-has-it.ts';
import { insertEvent, updateEscalation, type Changed } from './write-records.ts';

export const escalationCardKind = 'escalations.card';
/** One line: it was taken, it is settled, it needs a word. */
export const newsCardKind = 'escalations.news';
/** Wakes the ladder for its next step. */
export const stepTimer = 'escalations.step';
/** Has its cards drawn again, because the age they tell changes. */
export const ageTimer = 'escalations.age';
/** Wakes it when an acknowledgement without an end is reminded of, or has run out. */
export const expiryTimer = 'escalations.expiry';

/** Sets the timers to how the escalation stands. */
export async function setTimers(
  work: Work,
  escalation: Pick<Escalation, 'id' | 'raisedAt' | 'severity'> & Changed,
): Promise<void> {
  const { step, expiry } = wakesAt({ ...escalation, nextAt: new Date(escalation.frozen.nextAt) });
  // Sent together, and so written in this order.
  await Promise.all([
    work.wake(stepTimer, escalation.id, step),
    work.wake(expiryTimer, escalation.id, expiry),
    work.wake(ageTimer, escalation.id, agesAt(work, escalation)),
  ]);
}

/** While nobody has it, its cards tell how long; a concern's tell since when. */
const agesAt = (work: Work, escalation: Pick<Escalation, 'raisedAt' | 'severity'> & Changed): Date | undefined =>
  escalation.state === 'raised' && escalation.acknowledged === undefined && escalation.severity !== 'concern'
    ? nextAge(untakenSince(escalation), work.now)
    : undefined;

/** The timer of the age: takes no lock, because it changes nothing; a card is drawn from what is there then. */
export async function showAge(work: Work, { subject }: { subject: string }): Promise<void> {
  const escalation = await findEscalation(work.tx, subject);
  if (escalation === undefined) return;
  await work.refresh(escalationCardKind, subject);
  await work.wake(ageTimer, subject, agesAt(work, escalation));
}

/**
 * The escalation, locked. Its timers are taken first, in the order in which a tick takes them: whoever acts and a
 * ladder that climbs at the same moment wait for each other and never in a circle. `setTimers` puts them back.
 */
export async function takeEscalation(work: Work, id: string): Promise<Escalation | undefined> {
  await work.wake(stepTimer, id, undefined);
  await work.wake(expiryTimer, id, undefined);
  return lockEscalation(work.tx, id);
}

export interface Happened {
  readonly act: string;
  /** Coded facts. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  readonly words?: string | undefined;
  /** Default: who acts; the ladder climbs by itself. */
  readonly by?: Doer;
}

/** What happened, in the escalation's own history and in the audit trail; returns whose client it is about. */
export async function recordHappened(
  work: Work,
  escalation: Pick<Escalation, 'id' | 'client'>,
  { act, detail, words, by = work.actor }: Happened,
): Promise<string | undefined> {
  const { id } = escalation;
  const { client: about } = escalation;
  const [client] = await Promise.all([
    about === undefined ? undefined : findMarksOf(work, [about]).then((found) => found.get(about)),
    insertEvent(
      work.tx,
      { escalation: id, by: actorText(by), act, detail: { ...detail, ...actorFacts(by) }, words },
      work.now,
    ),
  ]);
  await recordEvent(work.tx, {
    actor: by,
    verb: `escalation.${act}`,
    subjectKind: 'escalation',
    subjectId: id,
    detail: { ...detail, client: client?.code ?? null },
    at: work.now,
  });
  return client?.coordinator;
}

/**
 * Writes one change of a locked escalation: the row, its history, the audit row, its timers; every copy of its card
 * follows, and so does what shows whom it waits on.
 */
export async function saveChange(
  work: Work,
  before: Escalation,
  change: Partial<Changed>,
  happened: Happened,
): Promise<Escalation> {
  const after: Escalation = { ...before, ...change, version: before.version + 1 };
  if (!(await updateEscalation(work.tx, before, after))) throw new Error('a locked escalation changed meanwhile');
  const coordinator = await recordHappened(work, after, happened);
  await setTimers(work, after);
  if (stopsPagers(happened.act, after.state)) await work.pager?.stop(after.id);
  await work.refresh(escalationCardKind, after.id);
  await work.refresh(newsCardKind, after.id);
  // It stands on the lists of all who were told of it, and of the client's own coordinator.
  const told = before.notices.flatMap(({ person }) => person?.id ?? []);
  const people = new Set([
    before.owner.id,
    after.owner.id,
    ...told,
    ...(coordinator === undefined ? [] : [coordinator]),
  ]);
  await work.publish('due.changed', { team: after.team, people: [...people] });
  return after;
}
