import { requirePerson } from '../../access/actor.ts';
import type { Feature } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { answer } from '../../chat/reply.ts';
import '../contacts/events.ts';
import { endCardKind } from './cards.ts';
import { copyNotes, drawEnd, markNotes, refreshDay } from './end-day.ts';
import { findEntryDay } from './records.ts';
import { daySettings, endOfDay } from './schedules.ts';

export const days: Feature = {
  noun: 'days',
  settings: daySettings,
  answers: {
    'days.notes': copyNotes,
  },
  cards: { [endCardKind]: drawEnd },
  buttons: {
    'days.copy-all': async (work, press) => answer(await copyNotes(work, press.subject ?? '')),
    'days.mark-charted': async (work, press) => ({
      kind: 'answer',
      replace: await markNotes(work, press.subject ?? ''),
    }),
  },
  schedules: { 'end-of-day-person': endOfDay },
  on: {
    /** The line follows what is still done, undone or amended that evening. */
    'contact.logged': (work, { occurredOn }) => refreshDay(work, requirePerson(work.actor).person, occurredOn),
    'contact.updated': (work, { by, occurredOn }) => refreshDay(work, by, occurredOn),
    async 'contact.retracted'(work, { contact }) {
      const entry = await findEntryDay(work.tx, contact);
      if (entry !== undefined) await refreshDay(work, entry.person, entry.date);
    },
    async 'due.changed'(work, { people }) {
      const today = localDate(work.now, work.actor.zone);
      for (const person of people) await refreshDay(work, person, today);
    },
  },
};
