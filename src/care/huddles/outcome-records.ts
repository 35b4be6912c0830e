import { isUuid } from '../../ids.ts';
import { sayWords } from '../../feature/say-sealed.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { recommendationStates, type RecommendationState } from './rules.ts';

/** Who was there, and what they were then. */
export interface Attendance {
  readonly huddle: string;
  readonly person: string;
  readonly name: string;
  readonly joinedAt: Date;
  readonly late: boolean;
  readonly remote: boolean;
  readonly roles: readonly string[];
  /** Those that held on that day. */
  readonly qualifications: readonly string[];
}

export interface Recommendation {
  readonly id: string;
  readonly huddle: string;
  readonly item: string;
  readonly client: string | undefined;
  readonly code: string | undefined;
  readonly team: string;
  readonly kind: string;
  readonly words: string | undefined;
  readonly madeBy: string;
  readonly madeByName: string;
  readonly madeAt: Date;
  /** Whose answer it needs. */
  readonly to: { readonly id: string; readonly name: string } | undefined;
  /** Local date by which they answer. */
  readonly dueOn: string | undefined;
  readonly state: RecommendationState;
  readonly answeredBy: string | undefined;
  readonly reason: string | undefined;
  readonly version: number;
}

export interface Decision {
  readonly id: string;
  readonly huddle: string;
  readonly item: string;
  /** The client of its follow-up: the item's own, or the one chosen where the item has none. */
  readonly client: string;
  readonly code: string;
  readonly what: string;
  readonly words: string | undefined;
  readonly followUp: string;
  readonly madeByName: string;
  readonly madeAt: Date;
}

type SealedIn = { readonly table: string; readonly column: string; readonly row: string };
export const recommendationWords = (id: string): SealedIn => ({
  table: 'huddle_recommendation',
  column: 'words',
  row: id,
});
export const decisionWords = (id: string): SealedIn => ({ table: 'huddle_decision', column: 'words', row: id });

export async function readAttendance(
  tx: OrganisationTransaction,
  huddles: readonly string[],
): Promise<readonly Attendance[]> {
  return tx.db.$queryRaw<Attendance[]>`
    select a.huddle_id::text as huddle, a.person_id as person, p.name, a.joined_at as "joinedAt", a.late, a.remote,
           a.roles, a.qualifications
    from huddle_attendance a
    join person p on p.organisation_id = a.organisation_id and p.id = a.person_id
    where a.organisation_id = ${tx.organisation} and a.huddle_id = any(${[...huddles]}::uuid[])
    order by a.joined_at, a.person_id`;
}

/** Which ones: all of these huddles, by id, or what waits for these people. */
type Which = {
  readonly huddles?: readonly string[];
  readonly ids?: readonly string[];
  readonly openTo?: readonly string[];
};

type RecommendationRow = Pick<
  Recommendation,
  'id' | 'huddle' | 'item' | 'team' | 'kind' | 'madeBy' | 'madeByName' | 'madeAt' | 'version'
> & {
  readonly client: string | null;
  readonly code: string | null;
  readonly words: Uint8Array | null;
  readonly to: string | null;
  readonly toName: string | null;
  readonly dueOn: string | null;
  readonly state: string;
  readonly answeredBy: string | null;
  readonly reason: string | null;
};

export async function readRecommendations(
  tx: OrganisationTransaction,
  which: Which,
  withWords: boolean,
): Promise<readonly Recommendation[]> {
  const { huddles = [], ids = [], openTo = [] } = which;
  if (![...huddles, ...ids].every(isUuid)) return [];
  const rows = await tx.db.$queryRaw<RecommendationRow[]>`
    select r.id::text as id, r.huddle_id::text as huddle, r.item_id::text as item, i.client_id::text as client, c.code,
           h.team_id as team, r.kind, case when ${withWords}::boolean then r.words end as words, r.made_by as "madeBy",
           m.name as "madeByName", r.made_at as "madeAt", r.to_id as "to", t.name as "toName", r.due_on::text as "dueOn",
           r.state, a.name as "answeredBy", r.reason, r.version
    from huddle_recommendation r
    join huddle h on h.organisation_id = r.organisation_id and h.id = r.huddle_id
    join huddle_item i on i.organisation_id = r.organisation_id and i.id = r.item_id
    join person m on m.organisation_id = r.organisation_id and m.id = r.made_by
    left join client c on c.organisation_id = r.organisation_id and c.id = i.client_id
    left join person t on t.organisation_id = r.organisation_id and t.id = r.to_id
    left join person a on a.organisation_id = r.organisation_id and a.id = r.answered_by
    where r.organisation_id = ${tx.organisation}
      and (r.huddle_id = any(${[...huddles]}::uuid[]) or r.id = any(${[...ids]}::uuid[])
           or (r.state = 'open' and r.to_id = any(${[...openTo]}::text[])))
    order by r.made_at, r.id`;
  return rows.map(({ toName, ...row }) => ({
    ...row,
    client: row.client ?? undefined,
    code: row.code ?? undefined,
    words: row.words === null ? undefined : sayWords(tx.open(recommendationWords(row.id), row.words)),
    to: row.to === null ? undefined : { id: row.to, name: toName ?? row.to },
    dueOn: row.dueOn ?? undefined,
    state: recommendationStates.find((state) => state === row.state) ?? 'noted',
    answeredBy: row.answeredBy ?? undefined,
    reason: row.reason ?? undefined,
  }));
}

/** The same, locked until the transaction ends. */
export async function lockRecommendation(tx: OrganisationTransaction, id: string): Promise<Recommendation | undefined> {
  if (!isUuid(id)) return undefined;
  await tx.db.$queryRaw`
    select 1 as locked from huddle_recommendation
    where organisation_id = ${tx.organisation} and id = ${id}::uuid for update`;
  return (await readRecommendations(tx, { ids: [id] }, true))[0];
}

export async function readDecisions(
  tx: OrganisationTransaction,
  which: { readonly huddles?: readonly string[]; readonly followUps?: readonly string[] },
  withWords: boolean,
): Promise<readonly Decision[]> {
  const { huddles = [], followUps = [] } = which;
  if (![...huddles, ...followUps].every(isUuid)) return [];
  const rows = await tx.db.$queryRaw<(Omit<Decision, 'words'> & { words: Uint8Array | null })[]>`
    select d.id::text as id, d.huddle_id::text as huddle, d.item_id::text as item, c.id::text as client, c.code, d.what,
           case when ${withWords}::boolean then d.words end as words, d.follow_up_id::text as "followUp",
           m.name as "madeByName", d.made_at as "madeAt"
    from huddle_decision d
    join follow_up f on f.organisation_id = d.organisation_id and f.id = d.follow_up_id
    join client c on c.organisation_id = f.organisation_id and c.id = f.client_id
    join person m on m.organisation_id = d.organisation_id and m.id = d.made_by
    where d.organisation_id = ${tx.organisation}
      and (d.huddle_id = any(${[...huddles]}::uuid[]) or d.follow_up_id = any(${[...followUps]}::uuid[]))
    order by d.made_at, d.id`;
  return rows.map((row) => ({
    ...row,
    words: row.words === null ? undefined : sayWords(tx.open(decisionWords(row.id), row.words)),
  }));
}
