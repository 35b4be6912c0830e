import type { OrganisationTransaction } from '../store/transaction.ts';
import type { PageBody } from './call-gateway.ts';
import type { ClaimedPage } from './claim-pages.ts';
import { pagePriorities, type DropReason, type PageDecision, type PageEvent } from './page-rules.ts';

type Fence = Pick<ClaimedPage, 'id' | 'holder' | 'attempts'>;

interface PageRow {
  readonly event: PageEvent;
  readonly person: string;
  readonly team: string;
  readonly incident: string;
  readonly severity: string | null;
  readonly rung: number | null;
  readonly at: Date;
  readonly overtaken: boolean;
  readonly active: boolean;
  readonly correlation: string | null;
}

/** What a claimed page says; or that nobody needs it. */
export type ReadPage = (
  | { readonly is: 'page'; readonly event: PageEvent; readonly body: PageBody }
  | { readonly is: 'drop'; readonly event: PageEvent; readonly reason: DropReason }
) & {
  /** Of the work that rings, as the message of the same key has it; null for a stop, which is no message. */
  readonly correlation: string | null;
};

/** Undefined when somebody else has it by now. */
export async function readPage(
  tx: OrganisationTransaction,
  { id, holder, attempts }: Fence,
): Promise<ReadPage | undefined> {
  const rows = await tx.db.$queryRaw<PageRow[]>`
    select g.event, g.person_id as person, g.team_id as team, g.incident, g.severity, g.rung, g.at, g.overtaken, p.active,
           m.correlation
    from page g join person p on p.organisation_id = g.organisation_id and p.id = g.person_id
    left join post m on m.organisation_id = g.organisation_id and m.key = g.key
    where g.organisation_id = ${tx.organisation} and g.id = ${id}::uuid and g.holder = ${holder}
      and g.attempts = ${attempts}::int and g.state = 'sending'`;
  const row = rows[0];
  if (row === undefined) return undefined;
  const { event, person, team, incident, severity, rung, at, overtaken, active, correlation } = row;
  if (overtaken || !active) return { is: 'drop', event, correlation, reason: overtaken ? 'overtaken' : 'left' };
  const body: PageBody = {
    ...{ version: 1, id, event, organisation: tx.organisation, person, team, incident },
    ...(severity === null ? {} : { severity }),
    ...(rung === null ? {} : { rung }),
    at: at.toISOString(),
  };
  return { is: 'page', event, correlation, body };
}

/** What was written of a page, and what it is about. */
export interface FinishedPage {
  readonly event: PageEvent;
  readonly incident: string;
  readonly state: 'pending' | 'sent' | 'parked' | 'dropped';
}

/**
 * Writes what came of it, fenced by id, holder and attempt: undefined when somebody else has the page by now, and then
 * nothing at all is written. What nobody needs any more neither waits nor is parked: it is dropped; and whoever a call
 * may have reached meanwhile is told to stop, unless they were called anew.
 */
export async function finishPage(
  tx: OrganisationTransaction,
  { id, holder, attempts }: Fence,
  decision: PageDecision | { readonly is: 'drop'; readonly reason: DropReason },
  now: Date,
): Promise<FinishedPage | undefined> {
  const state = ({ sent: 'sent', wait: 'pending', park: 'parked', drop: 'dropped' } as const)[decision.is];
  const reason = decision.is === 'sent' ? null : decision.reason;
  const nextAt = decision.is === 'wait' ? decision.until : now;
  const rows = await tx.db.$queryRaw<(FinishedPage & { overtaken: boolean })[]>`
    update page
    set state = case when overtaken and ${state} in ('pending', 'parked') then 'dropped' else ${state} end,
        reason = case when overtaken and ${state} in ('pending', 'parked') then 'overtaken' else ${reason} end,
        next_at = ${nextAt}::timestamptz, holder = null, lease_until = null,
        sent_at = case when ${state} = 'sent' then ${now}::timestamptz end
    where organisation_id = ${tx.organisation} and id = ${id}::uuid and holder = ${holder}
      and attempts = ${attempts}::int and state = 'sending'
    returning event, incident, state, overtaken`;
  const row = rows[0];
  if (row === undefined) return undefined;
  const { event, incident, overtaken } = row;
  if (overtaken && event === 'call') await stopOne(tx, id, now);
  return { event, incident, state: row.state };
}

async function stopOne(tx: OrganisationTransaction, call: string, now: Date): Promise<void> {
  await tx.db.$executeRaw`
    insert into page (organisation_id, id, key, event, priority, person_id, team_id, incident, severity, at, next_at)
    select c.organisation_id, ${tx.ids.uuid()}::uuid, 'stop:' || c.incident || ':' || c.person_id || ':' || c.sequence,
           'stop', ${pagePriorities.stop}::int, c.person_id, c.team_id, c.incident, c.severity, ${now}::timestamptz,
           ${now}::timestamptz
    from page c
    where c.organisation_id = ${tx.organisation} and c.id = ${call}::uuid
      and not exists (
        select 1 from page n
        where n.organisation_id = c.organisation_id and n.incident = c.incident and n.person_id = c.person_id
          and n.sequence > c.sequence)
    on conflict do nothing`;
}
