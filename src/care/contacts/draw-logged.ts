import type { Card } from '../../chat/card.ts';
import type { Ask } from '../../chat/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { findAllowedClient, requireAllowed } from '../clients/find-allowed-client.ts';
import { nextOf } from '../follow-ups/list-next.ts';
import { loggedCard, undoneCard, type LoggedView } from './cards.ts';
import { unknownEntry } from './correct-contact.ts';
import { beginLog, type ContactToLog, type Logged } from './log-contact.ts';
import { findContact, type Contact } from './records.ts';

/** What a confirmation shows, read anew: a card is a projection of its entry. */
async function viewEntry(ask: Ask, id: string, said: string): Promise<LoggedView & { contact: Contact }> {
  const contact = await findContact(ask.tx, id);
  if (contact === undefined) throw unknownEntry();
  const client = await findAllowedClient(ask, 'client.see', { id: contact.client });
  return { contact, client, next: await nextOf(ask, client.id), today: localDate(ask.now, client.zone), said };
}

/** The confirmation of an entry, or that it was taken back. */
export async function drawLogged(ask: Ask, id: string, said: string): Promise<Card> {
  const view = await viewEntry(ask, id, said);
  return view.contact.state === 'recorded'
    ? loggedCard(view, ask.privacy)
    : undoneCard(view.client, view.contact, ask.privacy);
}

/** The same for what was logged just now, from what is known of it. */
export async function viewLogged(ask: Ask, logged: Logged): Promise<LoggedView> {
  const client = requireAllowed(ask, 'client.see', logged.client);
  const next = await nextOf(ask, client.id);
  return { contact: logged.entry, client, next, today: localDate(ask.now, client.zone), said: 'Logged' };
}

/** Logs it and confirms it: the day that was planned is read while others still do what follows from it. */
export async function logAndConfirm(ask: Ask, given: ContactToLog): Promise<Card> {
  const { logged, followed } = await beginLog(ask, given);
  const [card] = await Promise.all([confirmLogged(ask, logged), followed]);
  return card;
}

export async function confirmLogged(ask: Ask, logged: Logged): Promise<Card> {
  return loggedCard(await viewLogged(ask, logged), ask.privacy);
}
