import type { PlaceTrait, Sender } from '../feature/sender.ts';
import { ConnectorError, type Connector, type Member } from './connector.ts';
import type { References } from './references.ts';
import { failed } from './send.ts';

/** Entra marks accounts of other organisations so, in the name they sign in with. */
const external = '#ext#';

/** A guest by role, by name, or by another home than this tenant. */
const isGuest = (member: Member, tenant: string): boolean =>
  member.userRole?.toLowerCase() === 'guest' ||
  member.userPrincipalName?.toLowerCase().includes(external) === true ||
  isForeign(member, tenant);
const isForeign = ({ tenantId }: Member, tenant: string): boolean =>
  tenantId !== undefined && tenantId !== '' && tenantId.toLowerCase() !== tenant.toLowerCase();

/** The connector's answers that say something of the place itself. */
const saysOfPlace: Readonly<Record<string, PlaceTrait>> = {
  BotNotInConversationRoster: 'not-a-member',
  ConversationNotFound: 'missing',
};

/** The account is not there any more, or cannot sign in: it is in no conversation. */
const goneUser = 'MemberNotFoundInConversation';

/**
 * What Teams says of places and people. Who may join a team on their own is not known to a bot without a permission that
 * reads the directory: a team's channel is as open as its team, and the administrator who names it as a place knows.
 */
export function createTeamsInspector(ports: {
  readonly connector: Pick<Connector, 'members' | 'member'>;
  readonly references: Pick<References, 'find'>;
}): Required<Pick<Sender, 'inspect' | 'inspectUser'>> {
  const { connector, references } = ports;
  return {
    async inspect({ tenant, place, serviceUrl }) {
      if (serviceUrl === undefined) return { ok: false, code: 'no-service-url', unknown: false };
      try {
        const members = await connector.members({ conversationId: place, serviceUrl });
        const traits: PlaceTrait[] = [];
        // Members of another tenant: a shared channel; they are no guests of this one.
        if (members.some((member) => isForeign(member, tenant))) traits.push('shared');
        if (members.some((member) => isGuest(member, tenant) && !isForeign(member, tenant))) traits.push('guests');
        return { ok: true, traits };
      } catch (error) {
        const code = error instanceof ConnectorError ? error.code : '';
        const trait = Object.hasOwn(saysOfPlace, code) ? saysOfPlace[code] : undefined;
        return trait === undefined ? failed(error) : { ok: true, traits: [trait] };
      }
    },
    async inspectUser({ tenant, user }) {
      const chat = await references.find(tenant, user);
      if (chat === undefined) return { ok: false, code: 'no-chat', unknown: false };
      try {
        const member = await connector.member(chat, chat.userId);
        return { ok: true, active: true, guest: isGuest(member, tenant) };
      } catch (error) {
        if (error instanceof ConnectorError && error.code === goneUser)
          return { ok: true, active: false, guest: false };
        return failed(error);
      }
    },
  };
}
