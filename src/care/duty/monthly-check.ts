import { personOf, requirePerson } from '../../access/actor.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { findWorkingDay, worksOn } from '../../calendar/working-time.ts';
import { Refusal } from '../../chat/refusal.ts';
import {
  confirmCheck,
  findCheck,
  findCheckedTeam,
  findTestPage,
  insertCheck,
  listUnconfirmed,
  type Check,
} from './check-records.ts';
import { refreshRota } from './plan-shift.ts';
import { readRota } from './read-rota.ts';

export const checkCardKind = 'duty.check';
const day = 24 * 3_600_000;
/** Whoever has not confirmed after this long stands on the rota. */
const confirmWithin = 3 * day;

/** Whoever is planned within this long is asked, also where no pattern names them. */
const plannedWithin = 31 * day;

const subjectOf = ({ team, month }: Check): string => `${team}/${month}`;
function readSubject(subject: string): Check {
  const [team = '', month = ''] = subject.split('/');
  return { team, month };
}

/**
 * On the first working day of a month everybody of a team's rota is asked; a turn on any other day asks nobody. Where
 * there is a pager it rings too, so that the way is tried that a crisis takes.
 */
export async function askForCheck(
  work: Work,
  turn: { readonly owner: string; readonly localDate: string },
): Promise<void> {
  const team = await findCheckedTeam(work.tx, turn.owner);
  if (team === undefined) return;
  const month = turn.localDate.slice(0, 7);
  if (findWorkingDay(`${month}-01`, 0, worksOn(team)) !== turn.localDate) return;
  const check = { team: turn.owner, month };
  const rota = await readRota(work.tx, turn.owner, work.now, new Date(work.now.getTime() + plannedWithin));
  const planned = (rota?.stretches ?? []).flatMap(({ person }) => person ?? []);
  for (const person of new Set([...team.people, ...planned])) {
    if (!(await insertCheck(work.tx, check, person, work.now))) continue;
    await work.pager?.test({
      ...{ key: `duty-check:${subjectOf(check)}:${person}`, person, team: turn.owner },
      incident: subjectOf(check),
    });
    await work.post({
      key: `duty-check:${subjectOf(check)}:${person}`,
      to: { person },
      ...{ kind: checkCardKind, subject: subjectOf(check), priority: 'answer', atOnce: true },
      series: `duty-check:${turn.owner}`,
    });
  }
}

const question = 'If somebody needed you for a crisis, would this message have reached you?';
const questions = {
  none: `${question} Chat is no pager: please see that it may ring.`,
  rung: `${question} Your pager rings too, as a test: please confirm once both have reached you.`,
  failed: `${question} Your pager could not be rung: please tell your supervisor.`,
} as const;

/** For the one who was asked. */
export async function drawCheck(work: Work, subject: string): Promise<Card> {
  const person = personOf(work.actor);
  const found = person === undefined ? undefined : await findCheck(work.tx, readSubject(subject), person);
  if (person === undefined || found === undefined)
    throw new Refusal('unknown-button', 'I did not ask you that.', { denial: true });
  const summary = 'Monthly check of the rota.';
  const paged = await findTestPage(work.tx, subject, person);
  const said = found.confirmedAt === undefined ? questions[paged ?? 'none'] : 'Confirmed. Thank you.';
  return {
    kind: checkCardKind,
    subject,
    summary,
    nodes: [
      { kind: 'text', text: [{ bold: `Monthly check, duty in ${found.teamName}. ` }, said] },
      ...(found.confirmedAt === undefined
        ? [{ kind: 'buttons' as const, buttons: [{ action: 'duty.confirm', label: 'It reached me', subject }] }]
        : []),
    ],
  };
}

export async function confirmReached(work: Work, subject: string): Promise<Card> {
  const check = readSubject(subject);
  const { person } = requirePerson(work.actor);
  if ((await findCheck(work.tx, check, person)) === undefined) {
    throw new Refusal('unknown-button', 'I did not ask you that.', { denial: true });
  }
  await confirmCheck(work.tx, check, person, work.now);
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'duty.confirmed',
    subjectKind: 'team',
    subjectId: check.team,
    detail: { month: check.month },
    at: work.now,
  });
  await work.refresh(checkCardKind, subject);
  await refreshRota(work, check.team);
  return drawCheck(work, subject);
}

/** Who was asked days ago and has not said that it reached them. */
export const listSilent = (work: Pick<Work, 'tx' | 'now'>, team: string): Promise<readonly string[]> =>
  listUnconfirmed(work.tx, team, new Date(work.now.getTime() - confirmWithin));
