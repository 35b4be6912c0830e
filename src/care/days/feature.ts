import type { Feature } from '../../chat/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { answer } from '../../chat/reply.ts';
import '../contacts/events.ts';
import { endCardKind } from './cards.ts';
import { copyNotes, drawEnd, makeEndOfDay, markNotes, refreshDay } from './end-day.ts';
import { findEntryDay } from './records.ts';

export const days: Feature = {
  noun: 'days',
  cards: { [endCardKind]: drawEnd },
  buttons: {
    'days.copy-all': async (ask, press) => answer(await copyNotes(ask, press.subject ?? '')),
    'days.mark-charted': async (ask, press) => ({
      kind: 'answer',
      replace: await markNotes(ask, press.subject ?? ''),
    }),
  },
  schedules: { 'end-of-day-person': makeEndOfDay },
  on: {
    /** The line follows what is still done, undone or amended that evening. */
    'contact.logged': (ask, { occurredOn }) => refreshDay(ask, ask.actor.person, occurredOn),
    'contact.updated': (ask, { by, occurredOn }) => refreshDay(ask, by, occurredOn),
    async 'contact.retracted'(ask, { contact }) {
      const entry = await findEntryDay(ask.tx, contact);
      if (entry !== undefined) await refreshDay(ask, entry.person, entry.date);
    },
    async 'due.changed'(ask, { people }) {
      const today = localDate(ask.now, ask.actor.zone);
      for (const person of people) await refreshDay(ask, person, today);
    },
  },
};
