import type { AgendaItem } from '../../feature/agenda.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { carriedReason } from './huddle-words.ts';
import type { Rhythm } from './rules.ts';

/**
 * What earlier huddles of a team did not reach and no later one has taken up. A stand-up takes up what stand-ups left;
 * the others take up everything. Whoever has left care meanwhile, or works with another team now, is not carried on.
 */
export async function listCarried(
  tx: OrganisationTransaction,
  team: string,
  rhythm: Rhythm,
  servedStatuses: readonly string[],
): Promise<readonly AgendaItem[]> {
  const rows = await tx.db.$queryRaw<
    {
      source: string;
      client: string | null;
      code: string | null;
      person: string | null;
      reason: string;
      since: string;
      tier: string | null;
    }[]
  >`
    select i.source, i.client_id::text as client, c.code, i.person_id as person, i.reason, i.since::text as since,
           coalesce(c.tier, i.tier) as tier
    from huddle_item i
    join huddle h on h.organisation_id = i.organisation_id and h.id = i.huddle_id
    left join client c on c.organisation_id = i.organisation_id and c.id = i.client_id
    where i.organisation_id = ${tx.organisation} and i.state = 'carried' and i.taken_up_by is null
      and h.state = 'ended' and h.team_id = ${team} and (${rhythm}::text <> 'standup' or h.rhythm = 'standup')
      and (c.id is null or (c.team_id = ${team} and c.status = any(${[...servedStatuses]}::text[])))
    order by h.started_at, i.position`;
  return rows.map((row) => ({
    id: row.source,
    section: 'discussion',
    ...(row.client === null ? {} : { client: { id: row.client, code: row.code ?? '' } }),
    ...(row.person === null ? {} : { person: row.person }),
    reason: carriedReason(row.reason),
    since: row.since,
    ...(row.tier === null ? {} : { tier: row.tier }),
  }));
}

/** From now on it stands on this huddle's own agenda. */
export async function takeUpCarried(
  tx: OrganisationTransaction,
  huddle: { readonly id: string; readonly team: string; readonly rhythm: Rhythm },
): Promise<void> {
  await tx.db.$executeRaw`
    update huddle_item i set taken_up_by = ${huddle.id}::uuid
    from huddle h
    where i.organisation_id = ${tx.organisation} and i.state = 'carried' and i.taken_up_by is null
      and h.organisation_id = i.organisation_id and h.id = i.huddle_id and h.state = 'ended' and h.team_id = ${huddle.team}
      and (${huddle.rhythm}::text <> 'standup' or h.rhythm = 'standup')`;
}
