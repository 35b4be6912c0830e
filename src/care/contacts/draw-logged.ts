import type { Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { findAllowedClient, requireAllowed } from '../clients/find-allowed-client.ts';
import { nextOf } from '../follow-ups/list-next.ts';
import { loggedCard, undoneCard, type LoggedView } from './cards.ts';
import { unknownEntry } from './correct-contact.ts';
import { beginLog, type ContactToLog, type Logged } from './log-contact.ts';
import { findContact, type Contact } from './records.ts';

/** What a confirmation shows, read anew: a card is a projection of its entry. */
async function viewEntry(work: Work, id: string, said: string): Promise<LoggedView & { contact: Contact }> {
  const contact = await findContact(work.tx, id);
  if (contact === undefined) throw unknownEntry();
  const client = await findAllowedClient(work, 'client.see', { id: contact.client });
  return { contact, client, next: await nextOf(work, client.id), today: localDate(work.now, client.zone), said };
}

/** The confirmation of an entry, or that it was taken back. */
export async function drawLogged(work: Work, id: string, said: string): Promise<Card> {
  const view = await viewEntry(work, id, said);
  return view.contact.state === 'recorded'
    ? loggedCard(view, work.privacy)
    : undoneCard(view.client, view.contact, work.privacy);
}

/** The same for what was logged just now, from what is known of it. */
export async function viewLogged(work: Work, logged: Logged): Promise<LoggedView> {
  const client = requireAllowed(work, 'client.see', logged.client);
  const next = await nextOf(work, client.id);
  return { contact: logged.entry, client, next, today: localDate(work.now, client.zone), said: 'Logged' };
}

/** Logs it and confirms it: the day that was planned is read while others still do what follows from it. */
export async function logAndConfirm(work: Work, given: ContactToLog): Promise<Card> {
  const { logged, followed } = await beginLog(work, given);
  const [card] = await Promise.all([confirmLogged(work, logged), followed]);
  return card;
}

export async function confirmLogged(work: Work, logged: Logged): Promise<Card> {
  return loggedCard(await viewLogged(work, logged), work.privacy);
}
