import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Ask, DueItem } from '../../chat/feature.ts';
import { localDate, localTime } from '../../chat/local-date.ts';
import { addDaysToDate } from '../../chat/local-date-arithmetic.ts';
import { findClientsOf, type Client } from '../clients/find-allowed-client.ts';
import { relationTo, tierSchema } from '../clients/rules.ts';
import { findOpenFollowUpOf, listOpenFollowUps, nextDueAfter, type FollowUp } from './records.ts';
import { compareForNow, followUpPrefix, type Due } from './rules.ts';
import type { WorkCalendar } from './calendar-records.ts';
import { findWorkCalendars, moveToWorkDay } from './work-days.ts';

/** How far ahead `next` looks, in days. */
const horizonDays = 7;

interface Placed {
  readonly code: string;
  /** Local date on which its owner works. */
  readonly dueOn: string;
  /** The day it was due on, when that is a day off. */
  readonly movedFrom?: string;
}

export interface NextRow extends Placed {
  readonly followUp: FollowUp;
  readonly client: Client;
  /** Local date and time where the client is: their hours count, not the caller's. */
  readonly clientTime: string;
}

/** What of other nouns waits on the person, with buttons of its own. */
export interface NextOther extends Placed {
  readonly item: DueItem;
  /** Absent where this person sees the code only. */
  readonly client: Client | undefined;
}

export type NextEntry = NextRow | NextOther;
export const isFollowUp = (entry: NextEntry): entry is NextRow => 'followUp' in entry;

export interface NextList {
  readonly today: string;
  /** Due today or before, or waiting for somebody to take it at all; in the order for acting now. */
  readonly due: readonly NextEntry[];
  readonly coming: readonly NextEntry[];
  /** The first day beyond what is listed on which something is due. */
  readonly after: string | undefined;
}

/** What this person has promised to do and what waits on them, of all nouns, ordered for acting now. */
export async function listNext(ask: Ask): Promise<NextList> {
  const { person } = ask.actor;
  const today = localDate(ask.now, ask.actor.zone);
  const horizon = addDaysToDate(today, horizonDays);
  const followUps = await listOpenFollowUps(ask.tx, person, horizon);
  const others = (await ask.due({ people: [person], until: horizon })).filter(
    (item) => !item.waitingOnOthers && !item.id.startsWith(followUpPrefix),
  );
  const clients = await findClientsOf(
    ask,
    [...followUps, ...others].map((one) => one.client),
  );
  const calendar = (await findWorkCalendars(ask, [person])).get(person);
  const ranked = [
    ...followUps.flatMap((followUp) => rankFollowUp(ask, followUp, clients.get(followUp.client), calendar)),
    ...others.map((item) => rankOther(ask, item, clients.get(item.client), calendar)),
  ].sort((a, b) => Number(b.urgent) - Number(a.urgent) || compareForNow(a.rank, b.rank, today));
  const isDue = ({ urgent, entry }: Ranked): boolean => urgent || entry.dueOn <= today;
  return {
    today,
    due: ranked.filter(isDue).map(({ entry }) => entry),
    coming: ranked.filter((one) => !isDue(one)).map(({ entry }) => entry),
    after: await nextDueAfter(ask.tx, person, horizon),
  };
}

interface Ranked {
  readonly entry: NextEntry;
  /** Nobody has taken it yet: nothing comes before it. */
  readonly urgent: boolean;
  readonly rank: Due & { readonly localTime: string };
}

function rankFollowUp(
  ask: Ask,
  followUp: FollowUp,
  client: Client | undefined,
  calendar: WorkCalendar | undefined,
): readonly Ranked[] {
  if (client === undefined) return [];
  const { dueOn, movedFrom } = moveToWorkDay({ dueOn: followUp.dueOn, waitingOnOthers: false }, calendar);
  const clientTime = localTime(ask.now, client.preferences.zone ?? client.zone);
  const { code, tier, preferences } = client;
  const entry = { followUp, client, clientTime, code, dueOn, ...(movedFrom === undefined ? {} : { movedFrom }) };
  return [{ entry, urgent: false, rank: { dueOn, tier, code, preferences, localTime: clientTime } }];
}

/** An answer is no call: it can be given at any hour. */
function rankOther(ask: Ask, item: DueItem, client: Client | undefined, calendar: WorkCalendar | undefined): Ranked {
  const { code, dueOn, movedFrom } = moveToWorkDay(item, calendar);
  const seen = client !== undefined && allows(ask.actor, 'client.see', relationTo(ask.actor, client));
  const tier = tierSchema.safeParse(item.tier).data ?? 'maintenance';
  return {
    entry: {
      item,
      client: seen ? client : undefined,
      code,
      dueOn,
      ...(movedFrom === undefined ? {} : { movedFrom }),
    },
    urgent: item.section === 'unacknowledged',
    rank: { dueOn, tier, code, preferences: {}, localTime: localTime(ask.now, ask.actor.zone) },
  };
}

/** The same as somebody looks at it: one access record a view. */
export async function viewNext(ask: Ask): Promise<NextList> {
  const list = await listNext(ask);
  await recordEvent(ask.tx, {
    actor: ask.actor.person,
    verb: 'follow-ups.see',
    subjectKind: 'person',
    subjectId: ask.actor.person,
    detail: { clients: list.due.length + list.coming.length },
    at: ask.now,
  });
  return list;
}

/** The client's open follow-up, when something is planned: for their card and for confirmations. */
export async function nextOf(ask: Ask, client: string): Promise<FollowUp | undefined> {
  return findOpenFollowUpOf(ask.tx, client);
}
