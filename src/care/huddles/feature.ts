import { careRoles } from '../../access/roles.ts';
import { oneOfKind, prefixedKind } from '../../chat/argument-kinds.ts';
import { command, type Ask, type Feature, type Press } from '../../chat/feature.ts';
import { answer, nothing, type Reply } from '../../chat/reply.ts';
import { sentenceCard } from '../../chat/sentence-card.ts';
import {
  liveCardKind,
  mineCardKind,
  mineNoteKind,
  recommendationCardKind,
  recommendationNoteKind,
  reminderCardKind,
  summaryCardKind,
} from './card-kinds.ts';
import { declineForm, decideForm, recommendForm, requestForm } from './act-forms.ts';
import { agendaCardKind, pastCardKind } from './agenda-card.ts';
import { answerRecommendation } from './answer-recommendation.ts';
import {
  drawDecision,
  drawHuddle,
  drawMine,
  drawOpenedHuddle,
  drawPast,
  openHuddleCard,
  readMineNote,
  showHuddle,
} from './draw-huddle.ts';
import { endNow, endWhenDue } from './end-huddle.ts';
import { exportHuddles } from './export-records.ts';
import { handOverAnswers } from './hand-over.ts';
import { joinHuddle } from './join-huddle.ts';
import { listDueAnswers } from './list-due.ts';
import { moveOn, type Step } from './move-on.ts';
import { endTimer, openTimer, planTurn, remindTimer, remindWhenDue } from './plan-turn.ts';
import { drawRecommendation, openRecommendation, readRecommendationNote } from './recommendation-card.ts';
import { addRequests, contributeToClient, withdrawDiscussion } from './request-discussion.ts';
import { rhythmSchema } from './rules.ts';
import { skipNext } from './skip-huddle.ts';
import { beginWhenDue, startNow } from './start-huddle.ts';

const huddleCommand = command({
  name: 'huddle',
  aliases: ['meeting'],
  summary: 'The team’s huddle: what runs or comes next, with its agenda; start, skip, the last ones',
  arguments: {
    what: {
      kind: oneOfKind('what', ['start', 'skip', 'list'], { begin: 'start', last: 'list', past: 'list' }),
      hint: 'start, skip or list; the agenda when left out',
      optional: true,
    },
    rhythm: {
      kind: oneOfKind('rhythm', rhythmSchema.options, { daily: 'standup' }),
      hint: 'weekly, standup, monthly',
      optional: true,
    },
    team: { kind: prefixedKind('team', 'team'), hint: 'team:west', optional: true },
  },
  examples: ['huddle', 'huddle start', 'huddle skip standup', 'huddle list team:west'],
  roles: careRoles,
  prominence: 'more',
  aboutClient: false,
  async run(ask, { what, rhythm, team = ask.actor.team }) {
    switch (what) {
      case 'start':
        return answer(await openHuddleCard(ask, await startNow(ask, team, rhythm)));
      case 'skip':
        return answer(await drawHuddle(ask, await skipNext(ask, team, rhythm)));
      case 'list':
        return answer(await drawPast(ask, team));
      default:
        return answer(await showHuddle(ask, team, rhythm));
    }
  },
});

const idOf = (press: Press): string => press.subject ?? '';
const which = (press: Press): { id: string; version: number | undefined } => ({
  id: idOf(press),
  version: press.version,
});

/** In the team's place the card follows for everybody; a copy of one's own becomes what it is now. */
const follows = async (ask: Ask, huddle: string): Promise<Reply> =>
  ask.place.kind === 'direct' ? { kind: 'answer', replace: await drawOpenedHuddle(ask, huddle) } : nothing;

const moves =
  (step: Step) =>
  async (ask: Ask, press: Press): Promise<Reply> => {
    await moveOn(ask, which(press), step);
    return follows(ask, idOf(press));
  };

const joins =
  (remote: boolean) =>
  async (ask: Ask, press: Press): Promise<Reply> => {
    await joinHuddle(ask, idOf(press), remote);
    return follows(ask, idOf(press));
  };

