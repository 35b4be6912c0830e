import type { Clock } from '../clock.ts';
import { findWorkspace } from './find-workspace.ts';
import type { Store } from './store.ts';

/** Where the bot may speak to a Teams user, as the Teams adapter keeps it. */
export interface StoredReference {
  readonly conversationId: string;
  readonly serviceUrl: string;
  readonly botId: string;
  readonly userId: string;
}

/** Conversation references in the database: any replica can answer anybody. Unknown tenants keep nothing. */
export function createConversationReferences(
  store: Store,
  clock: Clock,
): {
  save(tenant: string, user: string, reference: StoredReference): Promise<void>;
  find(tenant: string, user: string): Promise<StoredReference | undefined>;
} {
  const workspaceOf = (tenant: string): ReturnType<typeof findWorkspace> =>
    store.asWorker((db) => findWorkspace(db, 'teams', tenant));
  return {
    async save(tenant, user, reference) {
      const match = await workspaceOf(tenant);
      if (match === undefined) return;
      await store.inOrganisation(
        match.organisation,
        (tx) => tx.db.$executeRaw`
        insert into conversation_reference (organisation_id, workspace_id, platform_user, conversation_id, service_url,
                                            bot_id, user_id, updated_at)
        values (${match.organisation}, ${match.workspace}, ${user}, ${reference.conversationId}, ${reference.serviceUrl},
                ${reference.botId}, ${reference.userId}, ${clock.now()})
        on conflict (organisation_id, workspace_id, platform_user) do update
        set conversation_id = excluded.conversation_id, service_url = excluded.service_url, bot_id = excluded.bot_id,
            user_id = excluded.user_id, updated_at = excluded.updated_at
        where (conversation_reference.conversation_id, conversation_reference.service_url)
              is distinct from (excluded.conversation_id, excluded.service_url)`,
      );
    },
    async find(tenant, user) {
      const match = await workspaceOf(tenant);
      if (match === undefined) return undefined;
      return store.inOrganisation(match.organisation, async (tx) => {
        const row = await tx.db.conversationReference.findUnique({
          where: {
            organisationId_workspaceId_platformUser: {
              organisationId: match.organisation,
              workspaceId: match.workspace,
              platformUser: user,
            },
          },
        });
        return row ?? undefined;
      });
    },
  };
}
