import { findPersonByIdentity } from '../../access/find-person-by-identity.ts';
import { careRoles } from '../../access/roles.ts';
import { futureDateKind, oneOfKind, userKind } from '../../chat/argument-kinds.ts';
import { command, type Ask, type Feature } from '../../chat/feature.ts';
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
  async run(ask, { what = 'list', from, to, person: mentioned }) {
    if (what === 'list') return answer(await drawList(ask));
    const person = mentioned === undefined ? undefined : await findMentioned(ask, mentioned);
    if (what === 'back') return back(ask, await findRunning(ask, person ?? ask.actor.person));
    if (what === 'away' && (from === undefined || to === undefined)) {
      return { kind: 'form', form: await ask.openForm('absences.away', { from, to, person }) };
    }
    return set(ask, { kind: what, person, from, to });
  },
});

async function findMentioned(ask: Ask, mentioned: string): Promise<string> {
  const person = await findPersonByIdentity(ask.tx, ask.platform, mentioned);
  if (person !== undefined) return person.id;
  throw new Refusal('invalid-value', 'I do not know that person here, so nothing was changed.');
}

async function findRunning(ask: Ask, person: string): Promise<string> {
  const [absence] = await listAbsences(ask.tx, { people: [person], states: ['running'] });
  if (absence !== undefined) return absence.id;
  throw new Refusal('already-done', 'No absence is running, so there is nothing to come back from.', {
    offers: [{ action: 'absences.list', label: 'Who is away' }],
  });
}

async function set(ask: Ask, wish: Parameters<typeof setAbsence>[1]): Promise<Reply> {
  const { id } = await setAbsence(ask, wish);
  return answer(await drawStatus(ask, id));
}

/** Who comes back reads what happened; who says it for somebody reads that it is done. */
async function back(ask: Ask, id: string): Promise<Reply> {
  const { person } = await comeBack(ask, id);
  return answer(person === ask.actor.person ? await drawBack(ask, id) : await drawStatus(ask, id));
}

export const absences: Feature = {
  noun: 'absences',
  commands: [coverCommand],
  forms: { 'absences.away': awayForm },
  cards: {
    [statusCardKind]: drawStatus,
    [coverCardKind]: drawCover,
    [backCardKind]: (ask, id) => drawBack(ask, id),
  },
  buttons: {
    'absences.sick': (ask) => set(ask, { kind: 'sick' }),
    'absences.away': async (ask) => ({ kind: 'form', form: await ask.openForm('absences.away') }),
    'absences.show': async (ask, press) => answer(await drawStatus(ask, press.subject ?? '')),
    'absences.list': async (ask) => answer(await drawList(ask)),
    async 'absences.undo'(ask, press) {
      const { id } = await undoAbsence(ask, press.subject ?? '');
      return { kind: 'answer', replace: await drawStatus(ask, id) };
    },
    'absences.back': (ask, press) => back(ask, press.subject ?? ''),
    'absences.show-all': async (ask, press) => ({
      kind: 'answer',
      replace: await drawBack(ask, press.subject ?? '', true),
    }),
  },
  timers: { [lookTimer]: lookAtAbsence },
  on: { 'due.changed': coverWhatCame, 'person.left': endForLeaver },
  contributes: { home: contributeHome },
};
