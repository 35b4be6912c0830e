import { isSelf } from '../../access/actor.ts';
import { readId, type Filled } from '../../feature/fields.ts';
import { keepPresent } from '../../access/find-away.ts';
import { listColleagues } from '../../access/records.ts';
import type { Work, FormHandler } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { addWorkingDays } from '../../calendar/working-time.ts';
import { Refusal } from '../../chat/refusal.ts';
import { answer } from '../../chat/reply.ts';
import { clientText } from '../clients/cards.ts';
import { changedCard } from './cards.ts';
import {
  completeFollowUp,
  findChangeable,
  laterToday,
  reassignFollowUp,
  replanFollowUp,
  snoozeFollowUp,
} from './change-follow-up.ts';
import {
  describeTask,
  doneReasonLabels,
  doneReasonSchema,
  isContact,
  snoozeReasonLabels,
  snoozeReasonSchema,
  type FollowUpAction,
} from './rules.ts';

const which = (context: Filled): { id: string; version: number | undefined } => ({
  id: readId(context, 'followUp'),
  version: typeof context['version'] === 'number' ? context['version'] : undefined,
});

const find = (work: Work, context: Filled, action: FollowUpAction): ReturnType<typeof findChangeable> =>
  findChangeable(work, which(context), action);

function introOf(work: Work, { client, followUp }: Awaited<ReturnType<typeof findChangeable>>): string {
  return `${clientText(client, work.privacy)}, due ${formatDay(followUp.dueOn, localDate(work.now, work.actor.zone))}.`;
}

export const snoozeForm: FormHandler = {
  async draw(work, context) {
    const found = await find(work, context, 'snooze');
    return {
      title: 'Snooze',
      submit: 'Snooze',
      intro: [introOf(work, found)],
      fields: [
        {
          name: 'until',
          kind: 'date',
          label: 'Until',
          required: true,
          initial: addWorkingDays(laterToday(work, found.client), 1, work.reading.isWorkingDay),
        },
        {
          name: 'reason',
          kind: 'one-of',
          label: 'Why',
          required: true,
          options: snoozeReasonSchema.options.map((value) => ({ value, label: snoozeReasonLabels[value] })),
        },
      ],
    };
  },
  async submit(work, values, context) {
    const until = String(values['until']);
    const { client } = await snoozeFollowUp(work, which(context), {
      until,
      reason: snoozeReasonSchema.parse(values['reason']),
    });
    const day = formatDay(until, localDate(work.now, work.actor.zone));
    return answer(changedCard(client, `snoozed until ${day}`, work.privacy));
  },
};

export const replanForm: FormHandler = {
  async draw(work, context) {
    const found = await find(work, context, 'replan');
    return {
      title: 'Next contact',
      submit: 'Change',
      intro: [introOf(work, found)],
      fields: [
        { name: 'until', kind: 'date', label: 'Next contact on', required: true, initial: found.followUp.dueOn },
      ],
    };
  },
  async submit(work, values, context) {
    const day = String(values['until']);
    const { client } = await replanFollowUp(work, which(context), day);
    const closed = work.reading.isWorkingDay(day) ? '' : ' Your team does not work that day.';
    const said = formatDay(day, localDate(work.now, work.actor.zone));
    return answer(changedCard(client, `next contact on ${said}.${closed}`, work.privacy));
  },
};

export const completeForm: FormHandler = {
  async draw(work, context) {
    const found = await find(work, context, 'complete');
    const contact = isContact(found.followUp);
    return {
      title: contact ? 'Done without a contact' : 'Not needed',
      submit: 'Done',
      intro: [
        introOf(work, found),
        contact ? 'Nothing further will be planned for this client until you do.' : `${describeTask(found.followUp)}.`,
      ],
      fields: [
        {
          name: 'reason',
          kind: 'one-of',
          label: 'Why',
          required: true,
          options: doneReasonSchema.options.map((value) => ({ value, label: doneReasonLabels[value] })),
        },
      ],
    };
  },
  async submit(work, values, context) {
    const { client } = await completeFollowUp(work, which(context), doneReasonSchema.parse(values['reason']));
    return answer(changedCard(client, 'the follow-up is done', work.privacy));
  },
};

export const reassignForm: FormHandler = {
  async draw(work, context) {
    const others = (await listColleagues(work.tx)).filter(
      (one) => one.team === work.actor.team && !isSelf(work.actor, one.id),
    );
    const colleagues = await keepPresent(work.tx, others, work.now);
    if (colleagues.length === 0) {
      throw new Refusal(
        'invalid-value',
        'Nobody else of your team is here to take it. Type refer for somebody outside it.',
      );
    }
    return {
      title: 'Hand a follow-up over',
      submit: 'Hand over',
      intro: [
        introOf(work, await find(work, context, 'reassign')),
        'You stay accountable for the client; only this follow-up moves.',
      ],
      fields: [
        {
          name: 'person',
          kind: 'one-of',
          label: 'To whom',
          required: true,
          options: colleagues.slice(0, 100).map((one) => ({ value: one.id, label: one.name.slice(0, 75) })),
        },
      ],
    };
  },
  async submit(work, values, context) {
    const { client, colleague } = await reassignFollowUp(work, which(context), String(values['person']));
    return answer(changedCard(client, `the follow-up is with ${colleague.name} now`, work.privacy));
  },
};
