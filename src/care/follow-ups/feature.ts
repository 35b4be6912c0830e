import { requirePerson } from '../../access/actor.ts';
import type { Card } from '../../chat/card.ts';
import { opens } from '../../feature/opens.ts';
import { careRoles } from '../../access/roles.ts';
import { command, type Work, type Feature, type Press } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { Refusal } from '../../chat/refusal.ts';
import { answer } from '../../chat/reply.ts';
import type { Client } from '../clients/find-allowed-client.ts';
import { changedCard, homeCard, homeCardKind, moreCard, nextCard, nextCardKind, startHere } from './cards.ts';
import { completeForm, reassignForm, replanForm, snoozeForm } from './change-forms.ts';
import { completeFollowUp, findChangeable } from './change-follow-up.ts';
import { followCoordinator, inheritFollowUps } from './hand-over-follow-ups.ts';
import { listDue } from './list-due.ts';
import { nextOf, viewNext } from './list-next.ts';
import { planAfterContact, restoreAfterRetraction } from './plan-next.ts';
import { describeTask, isContact } from './rules.ts';

const nextCommand = command({
  name: 'next',
  aliases: ['todo', 'today'],
  summary: 'What waits on you, ordered for acting now',
  arguments: {},
  examples: ['next'],
  roles: careRoles,
  prominence: 'first',
  aboutClient: false,
  run: async (work) => answer(nextCard(await viewNext(work), work.privacy)),
});

/** A page of the list, as the card's subject names it. */
const readPage = (subject: string): number => (/^\d{1,4}$/.test(subject) ? Number(subject) : 0);

/** One tap: what was to be done is done. A contact is never done so, because it is logged. */
async function finishTask(work: Work, press: Press): Promise<{ client: Client; said: string }> {
  const which = { id: press.subject ?? '', version: press.version };
  const { followUp } = await findChangeable(work, which, 'complete');
  if (isContact(followUp)) throw new Refusal('invalid-value', 'A contact is done by logging it.');
  const { client } = await completeFollowUp(work, which, 'done');
  return { client, said: `done: ${describeTask(followUp)}` };
}

async function drawMore(work: Work, id: string): Promise<Card> {
  const { followUp, client } = await findChangeable(work, { id }, 'fulfil');
  return moreCard(followUp, client, localDate(work.now, work.actor.zone), work.privacy);
}

export const followUps: Feature = {
  noun: 'follow-ups',
  commands: [nextCommand],
  forms: {
    'follow-ups.snooze': snoozeForm,
    'follow-ups.replan': replanForm,
    'follow-ups.complete': completeForm,
    'follow-ups.reassign': reassignForm,
  },
  answers: { 'follow-ups.more': drawMore },
  cards: {
    [nextCardKind]: async (work, subject) => nextCard(await viewNext(work, { page: readPage(subject) }), work.privacy),
    [homeCardKind]: async (work) =>
      homeCard(
        await viewNext(work, { size: startHere, forNow: false }),
        work.privacy,
        await work.gather('home', requirePerson(work.actor).person),
      ),
  },
  on: {
    'contact.logged': planAfterContact,
    'contact.retracted': restoreAfterRetraction,
    'person.left': inheritFollowUps,
    'coordinator.changed': followCoordinator,
  },
  due: listDue,
  contributes: {
    async 'client-card'(work, client) {
      const next = (await nextOf(work, client))?.dueOn;
      const today = localDate(work.now, work.actor.zone);
      return { facts: [{ label: 'Next', value: next === undefined ? 'nothing planned' : formatDay(next, today) }] };
    },
  },
  buttons: {
    'follow-ups.all': async (work) => ({ kind: 'answer', replace: nextCard(await viewNext(work), work.privacy) }),
    'follow-ups.more': async (work, press) => answer(await drawMore(work, press.subject ?? '')),
    async 'follow-ups.done'(work, press) {
      await finishTask(work, press);
      return { kind: 'answer', replace: nextCard(await viewNext(work), work.privacy) };
    },
    /** The same from a card that follows by itself. */
    async 'follow-ups.done-aside'(work, press) {
      const { client, said } = await finishTask(work, press);
      return answer(changedCard(client, said, work.privacy));
    },
    'follow-ups.snooze': opens('follow-ups.snooze', 'followUp'),
    'follow-ups.replan': opens('follow-ups.replan', 'followUp'),
    'follow-ups.complete': opens('follow-ups.complete', 'followUp'),
    'follow-ups.reassign': opens('follow-ups.reassign', 'followUp'),
  },
};
