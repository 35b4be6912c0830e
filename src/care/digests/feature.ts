import { requirePerson } from '../../access/actor.ts';
import { careRoles } from '../../access/roles.ts';
import { recordEvent } from '../../audit/record-event.ts';
import { oneOfKind, prefixedKind } from '../../chat/argument-kinds.ts';
import type { Card } from '../../chat/card.ts';
import { command, type Work, type Feature, type Press } from '../../feature/feature.ts';
import { answer, type Reply } from '../../chat/reply.ts';
import { sentenceCard } from '../../chat/sentence-card.ts';
import { viewUse } from '../deliveries/view-use.ts';
import {
  aboutCard,
  personCardKind,
  personListKind,
  previewKind,
  teamCardKind,
  teamLineKind,
  teamListKind,
} from './cards.ts';
import { chooseStyle, chooseTime } from './choose-digest.ts';
import { drawPersonal, drawPersonalList, drawPreview, drawTeam, drawTeamLine, drawTeamList } from './draw-digest.ts';
import { makeDigestNow } from './make-digest.ts';
import { digestTimeKind, usualTime } from './read-time.ts';
import { findDigestChoices, findDigestTime } from './records.ts';
import { digestStyles, type DigestStyle } from './rules.ts';
import { scheduleForm } from './schedule-form.ts';
import { digestSchedules, digestSettings, personSchedule } from './schedules.ts';

/** A list somebody opened: one access record a view. It comes beside the digest, which stays and follows by itself. */
async function open(work: Work, subjectKind: 'person' | 'team', subjectId: string, card: Card): Promise<Reply> {
  await recordEvent(work.tx, { actor: work.actor, verb: 'digest.see', subjectKind, subjectId, at: work.now });
  return answer(card);
}

async function sendNow(work: Work): Promise<Reply> {
  await makeDigestNow(work);
  return answer(sentenceCard('Sent: your digest is on its way to your direct messages.'));
}

const preview = async (work: Work): Promise<Reply> =>
  open(work, 'person', requirePerson(work.actor).person, await drawPreview(work));

async function drawAbout(work: Work): Promise<Card> {
  const { person } = requirePerson(work.actor);
  const { at } = await findDigestChoices(work.tx, person);
  return aboutCard(await findDigestTime(work.tx, person), at !== undefined);
}
const say = async (work: Work): Promise<Reply> => answer(await drawAbout(work));

const styleWords: Readonly<Record<DigestStyle, string>> = {
  condensed: 'Saved: your digest shows the counts and where to start.',
  detailed: 'Saved: your digest shows up to five to start with.',
};

const digestCommand = command({
  name: 'digest',
  summary: 'What needs you today, in your direct messages: when it comes and how long it is, or now',
  arguments: {
    when: {
      kind: oneOfKind('when', ['now', 'preview', ...digestStyles, 'schedule', 'use'], {
        short: 'condensed',
        long: 'detailed',
      }),
      hint: 'now, preview, condensed, detailed; schedule for a team; use: what is acted on',
      optional: true,
    },
    at: { kind: digestTimeKind, after: ['at'], hint: 'your own hour, 08:00; usual for your team’s', optional: true },
    team: { kind: prefixedKind('team', 'team'), hint: 'team:west, with schedule', optional: true },
  },
  examples: [
    'digest now',
    'digest',
    'digest preview',
    'digest at 08:00',
    'digest condensed',
    'digest schedule team:west',
  ],
  roles: careRoles,
  prominence: 'more',
  aboutClient: false,
  async run(work, { when, at, team = work.actor.team }) {
    if (when === 'schedule') return { kind: 'form', form: await work.openForm('digests.schedule', { team }) };
    if (at !== undefined) await chooseTime(work, at === usualTime ? undefined : at);
    if (when === undefined) return say(work);
    if (when === 'now') return sendNow(work);
    if (when === 'use') return answer(await viewUse(work));
    if (when === 'preview') return preview(work);
    await chooseStyle(work, when);
    return answer(sentenceCard(styleWords[when]));
  },
});

/** The pressed digest changes at once; other copies follow. */
const changes =
  (style: DigestStyle) =>
  async (work: Work, press: Press): Promise<Reply> => {
    await chooseStyle(work, style);
    return { kind: 'answer', replace: await drawPersonal(work, press.subject ?? requirePerson(work.actor).person) };
  };

export const digests: Feature = {
  noun: 'digests',
  settings: digestSettings,
  commands: [digestCommand],
  forms: { 'digests.schedule': scheduleForm },
  answers: {
    'digests.about': drawAbout,
  },
  houseCards: { digest: { kind: personCardKind, schedule: personSchedule } },
  cardTraits: { [personCardKind]: { unfolded: true } },
  cards: {
    [personCardKind]: drawPersonal,
    [previewKind]: drawPreview,
    [personListKind]: drawPersonalList,
    [teamCardKind]: drawTeam,
    [teamLineKind]: drawTeamLine,
    [teamListKind]: drawTeamList,
  },
  buttons: {
    'digests.now': sendNow,
    'digests.preview': preview,
    'digests.condensed': changes('condensed'),
    'digests.detailed': changes('detailed'),
    'digests.all': async (work) => {
      const { person } = requirePerson(work.actor);
      return open(work, 'person', person, await drawPersonalList(work, person));
    },
    async 'digests.team-all'(work, press) {
      const team = press.subject ?? '';
      return open(work, 'team', team, await drawTeamList(work, team));
    },
  },
  schedules: digestSchedules,
  on: {
    /** Rows of what is done go from every copy. */
    async 'due.changed'(work, { team, people }) {
      for (const person of new Set(people)) await work.refresh(personCardKind, person);
      for (const kind of [teamCardKind, teamLineKind]) await work.refresh(kind, team);
    },
  },
};
