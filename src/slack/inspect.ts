import { z } from 'zod';
import type { PlaceTrait, Sender } from '../feature/sender.ts';
import type { Call } from './call-slack.ts';
import { failed } from './send.ts';

/** What `conversations.info` says that decides who could read along. How many guests there are it does not say. */
const placeSchema = z.object({
  channel: z.object({
    is_private: z.boolean().default(false),
    is_im: z.boolean().default(false),
    is_mpim: z.boolean().default(false),
    is_general: z.boolean().default(false),
    is_archived: z.boolean().default(false),
    is_ext_shared: z.boolean().default(false),
    is_pending_ext_shared: z.boolean().default(false),
    is_member: z.boolean().default(false),
  }),
});

const userSchema = z.object({
  user: z.object({
    deleted: z.boolean().default(false),
    is_restricted: z.boolean().default(false),
    is_ultra_restricted: z.boolean().default(false),
    is_stranger: z.boolean().default(false),
  }),
});

/** True for guests of one or several channels, and for people of another organisation. */
export const isGuest = (user: {
  readonly is_restricted: boolean;
  readonly is_ultra_restricted: boolean;
  readonly is_stranger: boolean;
}): boolean => user.is_restricted || user.is_ultra_restricted || user.is_stranger;

/** Slack's answers that say something of the place itself. */
const saysOfPlace: Readonly<Record<string, PlaceTrait>> = {
  channel_not_found: 'missing',
  is_archived: 'archived',
  not_in_channel: 'not-a-member',
};

function traitsOf({ channel }: z.infer<typeof placeSchema>): PlaceTrait[] {
  const personal = channel.is_im || channel.is_mpim;
  const found: readonly (readonly [boolean, PlaceTrait])[] = [
    [channel.is_archived, 'archived'],
    [!channel.is_member && !personal, 'not-a-member'],
    [!channel.is_private && !personal, 'public'],
    [channel.is_general, 'general'],
    // An invitation that is out becomes a shared channel without asking again.
    [channel.is_ext_shared || channel.is_pending_ext_shared, 'shared'],
  ];
  return found.flatMap(([is, trait]) => (is ? [trait] : []));
}

/** What Slack says of places and people, for whoever decides. */
export function createSlackInspector(call: Call): Required<Pick<Sender, 'inspect' | 'inspectUser'>> {
  return {
    async inspect({ tenant, place }) {
      const said = await call(tenant, 'outbox', 'conversations.info', { channel: place });
      if (!said.ok) {
        const trait = Object.hasOwn(saysOfPlace, said.error) ? saysOfPlace[said.error] : undefined;
        return trait === undefined ? failed(said) : { ok: true, traits: [trait] };
      }
      const read = placeSchema.safeParse(said.body);
      if (!read.success) return { ok: false, code: 'service_unavailable', unknown: false };
      return { ok: true, traits: traitsOf(read.data) };
    },
    async inspectUser({ tenant, user }) {
      const said = await call(tenant, 'interactive', 'users.info', { user });
      if (!said.ok && said.error === 'user_not_found') return { ok: true, active: false, guest: false, missing: true };
      if (!said.ok) return failed(said);
      const read = userSchema.safeParse(said.body);
      if (!read.success) return { ok: false, code: 'service_unavailable', unknown: false };
      return { ok: true, active: !read.data.user.deleted, guest: isGuest(read.data.user) };
    },
  };
}
