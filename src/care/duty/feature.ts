import { everyRole } from '../../access/roles.ts';
import { oneOfKind, prefixedKind } from '../../chat/argument-kinds.ts';
import { command, type Ask, type Feature, type Press } from '../../chat/feature.ts';
import { answer, type Reply } from '../../chat/reply.ts';
import { takeCover, withdrawCover } from './ask-cover.ts';
import { coverCardKind, gapsCardKind, ownCardKind, rotaCardKind, shiftCardKind } from './cards.ts';
import { coverForm, planForm } from './forms.ts';
import { askForCheck, checkCardKind, confirmReached, drawCheck } from './monthly-check.ts';
import { freeShiftsOf, tellGaps } from './tell-gaps.ts';
import { drawCover, drawGaps, drawOwn, drawRota, drawShift } from './show-rota.ts';

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
  async run(ask, { what, team = ask.actor.team }) {
    if (what === 'cover') return openForm(ask, 'duty.ask-cover', team);
    if (what === 'plan') return openForm(ask, 'duty.plan', team);
    return answer(await drawRota(ask, team));
  },
});

async function openForm(ask: Ask, kind: string, team: string): Promise<Reply> {
  return { kind: 'form', form: await ask.openForm(kind, { team }) };
}

const opens =
  (kind: string) =>
  (ask: Ask, press: Press): Promise<Reply> =>
    openForm(ask, kind, press.subject ?? ask.actor.team);

/** The pressed copy shows how it ended; the others follow. */
const redrawn = async (ask: Ask, id: string): Promise<Reply> => ({ kind: 'answer', replace: await drawCover(ask, id) });

export const duty: Feature = {
  noun: 'duty',
  commands: [dutyCommand],
  forms: { 'duty.plan': planForm, 'duty.ask-cover': coverForm },
  cards: {
    [rotaCardKind]: drawRota,
    [coverCardKind]: drawCover,
    [shiftCardKind]: drawShift,
    [gapsCardKind]: drawGaps,
    [ownCardKind]: drawOwn,
    [checkCardKind]: drawCheck,
  },
  buttons: {
    'duty.show': async (ask, press) => answer(await drawRota(ask, press.subject ?? '')),
    'duty.plan': opens('duty.plan'),
    'duty.ask-cover': opens('duty.ask-cover'),
    'duty.confirm': async (ask, press) => ({
      kind: 'answer',
      replace: await confirmReached(ask, press.subject ?? ''),
    }),
    async 'duty.take'(ask, press) {
      await takeCover(ask, press.subject ?? '');
      return redrawn(ask, press.subject ?? '');
    },
    async 'duty.withdraw'(ask, press) {
      await withdrawCover(ask, press.subject ?? '');
      return redrawn(ask, press.subject ?? '');
    },
  },
  schedules: { 'duty-gaps': (ask, { owner }) => tellGaps(ask, owner), 'duty-check': askForCheck },
  on: { 'person.left': (ask, { person }) => freeShiftsOf(ask, person) },
};
