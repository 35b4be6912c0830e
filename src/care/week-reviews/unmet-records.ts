import type { OrganisationTransaction } from '../../store/transaction.ts';
import { unservedReasons } from '../referrals/referral-words.ts';
import type { Figures } from './figures.ts';
import type { Period } from './period.ts';
import type { Scope } from './scope.ts';

/**
 * Needs of the team's clients that nobody met: referrals that were declined or did not work out in the period, for a
 * reason of the service and not of the client, and after which the same was asked of nobody else.
 */
export async function readUnmet(
  tx: OrganisationTransaction,
  scope: Scope,
  { start, end }: Period,
): Promise<Figures['unmet']> {
  return tx.db.$queryRaw<Figures['unmet']>`
    select coalesce(r.service, '') as service, last.reason, count(*)::int as times
    from referral r
    join client c on c.organisation_id = r.organisation_id and c.id = r.client_id and c.team_id = ${scope.team}
    join lateral (
      select v.at, v.reason from referral_event v
      where v.organisation_id = r.organisation_id and v.referral_id = r.id and v.at >= ${start} and v.at < ${end}
        and v.to_state in ('rejected', 'failed') and v.reason = any(${[...unservedReasons]}::text[])
      order by v.at desc, v.id desc limit 1
    ) last on true
    where r.organisation_id = ${tx.organisation} and r.state <> 'entered-in-error'
      and r.id in (
        select w.referral_id from referral_event w
        where w.organisation_id = ${tx.organisation} and w.at >= ${start} and w.at < ${end}
          and w.to_state in ('rejected', 'failed'))
      and (${scope.person ?? null}::text is null or r.requester_id = ${scope.person ?? null}
        or r.receiver_id = ${scope.person ?? null})
      and not exists (
        select 1 from referral later
        where later.organisation_id = r.organisation_id and later.client_id = r.client_id
          and later.service is not distinct from r.service and later.created_at > last.at and later.created_at < ${end}
          and later.state <> 'entered-in-error')
    group by r.service, last.reason
    order by count(*) desc, coalesce(r.service, '') collate "C", last.reason collate "C"`;
}
