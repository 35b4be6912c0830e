import { readId, readWords } from '../../feature/fields.ts';
import type { FormHandler } from '../../feature/feature.ts';
import { answer } from '../../chat/reply.ts';
import { sentenceCard } from '../../chat/sentence-card.ts';
import { findPlannedTeam, scheduleTeam } from './choose-digest.ts';
import { findTeamPlan } from './records.ts';
import { digestPlaces, type DigestPlace } from './rules.ts';

const placeWords: Readonly<Record<DigestPlace, { readonly option: string; readonly saved: string }>> = {
  channel: { option: 'In the channel', saved: '' },
  thread: { option: 'Counts in the channel, the list in a thread', saved: ', its list in a thread' },
};

/** A supervisor sets when a team's digest comes, and where it stands. */
export const scheduleForm: FormHandler = {
  async draw(work, context) {
    const team = await findPlannedTeam(work, readId(context, 'team'));
    const plan = await findTeamPlan(work.tx, team.id);
    return {
      title: 'Daily digest',
      submit: 'Save',
      intro: [
        `${team.name}, on its working days. Each person’s own comes at the same hour where they live, unless they chose another.`,
      ],
      fields: [
        {
          name: 'at',
          kind: 'time',
          label: 'When',
          hint: 'Between 05:00 and 12:00',
          required: true,
          initial: plan.at ?? '08:30',
        },
        {
          name: 'in',
          kind: 'one-of',
          label: 'Where',
          hint: 'For the team’s own; personal digests are direct messages.',
          required: true,
          options: digestPlaces.map((place) => ({ value: place, label: placeWords[place].option })),
          initial: plan.in,
        },
      ],
    };
  },
  async submit(work, values, context) {
    const at = readWords(values, 'at') ?? '';
    const where = digestPlaces.find((place) => place === values['in']) ?? 'channel';
    const team = await scheduleTeam(work, readId(context, 'team'), { at, in: where });
    return answer(
      sentenceCard(`Saved: the digest of ${team.name} comes at ${at} on its working days${placeWords[where].saved}.`),
    );
  },
};
