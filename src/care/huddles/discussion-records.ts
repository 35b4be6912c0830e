import { isUuid } from '../../ids.ts';
import { sayWords } from '../../feature/say-sealed.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';

/** Somebody wants a client spoken about. */
export interface DiscussionRequest {
  readonly id: string;
  readonly client: string;
  readonly code: string;
  readonly tier: string;
  readonly reason: string;
  readonly words: string | undefined;
  readonly askedBy: string;
  readonly askedByName: string;
  readonly askedAt: Date;
  /** The zone of the client's team. */
  readonly zone: string;
}

const wordsPlace = (id: string): { table: string; column: string; row: string } => ({
  table: 'discussion_request',
  column: 'words',
  row: id,
});

/** What was asked for and not spoken about yet: of a team's clients, or of these; sealed words only when asked for. */
export async function listOpenRequests(
  tx: OrganisationTransaction,
  of: { readonly team: string } | { readonly clients: readonly string[] },
  withWords = false,
): Promise<readonly DiscussionRequest[]> {
  const [team, clients] = 'team' in of ? [of.team, []] : [null, of.clients];
  if (!clients.every(isUuid)) return [];
  const rows = await tx.db.$queryRaw<(Omit<DiscussionRequest, 'words'> & { words: Uint8Array | null })[]>`
    select r.id::text as id, r.client_id::text as client, c.code, c.tier, r.reason,
           case when ${withWords}::boolean then r.words end as words, r.asked_by as "askedBy", p.name as "askedByName",
           r.asked_at as "askedAt", t.zone
    from discussion_request r
    join client c on c.organisation_id = r.organisation_id and c.id = r.client_id
    join team t on t.organisation_id = c.organisation_id and t.id = c.team_id
    join person p on p.organisation_id = r.organisation_id and p.id = r.asked_by
    where r.organisation_id = ${tx.organisation} and r.state = 'open'
      and (c.team_id = ${team}::text or r.client_id = any(${[...clients]}::uuid[]))
    order by r.asked_at, r.id`;
  return rows.map((row) => ({
    ...row,
    words: row.words === null ? undefined : sayWords(tx.open(wordsPlace(row.id), row.words)),
  }));
}

/** The id, or undefined when somebody asked for this client already. */
export async function insertRequest(
  tx: OrganisationTransaction,
  given: {
    readonly client: string;
    readonly reason: string;
    readonly words: string | undefined;
    readonly by: string;
    readonly now: Date;
  },
): Promise<string | undefined> {
  const id = tx.ids.uuid();
  const words = given.words === undefined ? null : tx.seal(wordsPlace(id), given.words);
  const made = await tx.db.$executeRaw`
    insert into discussion_request (organisation_id, id, client_id, reason, words, asked_by, asked_at)
    values (${tx.organisation}, ${id}::uuid, ${given.client}::uuid, ${given.reason}, ${words}::bytea, ${given.by},
            ${given.now})
    on conflict do nothing`;
  return made === 1 ? id : undefined;
}

/** Closes a client's open request; false when there is none any more. */
export async function withdrawRequest(
  tx: OrganisationTransaction,
  client: string,
  by: string,
  now: Date,
): Promise<boolean> {
  const closed = await tx.db.$executeRaw`
    update discussion_request set state = 'withdrawn', closed_at = ${now}, closed_by = ${by}
    where organisation_id = ${tx.organisation} and client_id = ${client}::uuid and state = 'open'`;
  return closed === 1;
}

/** What a huddle spoke about is no longer asked for; what was asked while it ran waits for the next one. */
export async function closeDiscussed(
  tx: OrganisationTransaction,
  huddle: { readonly id: string; readonly startedAt: Date },
  clients: readonly string[],
  now: Date,
): Promise<void> {
  await tx.db.$executeRaw`
    update discussion_request set state = 'discussed', closed_at = ${now}, huddle_id = ${huddle.id}::uuid
    where organisation_id = ${tx.organisation} and client_id = any(${[...clients]}::uuid[]) and state = 'open'
      and asked_at <= ${huddle.startedAt}`;
}
