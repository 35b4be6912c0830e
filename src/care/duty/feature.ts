import { everyRole } from '../../access/roles.ts';
import { oneOfKind, prefixedKind } from '../../chat/argument-kinds.ts';
import { command, type Work, type Feature, type Press } from '../../feature/feature.ts';
import { answer, type Reply } from '../../chat/reply.ts';
import { takeCover, withdrawCover } from './ask-cover.ts';
import { coverCardKind, gapsCardKind, ownCardKind, rotaCardKind, shiftCardKind } from './cards.ts';
import { coverForm, planForm } from './forms.ts';
import { checkCardKind, confirmReached, drawCheck } from './monthly-check.ts';
import { freeShiftsOf } from './tell-gaps.ts';
import { drawCover, drawGaps, drawOwn, drawRota, drawShift } from './show-rota.ts';
import { dutySchedules } from './schedules.ts';
import { dutySettings } from './policies.ts';

const dutyCommand = command({
  name: 'duty',
  aliases: ['rota', 'oncall'],
  summary: 'Who is on duty now, next and this week; ask for cover',
  arguments: {
    what: {
      kind: oneOfKind('what', ['week', 'cover', 'plan'], { now: 'week', show: 'week', swap: 'cover', set: 'plan' }),
      hint: 'cover, to ask a colleague to take your shift',
      optional: true,
    },
    team: { kind: prefixedKind('team', 'team'), hint: 'team:west', optional: true },
  },
  examples: ['duty', 'duty team:west', 'duty cover'],
  roles: everyRole,
  prominence: 'more',
  aboutClient: false,
  async run(work, { what, team = work.actor.team }) {
    if (what === 'cover') return openForm(work, 'duty.ask-cover', team);
    if (what === 'plan') return openForm(work, 'duty.plan', team);
    return answer(await drawRota(work, team));
  },
});

async function openForm(work: Work, kind: string, team: string): Promise<Reply> {
  return { kind: 'form', form: await work.openForm(kind, { team }) };
}

const opens =
  (kind: string) =>
  (work: Work, press: Press): Promise<Reply> =>
    openForm(work, kind, press.subject ?? work.actor.team);

/** The pressed copy shows how it ended; the others follow. */
const redrawn = async (work: Work, id: string): Promise<Reply> => ({
  kind: 'answer',
  replace: await drawCover(work, id),
});

export const duty: Feature = {
  noun: 'duty',
  settings: dutySettings,
  commands: [dutyCommand],
  forms: { 'duty.plan': planForm, 'duty.ask-cover': coverForm },
  cardTraits: { [gapsCardKind]: { unfolded: true }, [checkCardKind]: { shows: 'test' } },
  cards: {
    [rotaCardKind]: drawRota,
    [coverCardKind]: drawCover,
    [shiftCardKind]: drawShift,
    [gapsCardKind]: drawGaps,
    [ownCardKind]: drawOwn,
    [checkCardKind]: drawCheck,
  },
  buttons: {
    'duty.show': async (work, press) => answer(await drawRota(work, press.subject ?? '')),
    'duty.plan': opens('duty.plan'),
    'duty.ask-cover': opens('duty.ask-cover'),
    'duty.confirm': async (work, press) => ({
      kind: 'answer',
      replace: await confirmReached(work, press.subject ?? ''),
    }),
    async 'duty.take'(work, press) {
      await takeCover(work, press.subject ?? '');
      return redrawn(work, press.subject ?? '');
    },
    async 'duty.withdraw'(work, press) {
      await withdrawCover(work, press.subject ?? '');
      return redrawn(work, press.subject ?? '');
    },
  },
  schedules: dutySchedules,
  on: { 'person.left': (work, { person }) => freeShiftsOf(work, person) },
};
