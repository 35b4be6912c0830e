import { isSelf, requirePerson } from '../../access/actor.ts';
import { findPersonByIdentity } from '../../access/find-person-by-identity.ts';
import { careRoles } from '../../access/roles.ts';
import { futureDateKind, oneOfKind, userKind } from '../../chat/argument-kinds.ts';
import { command, type Work, type Feature } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { answer, type Reply } from '../../chat/reply.ts';
import { awayForm } from './away-form.ts';
import { backCardKind, coverCardKind, lookTimer, statusCardKind } from './card-kinds.ts';
import { contributeHome, drawBack, drawCover, drawList, drawStatus } from './draw-absence.ts';
import { comeBack, endForLeaver, lookAtAbsence, undoAbsence } from './end-absence.ts';
import { coverWhatCame } from './hand-over.ts';
import { listAbsences } from './records.ts';
import { setAbsence } from './set-absence.ts';

const coverCommand = command({
  name: 'cover',
  aliases: ['absence', 'pto'],
  summary: 'Off sick, away, back: what cannot wait goes to a named colleague, the rest waits for you',
  arguments: {
    what: {
      kind: oneOfKind('what', ['sick', 'away', 'back', 'list'], {
        ill: 'sick',
        off: 'away',
        vacation: 'away',
        leave: 'away',
        return: 'back',
        returned: 'back',
        show: 'list',
      }),
      hint: 'sick, away, back or list',
      optional: true,
    },
    from: { kind: futureDateKind, after: ['from'], hint: 'from mon, the first day away', optional: true },
    to: { kind: futureDateKind, after: ['to', 'until', 'till'], hint: 'until fri, the last day away', optional: true },
    person: { kind: userKind, hint: '@jon, for a supervisor', optional: true },
  },
  examples: ['cover sick', 'cover sick until wed', 'cover away from mon to fri', 'cover back', 'cover list'],
  roles: careRoles,
  prominence: 'more',
  aboutClient: false,
  async run(work, { what = 'list', from, to, person: mentioned }) {
    if (what === 'list') return answer(await drawList(work));
    const person = mentioned === undefined ? undefined : await findMentioned(work, mentioned);
    if (what === 'back') return back(work, await findRunning(work, person ?? requirePerson(work.actor).person));
    if (what === 'away' && (from === undefined || to === undefined)) {
      return { kind: 'form', form: await work.openForm('absences.away', { from, to, person }) };
    }
    return set(work, { kind: what, person, from, to });
  },
});

async function findMentioned(work: Work, mentioned: string): Promise<string> {
  const person = await findPersonByIdentity(work.tx, work.platform, mentioned);
  if (person !== undefined) return person.id;
  throw new Refusal('invalid-value', 'I do not know that person here, so nothing was changed.');
}

async function findRunning(work: Work, person: string): Promise<string> {
  const [absence] = await listAbsences(work.tx, { people: [person], states: ['running'] });
  if (absence !== undefined) return absence.id;
  throw new Refusal('already-done', 'No absence is running, so there is nothing to come back from.', {
    offers: [{ action: 'absences.list', label: 'Who is away' }],
  });
}

async function set(work: Work, wish: Parameters<typeof setAbsence>[1]): Promise<Reply> {
  const { id } = await setAbsence(work, wish);
  return answer(await drawStatus(work, id));
}

/** Who comes back reads what happened; who says it for somebody reads that it is done. */
async function back(work: Work, id: string): Promise<Reply> {
  const { person } = await comeBack(work, id);
  return answer(isSelf(work.actor, person) ? await drawBack(work, id) : await drawStatus(work, id));
}

export const absences: Feature = {
  noun: 'absences',
  commands: [coverCommand],
  forms: { 'absences.away': awayForm },
  answers: {
    'absences.list': (work) => drawList(work),
  },
  cards: {
    [statusCardKind]: drawStatus,
    [coverCardKind]: drawCover,
    [backCardKind]: (work, id) => drawBack(work, id),
  },
  buttons: {
    'absences.sick': (work) => set(work, { kind: 'sick' }),
    'absences.away': async (work) => ({ kind: 'form', form: await work.openForm('absences.away') }),
    'absences.show': async (work, press) => answer(await drawStatus(work, press.subject ?? '')),
    'absences.list': async (work) => answer(await drawList(work)),
    async 'absences.undo'(work, press) {
      const { id } = await undoAbsence(work, press.subject ?? '');
      return { kind: 'answer', replace: await drawStatus(work, id) };
    },
    'absences.back': (work, press) => back(work, press.subject ?? ''),
    'absences.show-all': async (work, press) => ({
      kind: 'answer',
      replace: await drawBack(work, press.subject ?? '', true),
    }),
  },
  timers: { [lookTimer]: lookAtAbsence },
  on: { 'due.changed': coverWhatCame, 'person.left': endForLeaver },
  contributes: { home: contributeHome },
};
