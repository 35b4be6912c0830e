import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Button, Card } from '../../chat/card.ts';
import type { Ask, Contribution } from '../../chat/feature.ts';
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
async function findOwn(ask: Ask, id: string): Promise<Absence> {
  const [absence] = await listAbsences(ask.tx, { id });
  if (absence === undefined || ask.audience !== 'person') throw notYours();
  const mine = absence.person === ask.actor.person;
  if (!mine && !allows(ask.actor, 'absence.set-for-others', 'organisation')) throw notYours();
  return absence;
}

export async function drawStatus(ask: Ask, id: string): Promise<Card> {
  const absence = await findOwn(ask, id);
  const today = localDate(ask.now, absence.zone);
  const mine = absence.person === ask.actor.person;
  const buttons: Button[] = [
    ...(canUndo(absence, ask.now) ? [{ action: 'absences.undo', label: 'Undo', subject: id }] : []),
    ...(can('end', absence.state)
      ? [{ action: 'absences.back', label: mine ? 'I am back' : 'Back now', subject: id }]
      : []),
  ];
  return statusCard(absence, await listItems(ask.tx, id), { today, mine, buttons });
}

/** For the cover it names, and nobody else. */
export async function drawCover(ask: Ask, subject: string): Promise<Card> {
  const [id = '', cover = ''] = subject.split('/');
  const [absence] = await listAbsences(ask.tx, { id });
  if (absence === undefined || ask.audience !== 'person' || cover !== ask.actor.person) throw notYours();
  const items = await listItems(ask.tx, id);
  // What is done, or waits on somebody else by now, is not theirs to do.
  const due = absence.state === 'running' ? await ask.due({ people: [cover], until: always }) : [];
  const waiting = new Set(due.filter(({ owner }) => owner === cover).map((one) => one.id));
  const theirs = items.filter(
    (item) => item.cover === cover && (item.state !== 'open' || waiting.has(`${item.kind}:${item.subject}`)),
  );
  return coverCard(absence, cover, theirs, localDate(ask.now, ask.actor.zone));
}

export async function drawBack(ask: Ask, id: string, all = false): Promise<Card> {
  const absence = await findOwn(ask, id);
  return backCard(absence, await tellBack(ask, absence), all);
}

/** Everybody of the team; for who oversees, of all teams. One access record a view. */
export async function drawList(ask: Ask): Promise<Card> {
  const everywhere = allows(ask.actor, 'absence.set-for-others', 'organisation');
  const team = everywhere ? {} : { team: ask.actor.team };
  const absences = await listAbsences(ask.tx, { ...team, states: ['planned', 'running'] });
  const { person } = ask.actor;
  const seen = { actor: person, verb: 'absences.see', subjectKind: 'person', subjectId: person, at: ask.now };
  await recordEvent(ask.tx, { ...seen, detail: { shown: absences.length } });
  const today = localDate(ask.now, ask.actor.zone);
  return listCard(absences, today, (one) => everywhere || one.person === person);
}

/** On home: one tap to be off sick, or to be back. */
export async function contributeHome(ask: Ask, person: string): Promise<Contribution> {
  const [absence] = await listAbsences(ask.tx, { people: [person], states: ['running'] });
  if (absence === undefined) {
    const may = allows(ask.actor, 'absence.set', 'organisation');
    return may ? { nodes: [{ kind: 'buttons', buttons: [sickButton] }] } : {};
  }
  const days = describeDays(absence, localDate(ask.now, absence.zone));
  return {
    nodes: [
      { kind: 'text', text: `You are away ${days}.` },
      { kind: 'buttons', buttons: [{ action: 'absences.back', label: 'I am back', subject: absence.id }] },
    ],
  };
}
