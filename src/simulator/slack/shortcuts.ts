import { interaction, type Deliver, type Delivered } from './deliver.ts';
import type { Tickets } from './tickets.ts';
import { Impossible, type LocalChannel, type LocalUser, type Workspace } from './workspace.ts';

/** An entry of Slack's shortcut menus, as the app's manifest has it. */
export interface LocalShortcut {
  readonly name: string;
  readonly type: 'global' | 'message';
  readonly callback_id: string;
}

export interface Shortcuts {
  /** A global shortcut, by its callback id. */
  shortcut(act: { user: string; callback_id: string }): Promise<Delivered>;
  /** A shortcut in a message's own menu: Slack sends the whole message along. */
  messageShortcut(act: { user: string; channel: string; message: string; callback_id: string }): Promise<Delivered>;
}

export function sendShortcuts(ports: {
  workspace: Workspace;
  tickets: Tickets;
  deliver: Deliver;
  shortcuts?: readonly LocalShortcut[] | undefined;
  active: (user: string) => LocalUser;
  joined: (channel: string, user: string) => LocalChannel;
  base: (user: LocalUser) => Record<string, unknown>;
  responseUrl: (channel: string, user: string) => string;
}): Shortcuts {
  const { workspace, tickets, deliver, shortcuts, active, joined, base, responseUrl } = ports;
  const offered = (type: LocalShortcut['type'], callback_id: string): void => {
    if (shortcuts === undefined) return;
    if (!shortcuts.some((one) => one.type === type && one.callback_id === callback_id))
      throw new Impossible('the menu has no such shortcut');
  };
  return {
    shortcut: async ({ user, callback_id }) => {
      const who = active(user);
      offered('global', callback_id);
      const trigger_id = tickets.trigger(user);
      return deliver(interaction({ type: 'shortcut', ...base(who), callback_id, trigger_id }), 'form');
    },
    messageShortcut: async ({ user, channel, message: ts, callback_id }) => {
      const who = active(user);
      const place = joined(channel, user);
      offered('message', callback_id);
      const message = workspace.visible(place.id, user).find((one) => one.ts === ts);
      if (message === undefined) throw new Impossible('this user sees no such message');
      return deliver(
        interaction({
          type: 'message_action',
          ...base(who),
          callback_id,
          trigger_id: tickets.trigger(user),
          response_url: responseUrl(place.id, user),
          channel: { id: place.id, name: place.name },
          message_ts: ts,
          message: { type: 'message', user: message.user, ts, text: message.text, blocks: message.blocks },
        }),
        'form',
      );
    },
  };
}
