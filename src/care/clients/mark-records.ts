import { isUuid } from '../../ids.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { preferencesSchema, type Preferences } from './rules.ts';

/** What stands of a client in clear: enough for a list to sort by, without opening anything sealed. */
export interface ClientMark {
  readonly id: string;
  readonly code: string;
  readonly tier: string;
  readonly team: string;
  readonly coordinator: string | undefined;
}

/** Clients by id, by what is not sealed. */
export async function findClientMarks(
  tx: OrganisationTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ClientMark>> {
  const asked = [...new Set(ids)].filter(isUuid);
  if (asked.length === 0) return new Map();
  const rows = await tx.db.$queryRaw<(Omit<ClientMark, 'coordinator'> & { coordinator: string | null })[]>`
    select c.id::text as id, c.code, c.tier, c.team_id as team, a.person_id as coordinator
    from client c
    left join lateral (
      select o.person_id from coordinator_assignment o
      where o.organisation_id = c.organisation_id and o.client_id = c.id and o.ended_at is null limit 1) a on true
    where c.organisation_id = ${tx.organisation} and c.id = any(${asked}::uuid[])`;
  return new Map(rows.map((row) => [row.id, { ...row, coordinator: row.coordinator ?? undefined }]));
}

/** When these clients welcome calls, and where they are; nothing of it is sealed. */
export async function listCallHours(
  tx: OrganisationTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly preferences: Preferences; readonly zone: string }>> {
  const asked = [...new Set(ids)].filter(isUuid);
  if (asked.length === 0) return new Map();
  const rows = await tx.db.$queryRaw<{ id: string; preferences: unknown; zone: string }[]>`
    select c.id::text as id, c.preferences, coalesce(c.preferences ->> 'zone', t.zone) as zone
    from client c join team t on t.organisation_id = c.organisation_id and t.id = c.team_id
    where c.organisation_id = ${tx.organisation} and c.id = any(${asked}::uuid[])`;
  return new Map(
    rows.map(({ id, preferences, zone }) => [id, { preferences: preferencesSchema.parse(preferences), zone }]),
  );
}
