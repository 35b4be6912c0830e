import type { FormHandler } from '../../chat/feature.ts';
import { answer } from '../../chat/reply.ts';
import { sentenceCard } from '../../chat/sentence-card.ts';
import { findPlannedTeam, scheduleTeam } from './choose-digest.ts';
import { findTeamTime } from './records.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A supervisor sets when a team's digest comes. */
export const scheduleForm: FormHandler = {
  async draw(ask, context) {
    const team = await findPlannedTeam(ask, text(context['team']));
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
          initial: (await findTeamTime(ask.tx, team.id)) ?? '08:30',
        },
      ],
    };
  },
  async submit(ask, values, context) {
    const at = text(values['at']);
    const team = await scheduleTeam(ask, text(context['team']), at);
    return answer(sentenceCard(`Saved: the digest of ${team.name} comes at ${at} on its working days.`));
  },
};
