import { z } from 'zod';
import { method, no, type Method } from './api-answer.ts';
import { BOT, isPrivate, type LocalChannel, type LocalUser, type Workspace } from './workspace.ts';

/** auth.*, users.*, conversations.*, bots.*: who is here and where. The bot may read no history. */
export function peopleMethods(workspace: Workspace): Record<string, Method> {
  const { tenant, users, channels } = workspace;

  const person = (user: LocalUser): Record<string, unknown> => ({
    id: user.id,
    team_id: user.team ?? tenant.id,
    name: user.name,
    real_name: user.real_name,
    deleted: workspace.gone.has(user.id),
    is_bot: false,
    is_restricted: user.guest === true,
    is_ultra_restricted: false,
    is_stranger: user.team !== undefined && user.team !== tenant.id,
    profile: { real_name: user.real_name, ...(user.email === undefined ? {} : { email: user.email }) },
  });
  const place = (channel: LocalChannel): Record<string, unknown> => ({
    id: channel.id,
    name: channel.name,
    is_im: channel.id.startsWith('D'),
    is_channel: !channel.id.startsWith('D'),
    is_private: isPrivate(channel),
    is_general: channel.general === true,
    is_archived: channel.archived === true,
    is_ext_shared: channel.shared === true,
    is_shared: channel.shared === true,
    is_member: channel.withBot !== false,
    num_members: channel.members.length,
  });
  /** A private channel the bot is not in does not exist for it. */
  const seen = (channel: LocalChannel): boolean => !isPrivate(channel) || channel.withBot !== false;
  const known = (id: string): LocalChannel | undefined => {
    const channel = channels.get(id);
    return channel !== undefined && seen(channel) ? channel : undefined;
  };

  return {
    'auth.test': () => ({
      ok: true,
      team_id: tenant.id,
      team: tenant.name,
      user_id: BOT,
      user: 'baton',
      bot_id: 'BBATON',
    }),
    'bots.info': () => ({ ok: true, bot: { id: 'BBATON', user_id: BOT, name: 'Baton', deleted: false } }),
    'users.info': method(z.object({ user: z.string() }), ({ user }) => {
      const wanted = users.get(user);
      return wanted === undefined ? no('user_not_found') : { ok: true, user: person(wanted) };
    }),
    'users.list': () => ({
      ok: true,
      members: [...users.values()].map(person),
      response_metadata: { next_cursor: '' },
    }),
    'users.lookupByEmail': method(z.object({ email: z.string() }), ({ email }) => {
      const wanted = [...users.values()].find((user) => user.email === email && !workspace.gone.has(user.id));
      return wanted === undefined ? no('users_not_found') : { ok: true, user: person(wanted) };
    }),
    'conversations.open': method(z.object({ users: z.string() }), ({ users: wanted }) => {
      const user = users.get(wanted);
      if (user === undefined) return no('user_not_found');
      if (workspace.gone.has(user.id)) return no('user_disabled');
      return { ok: true, channel: { id: workspace.direct(user.id) } };
    }),
    'conversations.info': method(z.object({ channel: z.string() }), ({ channel }) => {
      const wanted = known(channel);
      return wanted === undefined ? no('channel_not_found') : { ok: true, channel: place(wanted) };
    }),
    'conversations.members': method(z.object({ channel: z.string() }), ({ channel }) => {
      const wanted = known(channel);
      if (wanted === undefined) return no('channel_not_found');
      const members = [...wanted.members, ...(wanted.withBot === false ? [] : [BOT])];
      return { ok: true, members, response_metadata: { next_cursor: '' } };
    }),
    'conversations.list': () => ({
      ok: true,
      channels: [...channels.values()].filter((channel) => !channel.id.startsWith('D') && seen(channel)).map(place),
      response_metadata: { next_cursor: '' },
    }),
    'conversations.history': () => ({ ...no('missing_scope'), needed: 'channels:history' }),
    'conversations.replies': () => ({ ...no('missing_scope'), needed: 'channels:history' }),
  };
}
