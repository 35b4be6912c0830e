import type { Clock } from '../../clock.ts';
import type { Deliver, Delivered } from './deliver.ts';
import { BOT, Impossible, type LocalUser, type Workspace } from './workspace.ts';

/** What the local Slack tells the bot by itself or because of a person: the Events API. */
export interface Events {
  openHome(act: { user: string }): Promise<Delivered>;
  /** A line to the bot in the person's own conversation with it. */
  typeToBot(act: { user: string; text: string }): Promise<Delivered>;
  /** Puts an emoji (`eyes`) on a message the person sees, or takes it back, which no app is told that did not ask. */
  react(act: { user: string; channel: string; message: string; name: string; back?: boolean }): Promise<Delivered>;
  /** Deactivated users act no more and get no messages. */
  deactivate(user: string): Promise<Delivered>;
  reactivate(user: string): Promise<Delivered>;
  /** Makes somebody a guest of some channels, or a member again. */
  setGuest(user: string, guest: boolean): Promise<Delivered>;
  /** Removes the app from the workspace: its token is revoked. */
  uninstall(): Promise<Delivered>;
  /** Installs it again, with the same token. */
  reinstall(): void;
  /** Any event at all, and Slack's retry of it: `attempt` 1 is the first repetition, `time` when it happened in seconds. */
  event(event: Record<string, unknown>, retry?: { id: string; attempt: number; time?: number }): Promise<Delivered>;
}

export function sendEvents(options: {
  workspace: Workspace;
  deliver: Deliver;
  clock: Clock;
  active: (user: string) => LocalUser;
}): Events {
  const { workspace, deliver, clock, active } = options;
  const { tenant } = workspace;

  /** Slack repeats an event at once when it was not acknowledged; its later repetitions are the tests' to send. */
  async function send(
    event: Record<string, unknown>,
    retry?: { id: string; attempt: number; time?: number },
  ): Promise<Delivered> {
    const body = JSON.stringify({
      token: 'unused',
      team_id: tenant.id,
      api_app_id: 'ABATON',
      type: 'event_callback',
      event_id: retry?.id ?? workspace.nextId('Ev'),
      event_time: retry?.time ?? Math.floor(clock.wallNow().getTime() / 1_000),
      authorizations: [
        { team_id: tenant.id, user_id: BOT, is_bot: true, is_enterprise_install: false, enterprise_id: null },
      ],
      is_ext_shared_channel: false,
      event,
    });
    const first = { 'x-slack-retry-num': String(retry?.attempt ?? 0), 'x-slack-retry-reason': 'http_error' };
    const delivered = await deliver(body, 'json', retry === undefined ? {} : first);
    if (delivered.error === undefined || retry !== undefined) return delivered;
    const reason = delivered.error === 'operation_timeout' ? 'http_timeout' : 'http_error';
    return deliver(body, 'json', { 'x-slack-retry-num': '1', 'x-slack-retry-reason': reason });
  }

  const userChange = (id: string, deleted: boolean): Promise<Delivered> => {
    const user = workspace.users.get(id);
    const guest = { is_restricted: user?.guest === true, is_ultra_restricted: false, is_stranger: false };
    return send({ type: 'user_change', user: { id, team_id: tenant.id, name: user?.name, deleted, ...guest } });
  };

  return {
    event: send,
    openHome: ({ user }) => {
      const home = workspace.homes.get(active(user).id);
      const view = home === undefined ? {} : { view: { ...home.view, id: home.id, hash: home.hash } };
      return send({ type: 'app_home_opened', user, channel: workspace.direct(user), tab: 'home', ...view });
    },
    typeToBot: ({ user, text }) => {
      const { team } = active(user);
      const channel = workspace.direct(user);
      const { ts } = workspace.post({ channel, user, text, blocks: [] });
      const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      const home = team ?? tenant.id;
      return send({
        type: 'message',
        channel_type: 'im',
        channel,
        user,
        ts,
        text: escaped,
        team: home,
        user_team: home,
      });
    },
    react: async ({ user, channel, message: ts, name, back = false }) => {
      const place = workspace.channels.get(channel);
      if (place?.members.includes(active(user).id) !== true) throw new Impossible('this user is not in that channel');
      const message = workspace.visible(channel, user).find((one) => one.ts === ts);
      if (message === undefined) throw new Impossible('this user sees no such message');
      if (message.onlyFor !== undefined) throw new Impossible('nobody can react to what only they see');
      const { reactions = [] } = message;
      const others = reactions.filter((one) => one.name !== name || one.user !== user);
      if (others.length < reactions.length !== back) throw new Impossible(back ? 'no_reaction' : 'already_reacted');
      workspace.messages.set(ts, { ...message, reactions: back ? others : [...others, { name, user }] });
      if (back || place.withBot === false) return { status: 200, body: '', ms: 0 };
      const item = { type: 'message', channel, ts };
      return send({
        type: 'reaction_added',
        user,
        reaction: name,
        item,
        item_user: message.user,
        event_ts: workspace.nextTs(),
      });
    },
    deactivate: (user) => {
      active(user);
      workspace.gone.add(user);
      workspace.modals.delete(user);
      return userChange(user, true);
    },
    reactivate: (user) => {
      workspace.gone.delete(user);
      return userChange(active(user).id, false);
    },
    setGuest: (user, guest) => {
      workspace.users.set(user, { ...active(user), guest });
      return userChange(user, false);
    },
    reinstall: () => {
      workspace.installed = true;
    },
    uninstall: () => {
      workspace.installed = false;
      return send({ type: 'app_uninstalled' });
    },
  };
}
