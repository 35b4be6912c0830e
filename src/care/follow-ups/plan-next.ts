import { requirePerson } from '../../access/actor.ts';
import type { Work, Events } from '../../feature/feature.ts';
import { createReading } from '../../feature/create-reading.ts';
import { localDate } from '../../calendar/zones.ts';
import { addWorkingDays } from '../../calendar/working-time.ts';
import { addDaysToDate } from '../../calendar/local-dates.ts';
import { findClientsOf, type Client } from '../clients/find-allowed-client.ts';
import { replaceFollowUps, restoreFollowUps } from './records.ts';
import { proposeInterval } from './rules.ts';

/**
 * The day proposed for the next contact, in the team's calendar: by tier and whether the client was reached, moved to
 * the next working day when it falls on a day the team does not work.
 */
export function proposeNext(client: Client, reached: boolean, from: string): string {
  const { isWorkingDay } = createReading({ ...client, dateOrder: undefined }, from);
  const interval = proposeInterval(client.tier, reached);
  return interval.unit === 'working'
    ? addWorkingDays(from, interval.days, isWorkingDay)
    : addWorkingDays(addDaysToDate(from, interval.days), 0, isWorkingDay);
}

/**
 * A logged contact fulfils the client's open follow-up and plans the next one, for the client's coordinator, who stays
 * accountable whoever made the contact.
 */
export async function planAfterContact(work: Work, logged: Events['contact.logged']): Promise<void> {
  const { contact, client } = logged;
  const today = localDate(work.now, client.zone);
  const proposed = proposeNext(client, logged.reached, logged.occurredOn);
  // A contact written down late may propose a day that has passed: then the interval counts from today.
  const dueOn = logged.nextOn ?? (proposed < today ? proposeNext(client, logged.reached, today) : proposed);
  const owner = client.coordinator ?? requirePerson(work.actor).person;
  // Sent before anything is waited for: whoever confirms the contact reads it right behind.
  const before = await replaceFollowUps(
    work.tx,
    { client: client.id, owner, dueOn, zone: client.zone, openedBy: contact },
    { by: requirePerson(work.actor).person, now: work.now },
  );
  await work.publish('due.changed', { team: client.team, people: [...before, owner] });
}

/** A contact entered in error never happened: what it planned goes, what it fulfilled is open again. */
export async function restoreAfterRetraction(work: Work, retracted: Events['contact.retracted']): Promise<void> {
  const people = await restoreFollowUps(work.tx, retracted.contact, requirePerson(work.actor).person, work.now);
  const team = (await findClientsOf(work, [retracted.client])).get(retracted.client)?.team;
  if (team !== undefined) await work.publish('due.changed', { team, people });
}
