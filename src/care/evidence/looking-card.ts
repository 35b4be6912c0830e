import { isSelf } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { listColleagues } from '../../access/records.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate, localTime } from '../../calendar/zones.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Reply } from '../../chat/reply.ts';
import { countLooking, findReviewed, reviewedVerb } from './looking-records.ts';
import { readSubject, shownSpan, usualOf, type Figures, type Told, type Usual, type Watch } from './looking-rules.ts';

export const lookingCardKind = 'evidence.looking';

/** The subject, for who oversees: never for the person it is about. */
function readFor(work: Work, subject: string): Told {
  const told = readSubject(subject);
  if (!allows(work.actor, 'looking.see', 'organisation') || isSelf(work.actor, told?.who)) {
    throw new Refusal('not-allowed', 'Who looked at what is shown to supervisors.', { denial: true });
  }
  if (told === undefined) throw new Refusal('unknown-button', 'That card has moved on.');
  return told;
}

const times = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

/** Who, how many, since when, and what is usual: figures, and no client. */
export async function drawLooking(work: Work, subject: string): Promise<Card> {
  const told = readFor(work, subject);
  const { watch, who, at } = told;
  const { figures, limits } = await countLooking(work.tx, who, shownSpan(watch, at), watch);
  const person = (await listColleagues(work.tx)).find(({ id }) => id === who);
  const name = person?.name ?? who;
  const reviewed = await findReviewed(work.tx, subject);
  const moment = (of: Date): string =>
    `${formatDay(localDate(of, work.actor.zone), work.reading.today)} ${localTime(of, work.actor.zone)}`;
  return {
    kind: lookingCardKind,
    subject,
    summary: headings[watch],
    nodes: [
      { kind: 'heading', text: headings[watch] },
      { kind: 'text', text: [{ bold: name }, ` · since ${moment(figures.since ?? at)}`] },
      { kind: 'text', text: sayFigures[watch](figures) },
      { kind: 'text', text: sayUsual[watch](usualOf(limits)) },
      reviewed === undefined
        ? { kind: 'buttons', buttons: [{ action: reviewAction, label: 'Mark reviewed', subject }] }
        : { kind: 'text', text: `Reviewed by ${reviewed.by}, ${moment(reviewed.at)}.` },
    ],
  };
}

const headings: Readonly<Record<Watch, string>> = {
  looking: 'More looks at clients than usual',
  searching: 'More searches than usual',
  refused: 'Refused often',
};

const sayFigures: Readonly<Record<Watch, (figures: Figures) => string>> = {
  looking: ({ reveals, clients }) =>
    `Not on their own caseload: ${times(clients, 'client', 'clients')} opened, ${times(reveals, 'reveal', 'reveals')} of names, numbers or notes.`,
  searching: ({ searches }) => `${times(searches, 'search', 'searches')} that showed clients.`,
  refused: ({ denials }) => `${times(denials, 'refusal', 'refusals')} on record.`,
};

const sayUsual: Readonly<Record<Watch, (usual: Usual) => string>> = {
  looking: ({ reveals, clients }) =>
    `Usual is up to ${clients} clients and ${reveals} reveals an hour. Covering for a colleague can be the reason: ask them. Nothing was refused; each look is in the audit.`,
  searching: ({ searches }) =>
    `Usual is up to ${searches} an hour; each few letters count. Ask them. Nothing was refused; each search is in the audit.`,
  refused: ({ denials }) =>
    `Usual is fewer than ${denials} within five minutes. An old card or a wrong account can be the reason: ask them. Each refusal is in the audit.`,
};

export const reviewAction = 'evidence.looking-reviewed';

/** Who oversees has looked at it: on record once, and said in every copy. */
export async function reviewLooking(work: Work, subject: string): Promise<Reply> {
  readFor(work, subject);
  if ((await findReviewed(work.tx, subject)) === undefined) {
    await recordEvent(work.tx, {
      actor: work.actor,
      verb: reviewedVerb,
      subjectKind: 'looking',
      subjectId: subject,
      at: work.now,
    });
    await work.refresh(lookingCardKind, subject);
  }
  return { kind: 'answer', replace: await drawLooking(work, subject) };
}
