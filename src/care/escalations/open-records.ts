import { isUuid } from '../../ids.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { severityOf, type Opening } from './standing.ts';
import { ladderMoves } from './who-has-it.ts';

/** Acts by which a named human has it. */
const takingActs = ['acknowledge', 'second-acknowledge', 'take-over'] as const;

/** Acts that move or begin the ladder, and the raiser's hold of it: the last one says whether it is held. */
const ladderActs = ['hold', ...ladderMoves] as const;

interface OpeningRow {
  id: string;
  client: string | null;
  code: string | null;
  tier: string | null;
  unknown_code: string | null;
  coordinator: string | null;
  team: string;
  severity: string;
  raised_at: Date;
  state: string;
  step: number;
  needs_two: boolean | null;
  next_at: string | null;
  late: boolean;
  version: number;
  raised_by: string;
  owner: string;
  owner_name: string;
  taken_by: string | null;
  taken_name: string | null;
  second_by: string | null;
  second_name: string | null;
  expires_at: Date | null;
  lapsed_at: Date | null;
  lapsed_by: string | null;
  lapsed_name: string | null;
  in_hand_of: string | null;
  in_hand_name: string | null;
  told: string[];
}

/** Which ones: those that concern people, those about clients, those of a team's clients, these. */
type Which =
  | { readonly people: readonly string[] }
  | { readonly clients: readonly string[] }
  | { readonly team: string }
  | { readonly ids: readonly string[] };

/**
 * Unresolved escalations, oldest first, from clear columns alone. There are few at a time; those that concern people are
 * those they answer for, were told of since the present run of the ladder began, or that are about a client of theirs.
 */
export async function listOpenings(tx: OrganisationTransaction, which: Which): Promise<readonly Opening[]> {
  const people = 'people' in which ? [...which.people] : null;
  const clients = 'clients' in which ? which.clients.filter(isUuid) : null;
  const team = 'team' in which ? which.team : null;
  const ids = 'ids' in which ? which.ids.filter(isUuid) : null;
  const rows = await tx.db.$queryRaw<OpeningRow[]>`
    with open as (
      select e.*, c.code, c.tier, a.person_id as coordinator, coalesce(c.team_id, e.team_id) as about_team,
             array(select distinct n.person_id from escalation_notice n
                   where n.organisation_id = e.organisation_id and n.escalation_id = e.id and n.person_id is not null
                     and n.reason <> 'raiser' and n.at >= (e.policy ->> 'startedAt')::timestamptz) as told
      from escalation e
      left join client c on c.organisation_id = e.organisation_id and c.id = e.client_id
      left join coordinator_assignment a on a.organisation_id = e.organisation_id and a.client_id = e.client_id
        and a.ended_at is null
      where e.organisation_id = ${tx.organisation} and e.state in ('raised', 'acknowledged')
        and (${clients}::uuid[] is null or e.client_id = any(${clients}::uuid[]))
        and (${ids}::uuid[] is null or e.id = any(${ids}::uuid[]))
        and (${team}::text is null or coalesce(c.team_id, e.team_id) = ${team}::text)
    )
    select e.id::text as id, e.client_id::text as client, e.code, e.unknown_code, e.tier, e.coordinator, e.about_team as team, e.severity,
           e.raised_at, e.state, e.step, (e.policy ->> 'needsTwo')::boolean as needs_two, e.policy ->> 'nextAt' as next_at,
           e.late, e.version, e.raised_by, e.owner_id as owner, o.name as owner_name, e.acknowledged_by as taken_by,
           t.name as taken_name, e.second_by, s.name as second_name, e.expires_at, l.at as lapsed_at, l.by as lapsed_by,
           l.name as lapsed_name, i.by as in_hand_of, i.name as in_hand_name, e.told
    from open e
    join person o on o.organisation_id = e.organisation_id and o.id = e.owner_id
    left join person t on t.organisation_id = e.organisation_id and t.id = e.acknowledged_by
    left join person s on s.organisation_id = e.organisation_id and s.id = e.second_by
    left join lateral (
      select coalesce((v.detail ->> 'planned')::timestamptz, v.at) as at, h.actor as by, p.name
      from escalation_event v
      left join lateral (
        select w.actor from escalation_event w
        where w.organisation_id = v.organisation_id and w.escalation_id = v.escalation_id and w.sequence < v.sequence
          and w.act = any(${[...takingActs]}::text[])
        order by w.sequence desc limit 1) h on true
      left join person p on p.organisation_id = v.organisation_id and p.id = h.actor
      where v.organisation_id = e.organisation_id and v.escalation_id = e.id and v.act = 'acknowledgement-expired'
        and v.detail -> 'run' = e.policy -> 'run'
      order by v.sequence desc limit 1) l on e.acknowledged_by is null
    left join lateral (
      select v.act, v.actor as by, p.name, v.detail
      from escalation_event v
      left join person p on p.organisation_id = v.organisation_id and p.id = v.actor
      where v.organisation_id = e.organisation_id and v.escalation_id = e.id and v.act = any(${[...ladderActs]}::text[])
      order by v.sequence desc limit 1) i
      on e.acknowledged_by is null and i.act = 'hold' and i.detail -> 'run' = e.policy -> 'run'
    where ${people}::text[] is null
      or e.owner_id = any(${people}::text[]) or e.coordinator = any(${people}::text[]) or e.told && ${people}::text[]
    order by e.raised_at, e.id`;
  return rows.map(readOpening);
}

const named = (id: string | null, name: string | null): { readonly id: string; readonly name: string } | undefined =>
  id === null ? undefined : { id, name: name ?? id };

const listed = <T>(one: T | undefined): readonly T[] => (one === undefined ? [] : [one]);

function readOpening(row: OpeningRow): Opening {
  const { id, client, team, severity, step, late, version, told } = row;
  const by = named(row.taken_by, row.taken_name);
  return {
    ...{ id, team, step, late, version, told },
    client:
      client === null || row.code === null
        ? undefined
        : { id: client, code: row.code, tier: row.tier ?? '', coordinator: row.coordinator ?? undefined },
    unknownCode: row.unknown_code ?? undefined,
    severity: severityOf(severity),
    raisedAt: row.raised_at,
    state: row.state === 'acknowledged' ? 'acknowledged' : 'raised',
    needsTwo: row.needs_two ?? false,
    nextAt: new Date(row.next_at ?? row.raised_at),
    raisedBy: row.raised_by,
    owner: { id: row.owner, name: row.owner_name },
    taken: by === undefined ? undefined : { by, second: named(row.second_by, row.second_name) },
    expiresAt: row.expires_at ?? undefined,
    inHandOf: named(row.in_hand_of, row.in_hand_name),
    lapsed:
      row.lapsed_at === null ? undefined : { had: listed(named(row.lapsed_by, row.lapsed_name)), at: row.lapsed_at },
  };
}
