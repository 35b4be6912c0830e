import type { Clock } from '../../clock.ts';
import type { Deliver, Delivered } from './deliver.ts';
import type { LocalUser, Workspace } from './workspace.ts';

/** What the local Slack tells the bot by itself or because of a person: the Events API. */
export interface Events {
  openHome(act: { user: string }): Promise<Delivered>;
  /** A line to the bot in the person's own conversation with it. */
  typeToBot(act: { user: string; text: string }): Promise<Delivered>;
  /** Deactivated users act no more and get no messages. */
  deactivate(user: string): Promise<Delivered>;
  reactivate(user: string): Promise<Delivered>;
  /** Removes the app from the workspace: its token is revoked. */
  uninstall(): Promise<Delivered>;
  /** Any event at all, and Slack's retry of it: `attempt` 1 is the first repetition. */
  event(event: Record<string, unknown>, retry?: { id: string; attempt: number }): Promise<Delivered>;
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
  async function send(event: Record<string, unknown>, retry?: { id: string; attempt: number }): Promise<Delivered> {
    const body = JSON.stringify({
      token: 'unused',
      team_id: tenant.id,
      api_app_id: 'ABATON',
      type: 'event_callback',
      event_id: retry?.id ?? workspace.nextId('Ev'),
      event_time: Math.floor(clock.wallNow().getTime() / 1_000),
      authorizations: [
        { team_id: tenant.id, user_id: 'UBATON', is_bot: true, is_enterprise_install: false, enterprise_id: null },
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

  const userChange = (id: string, deleted: boolean): Promise<Delivered> =>
    send({ type: 'user_change', user: { id, team_id: tenant.id, name: workspace.users.get(id)?.name, deleted } });

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
    uninstall: () => {
      workspace.installed = false;
      return send({ type: 'app_uninstalled' });
    },
  };
}
