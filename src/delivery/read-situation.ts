import { readWorkingTime, type PersonTimeRow } from '../calendar/working-time.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import { budgetOf } from './budget.ts';
import type { Claimed } from './claim.ts';
import { courtesiesOf } from './courtesies.ts';
import { isCourtesy, type Situation } from './decide-courtesy.ts';
import type { Announcement } from './dedupe.ts';

/** What an organisation's file says nothing else about. */
export interface CourtesyDefaults {
  /** `07:00-20:00`: hours of who stated none. */
  readonly hours: string;
  /** Most pushes to one person in a minute, and on a day. */
  readonly perMinute: number;
  readonly perDay: number;
}

const minute = 60_000;
/** Of what waits for one destination, this much is looked at. */
const most = 200;

/** A delivery that nobody has tried and that waits for the same destination. */
export interface Neighbour extends Announcement {
  readonly line: string;
  /** It waits by courtesy: quiet hours, throttle or burst. */
  readonly held: boolean;
  /** It may share a message. */
  readonly shares: boolean;
}

interface WaitingRow {
  readonly id: string;
  readonly line: string;
  readonly kind: string;
  readonly subject: string;
  readonly series: string | null;
  readonly priority: number;
  readonly atOnce: boolean;
  readonly reason: string | null;
  readonly nextAt: Date;
  readonly state: string;
}

/**
 * What else waits for a person, or for the same card at a place, in order: also what this engine has claimed beside it
 * and not begun.
 */
export async function readNeighbours(
  tx: OrganisationTransaction,
  claimed: Claimed,
  now: Date,
): Promise<readonly Neighbour[]> {
  const rows = await (claimed.audience === 'person' ? waitingForPerson(tx, claimed) : waitingOnLine(tx, claimed));
  return rows.map(({ priority, atOnce, reason, nextAt, state, ...row }) => {
    const held = isCourtesy(reason);
    const planned = state === 'pending' && !held && nextAt > now;
    return {
      ...row,
      destination: row.line.split('/')[0] ?? '',
      held,
      planned,
      // One that is claimed already is somebody's work: it is no longer only a row.
      untried: state === 'pending',
      // What is for the digest waits for it, and goes with others only where none came.
      shares: courtesiesOf({ priority, atOnce }).bundle && !planned && (reason !== 'folded' || nextAt <= now),
    };
  });
}

/** Two statements, because each has an index of its own. */
function waitingForPerson(tx: OrganisationTransaction, claimed: Claimed): Promise<WaitingRow[]> {
  return tx.db.$queryRaw<WaitingRow[]>`
    select d.id::text as id, d.line, p.kind, p.subject, p.series, d.priority, p.at_once as "atOnce", d.reason,
           d.next_at as "nextAt", d.state
    from delivery d join post p on p.organisation_id = d.organisation_id and p.id = d.post_id
    where d.organisation_id = ${tx.organisation} and d.line like 'person:%' and d.state in ('pending', 'sending')
      and split_part(d.line, '/', 1) = ${`person:${claimed.destination}`} and d.id <> ${claimed.id}::uuid
      and d.message_id is null and d.bundle_id is null
      and (d.state = 'pending' and d.attempts = 0 or d.state = 'sending' and d.attempts = 1 and d.holder = ${claimed.holder})
    order by d.created_at, d.id limit ${most}`;
}

function waitingOnLine(tx: OrganisationTransaction, claimed: Claimed): Promise<WaitingRow[]> {
  return tx.db.$queryRaw<WaitingRow[]>`
    select d.id::text as id, d.line, p.kind, p.subject, p.series, d.priority, p.at_once as "atOnce", d.reason,
           d.next_at as "nextAt", d.state
    from delivery d join post p on p.organisation_id = d.organisation_id and p.id = d.post_id
    where d.organisation_id = ${tx.organisation} and d.line = ${claimed.line} and d.id <> ${claimed.id}::uuid
      and d.message_id is null and d.state = 'pending' and d.attempts = 0
    order by d.created_at, d.id limit ${most}`;
}

/** What a person's hours are and what they were told lately; undefined when there is no such person. */
export async function readSituation(
  tx: OrganisationTransaction,
  claimed: Claimed,
  context: { readonly now: Date; readonly defaults: CourtesyDefaults; readonly digestSchedule: string },
): Promise<Omit<Situation, 'waiting'> | undefined> {
  const { now, defaults, digestSchedule } = context;
  const people = await tx.db.$queryRaw<
    (PersonTimeRow & {
      hours: string | null;
      perMinute: number | null;
      perDay: number | null;
      digest: Date | null;
    })[]
  >`
    select coalesce(p.zone, t.zone) as zone, p.works, t.working_days, t.closures::text[] as closures,
           t.policies #>> '{attention,hours}' as hours, (t.policies #>> '{attention,perMinute}')::int as "perMinute",
           (o.attention ->> 'pushesPerDay')::int as "perDay",
           (select min(s.next_at) from schedule s
            where s.organisation_id = p.organisation_id and s.kind = ${digestSchedule} and s.owner = p.id) as digest
    from person p
    join team t on t.organisation_id = p.organisation_id and t.id = p.team_id
    join organisation o on o.id = p.organisation_id
    where p.organisation_id = ${tx.organisation} and p.id = ${claimed.destination}`;
  const person = people[0];
  if (person === undefined) return undefined;
  const hours = { ...readWorkingTime(person), usual: person.hours ?? defaults.hours };
  const budget = budgetOf(hours, person.perDay ?? defaults.perDay, person.digest ?? undefined, now);
  const lately = Math.min(now.getTime() - minute, budget.since.getTime() - 1);
  const told = await tx.db.$queryRaw<{ line: string; at: Date; message: string }[]>`
    select d.line, d.sent_at as at, coalesce(d.bundle_id, d.id)::text as message
    from delivery d join post p on p.organisation_id = d.organisation_id and p.id = d.post_id
    where d.organisation_id = ${tx.organisation} and d.line like 'person:%'
      and split_part(d.line, '/', 1) = ${`person:${claimed.destination}`}
      and d.sent_at > ${new Date(lately)}::timestamptz and d.priority > 0 and not p.at_once`;
  return {
    hours,
    budget,
    perMinute: person.perMinute ?? defaults.perMinute,
    told,
  };
}
