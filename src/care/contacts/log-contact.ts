import { requirePerson } from '../../access/actor.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { startOfLocalDay, localDate } from '../../calendar/zones.ts';
import { addDaysToDate } from '../../calendar/local-dates.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findAllowedClient, requireServed, type Client } from '../clients/find-allowed-client.ts';
import { furthestDays } from '../follow-ups/rules.ts';
import { insertContact, type Contact } from './records.ts';
import { isReached, oldestContactDays, type Mode, type Outcome } from './rules.ts';

export interface ContactToLog {
  readonly client: { readonly code: string } | { readonly id: string };
  readonly mode: Mode;
  readonly outcome: Outcome;
  readonly minutes?: number | undefined;
  readonly note?: string | undefined;
  /** Local date it happened; today when absent. The day is the client's team's; the writer's own today is taken as that. */
  readonly occurredOn?: string | undefined;
  /** Local date of the next contact; proposed by tier when absent. */
  readonly nextOn?: string | undefined;
  /** Set when this is the right version of an entry that was retracted. */
  readonly replaces?: {
    readonly contact: string;
    readonly by: string;
    readonly occurredAt: Date;
    readonly reason: string;
  };
}

/** What was logged, as it now stands: enough to confirm it without reading it again. */
export interface Logged {
  readonly contact: string;
  readonly client: Client;
  readonly entry: Pick<Contact, 'id' | 'occurredOn' | 'mode' | 'outcome' | 'minutes' | 'version'>;
}

/**
 * Logs one contact: the entry, the audit row, and what other nouns do on it (the follow-up it fulfils, the next one),
 * all or nothing.
 * Refuses clients this person may not see and clients who are not served.
 */
export async function logContact(work: Work, given: ContactToLog): Promise<Logged> {
  const { logged, followed } = await beginLog(work, given);
  await followed;
  return logged;
}

/**
 * The same, told as soon as all of it is on its way. What is read from then on sees it, because the server answers in the
 * order it is asked; `followed` ends when other nouns have done what they do on it, and must be waited for.
 */
export async function beginLog(
  work: Work,
  given: ContactToLog,
): Promise<{ readonly logged: Logged; readonly followed: Promise<void> }> {
  const client = await findAllowedClient(work, 'contact.log', given.client);
  requireServed(client);
  const today = localDate(work.now, client.zone);
  const usual = given.replaces === undefined ? today : localDate(given.replaces.occurredAt, client.zone);
  const occurredOn = dayThere(given.occurredOn ?? usual, today, localDate(work.now, work.actor.zone));
  requireDays(today, occurredOn, given.nextOn);

  const contact = insertContact(
    work.tx,
    {
      client: client.id,
      by: given.replaces?.by ?? requirePerson(work.actor).person,
      occurredAt: momentOf(work.now, today, occurredOn, client.zone, given.replaces?.occurredAt),
      occurredOn,
      zone: client.zone,
      mode: given.mode,
      outcome: given.outcome,
      minutes: given.minutes,
      note: given.note,
      source: sourceOf(work),
      ...(given.replaces === undefined ? {} : { replaces: given.replaces.contact, reason: given.replaces.reason }),
    },
    work.now,
  );
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'contact.log',
    subjectKind: 'contact',
    subjectId: contact,
    detail: {
      client: client.code,
      mode: given.mode,
      outcome: given.outcome,
      minutes: given.minutes ?? null,
      occurredOn,
      next: given.nextOn ?? null,
      ...(given.replaces === undefined ? {} : { replaces: given.replaces.contact, reason: given.replaces.reason }),
    },
    at: work.now,
  });
  const followed = work.publish('contact.logged', {
    contact,
    client,
    occurredOn,
    reached: isReached(given.outcome),
    nextOn: given.nextOn,
  });
  const { mode, outcome, minutes } = given;
  return {
    logged: { contact, client, entry: { id: contact, occurredOn, mode, outcome, minutes, version: 1 } },
    followed,
  };
}

/** Where the entry came from. What neither a platform nor an import brought is no contact that anybody told of. */
function sourceOf({ platform, actor }: Work): 'slack' | 'teams' | 'import' {
  if (platform !== undefined) return platform;
  if (actor.kind === 'import') return 'import';
  throw new Error(`a contact comes from a platform or an import, not from ${actor.kind}`);
}

/** Where their day has begun already and the client's has not, their today is the client's: what happened is over. */
const dayThere = (day: string, today: string, todayHere: string): string =>
  day > today && day === todayHere ? today : day;

function requireDays(today: string, occurredOn: string, nextOn: string | undefined): void {
  if (occurredOn > today) {
    throw new Refusal('invalid-date', 'That day has not come yet, so nothing was logged. When did it happen?', {
      fields: { on: 'This day has not come yet.' },
    });
  }
  if (occurredOn < addDaysToDate(today, -oldestContactDays)) {
    throw new Refusal(
      'invalid-date',
      'That is more than a year ago, so nothing was logged. Older contacts belong in the chart.',
      {
        fields: { on: 'This is more than a year ago.' },
      },
    );
  }
  if (nextOn === undefined) return;
  if (nextOn < today || nextOn > addDaysToDate(today, furthestDays)) {
    throw new Refusal('invalid-date', 'The next contact needs a day from today to a year ahead. Nothing was logged.', {
      fields: { next: 'Please choose a day from today to a year ahead.' },
    });
  }
}

/** Today's contact happened now; one of an earlier day is kept at that day's local noon, since nobody knows the hour. */
function momentOf(now: Date, today: string, occurredOn: string, zone: string, known: Date | undefined): Date {
  if (known !== undefined && localDate(known, zone) === occurredOn) return known;
  if (occurredOn === today) return now;
  return new Date(startOfLocalDay(occurredOn, zone).getTime() + 12 * 3_600_000);
}
