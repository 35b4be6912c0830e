import { careRoles } from '../../access/roles.ts';
import { command, type Ask, type Feature, type Press } from '../../chat/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { Refusal } from '../../chat/refusal.ts';
import { answer, type Reply } from '../../chat/reply.ts';
import type { Client } from '../clients/find-allowed-client.ts';
import { changedCard, homeCard, homeCardKind, moreCard, nextCard, nextCardKind, startHere } from './cards.ts';
import { completeForm, reassignForm, replanForm, snoozeForm } from './change-forms.ts';
import { completeFollowUp, findChangeable } from './change-follow-up.ts';
import { followCoordinator, inheritFollowUps } from './hand-over-follow-ups.ts';
import { listDue, listDueFirst } from './list-due.ts';
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
  run: async (ask) => answer(nextCard(await viewNext(ask), ask.privacy)),
});

const opens =
  (kind: string) =>
  async (ask: Ask, press: Press): Promise<Reply> => ({
    kind: 'form',
    form: await ask.openForm(kind, { followUp: press.subject ?? '', version: press.version }),
  });

/** A page of the list, as the card's subject names it. */
const readPage = (subject: string): number => (/^\d{1,4}$/.test(subject) ? Number(subject) : 0);

/** One tap: what was to be done is done. A contact is never done so, because it is logged. */
async function finishTask(ask: Ask, press: Press): Promise<{ client: Client; said: string }> {
  const which = { id: press.subject ?? '', version: press.version };
  const { followUp } = await findChangeable(ask, which, 'complete');
  if (isContact(followUp)) throw new Refusal('invalid-value', 'A contact is done by logging it.');
  const { client } = await completeFollowUp(ask, which, 'done');
  return { client, said: `done: ${describeTask(followUp)}` };
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
  cards: {
    [nextCardKind]: async (ask, subject) => nextCard(await viewNext(ask, { page: readPage(subject) }), ask.privacy),
    [homeCardKind]: async (ask) =>
      homeCard(
        await viewNext(ask, { size: startHere, forNow: false }),
        ask.privacy,
        await ask.gather('home', ask.actor.person),
      ),
  },
  on: {
    'contact.logged': planAfterContact,
    'contact.retracted': restoreAfterRetraction,
    'person.left': inheritFollowUps,
    'coordinator.changed': followCoordinator,
  },
  due: listDue,
  dueFirst: listDueFirst,
  contributes: {
    async 'client-card'(ask, client) {
      const next = (await nextOf(ask, client))?.dueOn;
      const today = localDate(ask.now, ask.actor.zone);
      return { facts: [{ label: 'Next', value: next === undefined ? 'nothing planned' : formatDay(next, today) }] };
    },
  },
  buttons: {
    'follow-ups.all': async (ask) => ({ kind: 'answer', replace: nextCard(await viewNext(ask), ask.privacy) }),
    async 'follow-ups.more'(ask, press) {
      const { followUp, client } = await findChangeable(ask, { id: press.subject ?? '' }, 'fulfil');
      return answer(moreCard(followUp, client, localDate(ask.now, ask.actor.zone), ask.privacy));
    },
    async 'follow-ups.done'(ask, press) {
      await finishTask(ask, press);
      return { kind: 'answer', replace: nextCard(await viewNext(ask), ask.privacy) };
    },
    /** The same from a card that follows by itself. */
    async 'follow-ups.done-aside'(ask, press) {
      const { client, said } = await finishTask(ask, press);
      return answer(changedCard(client, said, ask.privacy));
    },
    'follow-ups.snooze': opens('follow-ups.snooze'),
    'follow-ups.replan': opens('follow-ups.replan'),
    'follow-ups.complete': opens('follow-ups.complete'),
    'follow-ups.reassign': opens('follow-ups.reassign'),
  },
};