/** The line of the agenda the button stood beside. */
const opens =
  (kind: string) =>
  async (ask: Ask, press: Press): Promise<Reply> => {
    const [huddle = '', item = ''] = idOf(press).split('/');
    return { kind: 'form', form: await ask.openForm(kind, { huddle, item }) };
  };

export const huddles: Feature = {
  noun: 'huddles',
  commands: [huddleCommand],
  cards: {
    [liveCardKind]: drawHuddle,
    [summaryCardKind]: drawHuddle,
    [reminderCardKind]: drawHuddle,
    [agendaCardKind]: (ask, team) => showHuddle(ask, team),
    [pastCardKind]: drawPast,
    [mineCardKind]: drawMine,
    [recommendationCardKind]: drawRecommendation,
    [mineNoteKind]: readMineNote,
    [recommendationNoteKind]: readRecommendationNote,
  },
  forms: {
    'huddles.decide': decideForm,
    'huddles.recommend': recommendForm,
    'huddles.decline': declineForm,
    'huddles.request': requestForm,
  },
  buttons: {
    'huddles.show': async (ask, press) => answer(await showHuddle(ask, press.subject ?? ask.actor.team)),
    'huddles.list': async (ask, press) => answer(await drawPast(ask, idOf(press))),
    'huddles.open': async (ask, press) => answer(await openHuddleCard(ask, idOf(press))),
    async 'huddles.start'(ask, press) {
      const id = await startNow(ask, press.subject ?? ask.actor.team);
      return ask.place.kind === 'direct' ? { kind: 'answer', replace: await openHuddleCard(ask, id) } : nothing;
    },
    'huddles.next': moves('next'),
    'huddles.back': moves('back'),
    'huddles.next-week': moves('next-week'),
    'huddles.here': joins(false),
    'huddles.remote': joins(true),
    'huddles.recommend': opens('huddles.recommend'),
    'huddles.decide': opens('huddles.decide'),
    async 'huddles.end'(ask, press) {
      await endNow(ask, which(press));
      return follows(ask, idOf(press));
    },
    'huddles.decision': async (ask, press) => answer(await drawDecision(ask, idOf(press))),
    'huddles.recommendation': async (ask, press) => answer(await openRecommendation(ask, idOf(press))),
    'huddles.read-recommendation': async (ask, press) => answer(await readRecommendationNote(ask, idOf(press))),
    'huddles.read-mine': async (ask, press) => answer(await readMineNote(ask, idOf(press))),
    async 'huddles.accept'(ask, press) {
      await answerRecommendation(ask, which(press), { state: 'accepted' });
      return { kind: 'answer', replace: await drawRecommendation(ask, idOf(press)) };
    },
    'huddles.decline': async (ask, press) => ({
      kind: 'form',
      form: await ask.openForm('huddles.decline', { recommendation: idOf(press), version: press.version }),
    }),
    'huddles.request': async (ask, press) => ({
      kind: 'form',
      form: await ask.openForm('huddles.request', { client: idOf(press) }),
    }),
    async 'huddles.withdraw'(ask, press) {
      const client = await withdrawDiscussion(ask, idOf(press));
      return answer(sentenceCard(`Taken back: ${client.code} stands on no agenda by request.`));
    },
  },
  contributes: { 'client-card': contributeToClient },
  agenda: addRequests,
  due: listDueAnswers,
  on: { 'person.left': handOverAnswers },
  schedules: {
    'huddle-weekly': (ask, turn) => planTurn(ask, 'weekly', turn),
    'huddle-standup': (ask, turn) => planTurn(ask, 'standup', turn),
    'huddle-monthly': (ask, turn) => planTurn(ask, 'monthly', turn),
  },
  timers: { [remindTimer]: remindWhenDue, [openTimer]: beginWhenDue, [endTimer]: endWhenDue },
  exports: { huddles: async (tx, range) => (await exportHuddles(tx, range)).map((row) => ({ ...row })) },
};
