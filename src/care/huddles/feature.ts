import { exportOf } from '../../feature/exports.ts';
import { careRoles } from '../../access/roles.ts';
import { oneOfKind, prefixedKind } from '../../chat/argument-kinds.ts';
import { command, type Work, type Feature, type Press } from '../../feature/feature.ts';
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
import { endTimer, openTimer, remindTimer, remindWhenDue } from './plan-turn.ts';
import { drawRecommendation, openRecommendation, readRecommendationNote } from './recommendation-card.ts';
import { addRequests, contributeToClient, withdrawDiscussion } from './request-discussion.ts';
import { rhythmSchema } from './rules.ts';
import { skipNext } from './skip-huddle.ts';
import { beginWhenDue, startNow } from './start-huddle.ts';
import { discussionReasonLabels } from './huddle-words.ts';
import { huddleSchedules } from './schedules.ts';
import { huddleSettings } from './settings.ts';

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
  async run(work, { what, rhythm, team = work.actor.team }) {
    switch (what) {
      case 'start':
        return answer(await openHuddleCard(work, await startNow(work, team, rhythm)));
      case 'skip':
        return answer(await drawHuddle(work, await skipNext(work, team, rhythm)));
      case 'list':
        return answer(await drawPast(work, team));
      default:
        return answer(await showHuddle(work, team, rhythm));
    }
  },
});

const idOf = (press: Press): string => press.subject ?? '';
const which = (press: Press): { id: string; version: number | undefined } => ({
  id: idOf(press),
  version: press.version,
});

/** In the team's place the card follows for everybody; a copy of one's own becomes what it is now. */
const follows = async (work: Work, huddle: string): Promise<Reply> =>
  work.place.kind === 'direct' ? { kind: 'answer', replace: await drawOpenedHuddle(work, huddle) } : nothing;

const moves =
  (step: Step) =>
  async (work: Work, press: Press): Promise<Reply> => {
    await moveOn(work, which(press), step);
    return follows(work, idOf(press));
  };

const joins =
  (remote: boolean) =>
  async (work: Work, press: Press): Promise<Reply> => {
    await joinHuddle(work, idOf(press), remote);
    return follows(work, idOf(press));
  };

/** The line of the agenda the button stood beside. */
const opens =
  (kind: string) =>
  async (work: Work, press: Press): Promise<Reply> => {
    const [huddle = '', item = ''] = idOf(press).split('/');
    return { kind: 'form', form: await work.openForm(kind, { huddle, item }) };
  };

export const huddles: Feature = {
  noun: 'huddles',
  settings: huddleSettings,
  commands: [huddleCommand],
  answers: {
    'huddles.decision': drawDecision,
  },
  cards: {
    [liveCardKind]: drawHuddle,
    [summaryCardKind]: drawHuddle,
    [reminderCardKind]: drawHuddle,
    [agendaCardKind]: (work, team) => showHuddle(work, team),
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
    'huddles.show': async (work, press) => answer(await showHuddle(work, press.subject ?? work.actor.team)),
    'huddles.list': async (work, press) => answer(await drawPast(work, idOf(press))),
    'huddles.open': async (work, press) => answer(await openHuddleCard(work, idOf(press))),
    async 'huddles.start'(work, press) {
      const id = await startNow(work, press.subject ?? work.actor.team);
      return work.place.kind === 'direct' ? { kind: 'answer', replace: await openHuddleCard(work, id) } : nothing;
    },
    'huddles.next': moves('next'),
    'huddles.back': moves('back'),
    'huddles.next-week': moves('next-week'),
    'huddles.here': joins(false),
    'huddles.remote': joins(true),
    'huddles.recommend': opens('huddles.recommend'),
    'huddles.decide': opens('huddles.decide'),
    async 'huddles.end'(work, press) {
      await endNow(work, which(press));
      return follows(work, idOf(press));
    },
    'huddles.decision': async (work, press) => answer(await drawDecision(work, idOf(press))),
    'huddles.recommendation': async (work, press) => answer(await openRecommendation(work, idOf(press))),
    'huddles.read-recommendation': async (work, press) => answer(await readRecommendationNote(work, idOf(press))),
    'huddles.read-mine': async (work, press) => answer(await readMineNote(work, idOf(press))),
    async 'huddles.accept'(work, press) {
      await answerRecommendation(work, which(press), { state: 'accepted' });
      return { kind: 'answer', replace: await drawRecommendation(work, idOf(press)) };
    },
    'huddles.decline': async (work, press) => ({
      kind: 'form',
      form: await work.openForm('huddles.decline', { recommendation: idOf(press), version: press.version }),
    }),
    'huddles.request': async (work, press) => ({
      kind: 'form',
      form: await work.openForm('huddles.request', { client: idOf(press) }),
    }),
    async 'huddles.withdraw'(work, press) {
      const client = await withdrawDiscussion(work, idOf(press));
      return answer(sentenceCard(`Taken back: ${client.code} stands on no agenda by request.`));
    },
  },
  contributes: { 'client-card': contributeToClient },
  agenda: { list: addRequests, reasons: discussionReasonLabels },
  due: listDueAnswers,
  on: { 'person.left': handOverAnswers },
  schedules: huddleSchedules,
  timers: { [remindTimer]: remindWhenDue, [openTimer]: beginWhenDue, [endTimer]: endWhenDue },
  exports: {
    huddles: exportOf(
      { id: true, team: true, rhythm: true, startedAt: true, endedAt: true, attendees: true, items: true },
      exportHuddles,
    ),
  },
};
