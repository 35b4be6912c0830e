import type { OrganisationTransaction } from '../../store/transaction.ts';
import { tierSchema, type Tier } from './rules.ts';

/** A client a team's meeting may have to speak about. */
export interface AgendaClient {
  readonly id: string;
  readonly code: string;
  readonly tier: Tier;
  /** Local dates of the team: when they came, when they were last in contact, today. */
  readonly enrolledOn: string;
  readonly lastContactOn: string | undefined;
  readonly today: string;
  /** They came since the team last met. */
  readonly isNew: boolean;
  /** Contacts are expected of them at all: not while they are paused. */
  readonly inContact: boolean;
}

/** Served clients of a team who are new since a moment, or whose last contact lies further back than their tier allows. */
export async function listForAgenda(
  tx: OrganisationTransaction,
  given: {
    readonly team: string;
    readonly since: Date;
    readonly now: Date;
    readonly served: readonly string[];
    readonly contacted: readonly string[];
    readonly limits: Readonly<Record<Tier, number>>;
  },
): Promise<readonly AgendaClient[]> {
  const { limits } = given;
  const rows = await tx.db.$queryRaw<
    (Omit<AgendaClient, 'tier' | 'lastContactOn'> & { tier: string; lastContactOn: string | null })[]
  >`
    select c.id::text as id, c.code, c.tier, c.enrolled::text as "enrolledOn", c.last_contact_on::text as "lastContactOn",
           c.today::text as today, c.is_new as "isNew", c.in_contact as "inContact"
    from (
      select k.id, k.code, k.tier, k.last_contact_on, day.today, day.enrolled,
             day.enrolled >= (${given.since}::timestamptz at time zone t.zone)::date and
               -- Whoever came on the very day the team last met came before, unless they were written down since.
               (day.enrolled > (${given.since}::timestamptz at time zone t.zone)::date or k.created_at > ${given.since}::timestamptz)
               as is_new,
             k.status = any(${[...given.contacted]}::text[]) as in_contact
      from client k
      join team t on t.organisation_id = k.organisation_id and t.id = k.team_id
      cross join lateral (select (${given.now}::timestamptz at time zone t.zone)::date as today,
             coalesce(k.enrolled_on, (k.created_at at time zone t.zone)::date) as enrolled) day
      where k.organisation_id = ${tx.organisation} and k.team_id = ${given.team}
        and k.status = any(${[...given.served]}::text[])) c
    where c.is_new or (c.in_contact and c.today - coalesce(c.last_contact_on, c.enrolled) >
      case c.tier when 'high' then ${limits.high}::int when 'medium' then ${limits.medium}::int
                  when 'low' then ${limits.low}::int else ${limits.maintenance}::int end)
    order by c.code`;
  return rows.map((row) => ({
    ...row,
    tier: tierSchema.parse(row.tier),
    lastContactOn: row.lastContactOn ?? undefined,
  }));
}
