import { recordEvent } from '../../audit/record-event.ts';
import type { Card } from '../../chat/card.ts';
import type { Ask } from '../../chat/feature.ts';
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
  ask: Ask,
  turn: { readonly owner: string; readonly localDate: string },
): Promise<void> {
  const team = await findCheckedTeam(ask.tx, turn.owner);
  if (team === undefined) return;
  const month = turn.localDate.slice(0, 7);
  if (findWorkingDay(`${month}-01`, 0, worksOn(team)) !== turn.localDate) return;
  const check = { team: turn.owner, month };
  const rota = await readRota(ask.tx, turn.owner, ask.now, new Date(ask.now.getTime() + plannedWithin));
  const planned = (rota?.stretches ?? []).flatMap(({ person }) => person ?? []);
  for (const person of new Set([...team.people, ...planned])) {
    if (!(await insertCheck(ask.tx, check, person, ask.now))) continue;
    await ask.pager?.test({
      ...{ key: `duty-check:${subjectOf(check)}:${person}`, person, team: turn.owner },
      incident: subjectOf(check),
    });
    await ask.post({
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
export async function drawCheck(ask: Ask, subject: string): Promise<Card> {
  const found = await findCheck(ask.tx, readSubject(subject), ask.actor.person);
  if (found === undefined) throw new Refusal('unknown-button', 'I did not ask you that.', { denial: true });
  const summary = 'Monthly check of the rota.';
  const paged = await findTestPage(ask.tx, subject, ask.actor.person);
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

export async function confirmReached(ask: Ask, subject: string): Promise<Card> {
  const check = readSubject(subject);
  const { person } = ask.actor;
  if ((await findCheck(ask.tx, check, person)) === undefined) {
    throw new Refusal('unknown-button', 'I did not ask you that.', { denial: true });
  }
  await confirmCheck(ask.tx, check, person, ask.now);
  await recordEvent(ask.tx, {
    actor: person,
    verb: 'duty.confirmed',
    subjectKind: 'team',
    subjectId: check.team,
    detail: { month: check.month },
    at: ask.now,
  });
  await ask.refresh(checkCardKind, subject);
  await refreshRota(ask, check.team);
  return drawCheck(ask, subject);
}

/** Who was asked days ago and has not said that it reached them. */
export const listSilent = (ask: Pick<Ask, 'tx' | 'now'>, team: string): Promise<readonly string[]> =>
  listUnconfirmed(ask.tx, team, new Date(ask.now.getTime() - confirmWithin));
