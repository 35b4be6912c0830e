import { isSelf, requirePerson } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Button, Card } from '../../chat/card.ts';
import type { Work, Contribution } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { Refusal } from '../../chat/refusal.ts';
import { backCard, coverCard, describeDays, listCard, sickButton, statusCard } from './cards.ts';
import { canUndo } from './end-absence.ts';
import { listItems } from './item-records.ts';
import { listAbsences, type Absence } from './records.ts';
import { can } from './rules.ts';
import { tellBack } from './tell-back.ts';

/** Further than anything can be due. */
const always = '9999-12-31';
const notYours = (): Refusal => new Refusal('unknown-button', 'That is not yours to see.', { denial: true });

/** Their own, or as a supervisor anybody's; never for a place. */
async function findOwn(work: Work, id: string): Promise<Absence> {
  const [absence] = await listAbsences(work.tx, { id });
  if (absence === undefined || work.audience !== 'person') throw notYours();
  const mine = isSelf(work.actor, absence.person);
  if (!mine && !allows(work.actor, 'absence.set-for-others', 'organisation')) throw notYours();
  return absence;
}

export async function drawStatus(work: Work, id: string): Promise<Card> {
  const absence = await findOwn(work, id);
  const today = localDate(work.now, absence.zone);
  const mine = isSelf(work.actor, absence.person);
  const buttons: Button[] = [
    ...(canUndo(absence, work.now) ? [{ action: 'absences.undo', label: 'Undo', subject: id }] : []),
    ...(can('end', absence.state)
      ? [{ action: 'absences.back', label: mine ? 'I am back' : 'Back now', subject: id }]
      : []),
  ];
  return statusCard(absence, await listItems(work.tx, id), { today, mine, buttons });
}

/** For the cover it names, and nobody else. */
export async function drawCover(work: Work, subject: string): Promise<Card> {
  const [id = '', cover = ''] = subject.split('/');
  const [absence] = await listAbsences(work.tx, { id });
  if (absence === undefined || work.audience !== 'person' || !isSelf(work.actor, cover)) throw notYours();
  const items = await listItems(work.tx, id);
  // What is done, or waits on somebody else by now, is not theirs to do.
  const due = absence.state === 'running' ? (await work.due({ people: [cover], until: always })).items : [];
  const waiting = new Set(due.filter(({ owner }) => owner === cover).map((one) => one.id));
  const theirs = items.filter(
    (item) => item.cover === cover && (item.state !== 'open' || waiting.has(`${item.kind}:${item.subject}`)),
  );
  return coverCard(absence, cover, theirs, localDate(work.now, work.actor.zone));
}

export async function drawBack(work: Work, id: string, all = false): Promise<Card> {
  const absence = await findOwn(work, id);
  return backCard(absence, await tellBack(work, absence), all);
}

/** Everybody of the team; for who oversees, of all teams. One access record a view. */
export async function drawList(work: Work): Promise<Card> {
  const everywhere = allows(work.actor, 'absence.set-for-others', 'organisation');
  const team = everywhere ? {} : { team: work.actor.team };
  const absences = await listAbsences(work.tx, { ...team, states: ['planned', 'running'] });
  const { person } = requirePerson(work.actor);
  const seen = { actor: work.actor, verb: 'absences.see', subjectKind: 'person', subjectId: person, at: work.now };
  await recordEvent(work.tx, { ...seen, detail: { shown: absences.length } });
  const today = localDate(work.now, work.actor.zone);
  return listCard(absences, today, (one) => everywhere || one.person === person);
}

/** On home: one tap to be off sick, or to be back. */
export async function contributeHome(work: Work, person: string): Promise<Contribution> {
  const [absence] = await listAbsences(work.tx, { people: [person], states: ['running'] });
  if (absence === undefined) {
    const may = allows(work.actor, 'absence.set', 'organisation');
    return may ? { nodes: [{ kind: 'buttons', buttons: [sickButton] }] } : {};
  }
  const days = describeDays(absence, localDate(work.now, absence.zone));
  return {
    nodes: [
      { kind: 'text', text: `You are away ${days}.` },
      { kind: 'buttons', buttons: [{ action: 'absences.back', label: 'I am back', subject: absence.id }] },
    ],
  };
}
