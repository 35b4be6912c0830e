import type { Clock } from '../clock.ts';
import { createWays, type Way } from './find-workspace.ts';
import type { Store } from './store.ts';
import type { OrganisationTransaction } from './transaction.ts';

/** Where the bot may speak to a Teams user, as the Teams adapter keeps it. */
export interface StoredReference {
  readonly conversationId: string;
  readonly serviceUrl: string;
  readonly botId: string;
  readonly userId: string;
}

/** How long what was written is not written again, in milliseconds: another replica may have written meanwhile. */
const fresh = 10 * 60_000;
/** People whose last reference is remembered; a bound on memory and nothing more. */
const most = 20_000;

/** Conversation references in the database: any replica can answer anybody. Unknown tenants keep nothing. */
export function createConversationReferences(
  store: Store,
  clock: Clock,
): {
  save(tenant: string, user: string, reference: StoredReference, anew?: boolean): Promise<void>;
  find(tenant: string, user: string): Promise<StoredReference | undefined>;
  whoIs(tenant: string, userId: string): Promise<string | undefined>;
} {
  const ways = createWays(store);
  const saved = new Map<string, { readonly what: string; readonly at: number }>();

  const saveBy = async (way: Way, tenant: string, user: string, reference: StoredReference): Promise<boolean> =>
    store.inOrganisation(way.organisation, (tx) => upsert(tx, way, tenant, user, reference, clock.now()));

  return {
    async save(tenant, user, reference, renewed = false) {
      const key = `${tenant} ${user}`;
      const what = JSON.stringify(reference);
      const now = clock.wallNow().getTime();
      const last = saved.get(key);
      if (!renewed && last?.what === what && now - last.at < fresh) return;
      for (const anew of [false, true]) {
        const way = await ways.find('teams', tenant, anew);
        if (way === undefined) return;
        if (!(await saveBy(way, tenant, user, reference))) continue;
        if (saved.size >= most) saved.clear();
        saved.set(key, { what, at: now });
        return;
      }
    },
    async find(tenant, user) {
      const match = await ways.find('teams', tenant, true);
      if (match === undefined) return undefined;
      // Short, and an answer waits for it: that of an escalation too.
      return store.inOrganisation(match.organisation, (tx) => findReference(tx, match, user), 'urgent');
    },
    async whoIs(tenant, userId) {
      const match = await ways.find('teams', tenant, true);
      if (match === undefined) return undefined;
      return store.inOrganisation(match.organisation, async (tx) => {
        const rows = await tx.db.$queryRaw<{ user: string }[]>`
          select platform_user as "user" from conversation_reference
          where organisation_id = ${match.organisation} and workspace_id = ${match.workspace} and user_id = ${userId}
          limit 2`;
        return rows.length === 1 ? rows[0]?.user : undefined;
      });
    },
  };
}

/** A stranger's is kept aside: it leads nowhere until somebody of the organisation has that account. */
async function findReference(
  tx: OrganisationTransaction,
  way: Way,
  user: string,
): Promise<StoredReference | undefined> {
  const rows = await tx.db.$queryRaw<StoredReference[]>`
    select r.conversation_id as "conversationId", r.service_url as "serviceUrl", r.bot_id as "botId",
           r.user_id as "userId"
    from conversation_reference r
    join identity i on i.organisation_id = r.organisation_id and i.workspace_id = r.workspace_id
      and i.platform_user = r.platform_user
    where r.organisation_id = ${way.organisation} and r.workspace_id = ${way.workspace} and r.platform_user = ${user}`;
  return rows[0];
}

/** False when the workspace is no longer that tenant's: then nothing is written. */
async function upsert(
  tx: OrganisationTransaction,
  way: Way,
  tenant: string,
  user: string,
  reference: StoredReference,
  now: Date,
): Promise<boolean> {
  const found = await tx.db.$queryRaw<{ id: string }[]>`
    with w as (
      select organisation_id, id from workspace
      where organisation_id = ${way.organisation} and id = ${way.workspace} and platform = 'teams' and external_id = ${tenant}
    ), kept as (
      insert into conversation_reference (organisation_id, workspace_id, platform_user, conversation_id, service_url,
                                          bot_id, user_id, updated_at, aside_since)
      select organisation_id, id, ${user}, ${reference.conversationId}, ${reference.serviceUrl}, ${reference.botId},
             ${reference.userId}, ${now}::timestamptz,
             case when not exists (select 1 from identity i where i.organisation_id = w.organisation_id
                                     and i.workspace_id = w.id and i.platform_user = ${user})
                  then ${now}::timestamptz end
      from w
      on conflict (organisation_id, workspace_id, platform_user) do update
      set conversation_id = excluded.conversation_id, service_url = excluded.service_url, bot_id = excluded.bot_id,
          user_id = excluded.user_id, updated_at = excluded.updated_at
      where (conversation_reference.conversation_id, conversation_reference.service_url)
            is distinct from (excluded.conversation_id, excluded.service_url))
    select id from w`;
  return found.length > 0;
}
