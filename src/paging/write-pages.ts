import type { Outbox } from '../feature/create-work.ts';
import type { Pager } from '../feature/pager.ts';
import type { PagerSettings } from '../pager-settings.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import { pagePriorities, type PageEvent } from './page-rules.ts';

/** Pages are written where a gateway is set; elsewhere nothing is. */
export const withPager = (outbox: Outbox, settings: PagerSettings | undefined): Outbox =>
  settings === undefined ? outbox : { ...outbox, pager: createPager };

interface NewPage {
  readonly key: string;
  readonly event: PageEvent;
  readonly person: string;
  readonly team: string;
  readonly incident: string;
  readonly severity: string | null;
  readonly rung: number | null;
}

/** Each call is one statement of the caller's transaction that is not waited for. */
function createPager(tx: OrganisationTransaction, now: Date): Pager {
  return {
    call(call) {
      insertPage(tx, { ...call, event: 'call' }, now);
      return Promise.resolve();
    },
    stop(incident) {
      stopCalls(tx, incident, now);
      return Promise.resolve();
    },
    test(test) {
      insertPage(tx, { ...test, event: 'test', severity: null, rung: null }, now);
      return Promise.resolve();
    },
  };
}

/** A call is newer than every stop of the same thing: one that has not gone out would silence it, and never does. */
function insertPage(tx: OrganisationTransaction, page: NewPage, now: Date): void {
  const { key, event, person, team, incident, severity, rung } = page;
  void tx.db.$writeRaw`
    with overtaken as (
      update page set state = case when state = 'pending' then 'dropped' else state end,
                      reason = case when state = 'pending' then 'overtaken' else reason end, overtaken = true
      where organisation_id = ${tx.organisation} and incident = ${incident} and person_id = ${person}
        and event = 'stop' and state in ('pending', 'sending') and ${event} = 'call'
    )
    insert into page (organisation_id, id, key, event, priority, person_id, team_id, incident, severity, rung, at, next_at)
    values (${tx.organisation}, ${tx.ids.uuid()}::uuid, ${key}, ${event}, ${pagePriorities[event]}::int, ${person}, ${team},
            ${incident}, ${severity}, ${rung}::int, ${now}::timestamptz, ${now}::timestamptz)
    on conflict do nothing`;
}

/**
 * Calls that wait are dropped, also those that were given up; one that is under way is not tried again. Whom a call may
 * have reached, and nobody told to stop since, is told now: a stop waits for a call that is under way. A call that
 * somebody takes at this very moment has its stop from whoever finishes it, by the same key.
 */
function stopCalls(tx: OrganisationTransaction, incident: string, now: Date): void {
  void tx.db.$writeRaw`
    with reached as (
      select distinct on (c.person_id) c.person_id, c.team_id, c.incident, c.severity, c.sequence
      from page c
      where c.organisation_id = ${tx.organisation} and c.incident = ${incident} and c.event = 'call' and c.attempts > 0
        and not exists (
          select 1 from page s
          where s.organisation_id = c.organisation_id and s.incident = c.incident and s.person_id = c.person_id
            and s.event = 'stop' and s.sequence > c.sequence)
      order by c.person_id, c.sequence desc
    ), overtaken as (
      update page set state = case when state = 'sending' then state else 'dropped' end,
                      reason = case when state = 'sending' then reason else 'overtaken' end, overtaken = true
      where organisation_id = ${tx.organisation} and incident = ${incident} and event = 'call'
        and state in ('pending', 'sending', 'parked')
    )
    insert into page (organisation_id, id, key, event, priority, person_id, team_id, incident, severity, at, next_at)
    select ${tx.organisation}, gen_random_uuid(), 'stop:' || incident || ':' || person_id || ':' || sequence, 'stop',
           ${pagePriorities.stop}::int, person_id, team_id, incident, severity, ${now}::timestamptz, ${now}::timestamptz
    from reached
    on conflict do nothing`;
}
