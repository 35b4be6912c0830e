import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
import { localDate, localTime } from '../../chat/local-date.ts';
import { addDaysToDate } from '../../chat/local-date-arithmetic.ts';
import { findClientsOf, type Client } from '../clients/find-allowed-client.ts';
import { findOpenFollowUpOf, listOpenFollowUps, nextDueAfter, type FollowUp } from './records.ts';
import { compareForNow } from './rules.ts';

/** How far ahead `next` looks, in days. */
const horizonDays = 7;

export interface NextRow {
  readonly followUp: FollowUp;
  readonly client: Client;
  /** Local date and time where the client is: their hours count, not the caller's. */
  readonly clientTime: string;
}

export interface NextList {
  readonly today: string;
  /** Due today or before, in the order for acting now. */
  readonly due: readonly NextRow[];
  readonly coming: readonly NextRow[];
  /** The first day beyond what is listed on which something is due. */
  readonly after: string | undefined;
}

/** What this person has promised to do, ordered for acting now. */
export async function listNext(ask: Ask): Promise<NextList> {
  const today = localDate(ask.now, ask.actor.zone);
  const horizon = addDaysToDate(today, horizonDays);
  const followUps = await listOpenFollowUps(ask.tx, ask.actor.person, horizon);
  const clients = await findClientsOf(
    ask,
    followUps.map((one) => one.client),
  );
  const rows = followUps.flatMap((followUp): NextRow[] => {
    const client = clients.get(followUp.client);
    if (client === undefined) return [];
    return [{ followUp, client, clientTime: localTime(ask.now, client.preferences.zone ?? client.zone) }];
  });
  const ranked = rows
    .map((row) => ({
      row,
      rank: {
        dueOn: row.followUp.dueOn,
        tier: row.client.tier,
        code: row.client.code,
        preferences: row.client.preferences,
        localTime: row.clientTime,
      },
    }))
    .sort((a, b) => compareForNow(a.rank, b.rank, today))
    .map(({ row }) => row);
  return {
    today,
    due: ranked.filter((row) => row.followUp.dueOn <= today),
    coming: ranked.filter((row) => row.followUp.dueOn > today),
    after: await nextDueAfter(ask.tx, ask.actor.person, horizon),
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
