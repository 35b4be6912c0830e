import { readId, readWords } from '../../feature/fields.ts';
import { listTeams } from '../../access/records.ts';
import type { Work, FormHandler } from '../../feature/feature.ts';
import { atLocalTime, localDate } from '../../calendar/zones.ts';
import { Refusal } from '../../chat/refusal.ts';
import { answer } from '../../chat/reply.ts';
import { sentenceCard } from '../../chat/sentence-card.ts';
import { askCover, listOwnShifts } from './ask-cover.ts';
import { formatSpan } from './cards.ts';
import { planShift, requirePlanner } from './plan-shift.ts';
import { findDutyTeam, type DutyTeam } from './records.ts';
import { drawRota } from './show-rota.ts';

async function teamOf(work: Work, context: Readonly<Record<string, unknown>>): Promise<DutyTeam> {
  const team = await findDutyTeam(work.tx, readId(context, 'team') || work.actor.team);
  if (team === undefined) throw new Refusal('invalid-value', 'I do not know a team of that name here.');
  return team;
}

/** A supervisor plans somebody over the pattern. Times are the team's. */
export const planForm: FormHandler = {
  async draw(work, context) {
    requirePlanner(work);
    const team = await teamOf(work, context);
    const today = localDate(work.now, team.zone);
    const city = team.zone.split('/').at(-1)?.replaceAll('_', ' ') ?? team.zone;
    const teams = await listTeams(work.tx);
    return {
      title: 'Plan the duty',
      submit: 'Plan',
      intro: [`Times are those of ${city}. What you plan lies above the weekly pattern.`],
      fields: [
        {
          name: 'team',
          kind: 'one-of',
          label: 'Team',
          required: true,
          options: teams.map(({ id, name }) => ({ value: id, label: name.slice(0, 75) })),
          initial: team.id,
        },
        { name: 'person', kind: 'person', label: 'Who', hint: 'Type two letters of the name', required: true },
        { name: 'from-date', kind: 'date', label: 'From', required: true, initial: today },
        { name: 'from-time', kind: 'time', label: 'From what time', required: true, initial: '18:00' },
        { name: 'until-date', kind: 'date', label: 'Until', required: true, initial: today },
        { name: 'until-time', kind: 'time', label: 'Until what time', required: true, initial: '22:00' },
      ],
    };
  },
  async submit(work, values) {
    const team = await teamOf(work, { team: values['team'] });
    const moment = (edge: string): Date =>
      atLocalTime(readWords(values, `${edge}-date`) ?? '', readWords(values, `${edge}-time`) ?? '', team.zone);
    await planShift(work, {
      team: team.id,
      person: readId(values, 'person'),
      startsAt: moment('from'),
      endsAt: moment('until'),
    });
    return answer(await drawRota(work, team.id));
  },
};

/** Somebody asks for cover of one of their own shifts. */
export const coverForm: FormHandler = {
  async draw(work, context) {
    const team = await teamOf(work, context);
    const shifts = (await listOwnShifts(work, team.id)).slice(0, 100);
    const [first] = shifts;
    if (first === undefined) {
      throw new Refusal(
        'missing',
        `You have no duty in ${team.name} in the coming weeks, so there is nothing to cover.`,
      );
    }
    const reader = { now: work.now, zone: team.zone };
    return {
      title: 'Ask for cover',
      submit: 'Ask',
      intro: ['It is asked in the team’s channel. The first who takes it has it; until then it is yours.'],
      fields: [
        {
          name: 'shift',
          kind: 'one-of',
          label: 'Which shift',
          required: true,
          options: shifts.map((shift) => ({
            value: shift.startsAt.toISOString(),
            label: formatSpan(shift, reader).slice(0, 75),
          })),
          initial: first.startsAt.toISOString(),
        },
      ],
    };
  },
  async submit(work, values, context) {
    const team = await teamOf(work, context);
    const cover = await askCover(work, team.id, readId(values, 'shift'));
    const when = formatSpan(cover, { now: work.now, zone: team.zone });
    return answer(sentenceCard(`Asked: cover for ${when}. Until somebody takes it, the duty is yours.`));
  },
};
