import { isSelf, requirePerson } from '../../access/actor.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work, FormHandler } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { Refusal } from '../../chat/refusal.ts';
import { answer, type Reply } from '../../chat/reply.ts';
import { sentenceCard } from '../../chat/sentence-card.ts';
import { formatDays, nameOfAction, weekCardKind } from './cards.ts';
import { saveReview } from './records.ts';
import { reviewActionLabels, reviewActionSchema, type ReviewAction } from './rules.ts';
import { mayReview, viewWeek, type ViewedWeek } from './view-week.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** One review a week: the second person is told who was first, and what they chose. */
function requireOpen(work: Work, { stored, team }: ViewedWeek): void {
  if (!mayReview(work)) {
    throw new Refusal('not-allowed', 'Supervisors review the week, so nothing was marked.', { denial: true });
  }
  const { review } = stored;
  if (review === undefined) return;
  const today = localDate(work.now, team.zone);
  const day = formatDay(localDate(review.at, team.zone), today);
  const who = isSelf(work.actor, review.by) ? 'You' : review.byName;
  throw new Refusal('already-done', `${who} reviewed this week on ${day}: ${nameOfAction(review.action)}.`);
}

/** Marks a week as reviewed with what will be done; the figures are kept as they were seen. */
async function reviewWeek(work: Work, subject: string, action: ReviewAction, words: string): Promise<Reply> {
  const viewed = await viewWeek(work, subject, true);
  requireOpen(work, viewed);
  const { team, week, figures } = viewed;
  const saved = await saveReview(work.tx, {
    team: team.id,
    week,
    by: requirePerson(work.actor).person,
    at: work.now,
    action,
    words: words === '' ? undefined : words,
    figures,
  });
  if (!saved) throw new Refusal('changed-meanwhile', 'Somebody was first. Please open the week again.');
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'week.review',
    subjectKind: 'week',
    subjectId: subject,
    detail: { action },
    at: work.now,
  });
  await work.refresh(weekCardKind, subject);
  const { from, to } = viewed.period;
  const days = formatDays(from, to, localDate(work.now, team.zone));
  return answer(sentenceCard(`Reviewed: ${team.name}, ${days}. The figures are kept as they stand now.`));
}

export const reviewForm: FormHandler = {
  async draw(work, context) {
    const viewed = await viewWeek(work, textOf(context['week']));
    requireOpen(work, viewed);
    const { team, period } = viewed;
    const days = formatDays(period.from, period.to, localDate(work.now, team.zone));
    return {
      title: 'Mark reviewed',
      submit: 'Mark reviewed',
      intro: [`${team.name}, ${days}. The figures are kept as they stand now.`],
      fields: [
        {
          name: 'action',
          kind: 'one-of',
          label: 'What will be done',
          required: true,
          options: reviewActionSchema.options.map((value) => ({ value, label: reviewActionLabels[value] })),
        },
        {
          name: 'words',
          kind: 'long-text',
          label: 'In your words',
          hint: 'Kept encrypted. No names of clients: codes are enough.',
          maxLength: 1_000,
        },
      ],
    };
  },
  async submit(work, values, context) {
    const action = reviewActionSchema.safeParse(values['action']);
    if (!action.success) {
      const fields = { action: 'Please choose what will be done.' };
      throw new Refusal('missing', 'Please choose what will be done.', { fields });
    }
    return reviewWeek(work, textOf(context['week']), action.data, textOf(values['words']));
  },
};
