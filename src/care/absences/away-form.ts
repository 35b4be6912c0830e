import { readWords } from '../../feature/fields.ts';
import { allows } from '../../access/policy.ts';
import { findColleague } from '../../access/records.ts';
import type { FormHandler } from '../../feature/feature.ts';
import { addDaysToDate } from '../../calendar/local-dates.ts';
import { localDate } from '../../calendar/zones.ts';
import { answer } from '../../chat/reply.ts';
import { drawStatus } from './draw-absence.ts';
import { setAbsence } from './set-absence.ts';

/** From when to when; a supervisor may say it for a colleague. */
export const awayForm: FormHandler = {
  async draw(work, context) {
    const tomorrow = addDaysToDate(localDate(work.now, work.actor.zone), 1);
    const from = readWords(context, 'from') ?? tomorrow;
    const who = readWords(context, 'person');
    const colleague = who === undefined ? undefined : await findColleague(work.tx, who);
    return {
      title: 'Plan an absence',
      submit: 'Plan',
      intro: ['Nothing moves before the first day. Then what cannot wait goes to a colleague, the rest waits for you.'],
      fields: [
        { name: 'from', kind: 'date', label: 'First day away', required: true, initial: from },
        { name: 'to', kind: 'date', label: 'Last day away', required: true, initial: readWords(context, 'to') ?? from },
        ...(allows(work.actor, 'absence.set-for-others', 'organisation')
          ? [
              {
                name: 'person',
                kind: 'person' as const,
                label: 'Who, when it is not you',
                hint: 'Type two letters of the name',
                ...(colleague === undefined ? {} : { initial: { value: colleague.id, label: colleague.name } }),
              },
            ]
          : []),
      ],
    };
  },
  async submit(work, values) {
    const wish = { from: readWords(values, 'from'), to: readWords(values, 'to'), person: readWords(values, 'person') };
    const absence = await setAbsence(work, { kind: 'away', ...wish });
    return answer(await drawStatus(work, absence.id));
  },
};
