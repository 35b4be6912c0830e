import type { Clock } from '../../clock.ts';
import type { Block } from './check-blocks.ts';
import { interaction, type Deliver, type Delivered } from './deliver.ts';
import { sendEvents, type Events } from './events.ts';
import { fillView, type Filled, type ViewState } from './fill-view.ts';
import { sendShortcuts, type LocalShortcut, type Shortcuts } from './shortcuts.ts';
import { suggestions, takeCommandAnswer, takeViewAnswer } from './take-acknowledgement.ts';
import type { Tickets } from './tickets.ts';
import { BOT, Impossible, type LocalChannel, type LocalUser, type OpenView, type Workspace } from './workspace.ts';

/** What a person can do in the local Slack. Each act is the real signed request to the bot's ordinary endpoint. */
export interface Pressed {
  readonly action_id: string;
  readonly block_id?: string;
  readonly value?: string;
}
/** `evenIf: true` sends what Slack's own screen would never send: for tests of forged requests. */
interface Forgeable {
  readonly evenIf?: boolean;
}

export interface Acts extends Events, Shortcuts {
  /** `/care` with a text, typed in a channel the person is in. */
  command(typed: { user: string; channel: string; text: string; command?: string }): Promise<Delivered>;
  /** A button on a message (`channel` and `message`), on a modal (`view`) or on the home tab (its view id). */
  action(
    act: { user: string; channel?: string; message?: string; view?: string; action: Pressed } & Forgeable,
  ): Promise<Delivered>;
  /** Presses a modal's submit button. Values left out stay as they were drawn. */
  submit(
    act: {
      user: string;
      view: string;
      values: Filled;
      /** Forged parts, with `evenIf` only: they replace what Slack would send. */
      forged?: { state?: ViewState; private_metadata?: string; callback_id?: string };
    } & Forgeable,
  ): Promise<Delivered>;
  closeView(act: { user: string; view: string }): Promise<Delivered>;
  /** Types into a search field of a modal. */
  options(act: { user: string; query: string; action_id: string; view?: string } & Forgeable): Promise<Delivered>;
}

const APP = 'ABATON';

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const buttonsOf = (blocks: readonly Block[]) =>
  blocks.flatMap((block) =>
    block.type === 'actions'
      ? block.elements.flatMap((each) => (each.type === 'button' ? [{ ...each, block_id: block.block_id ?? '' }] : []))
      : [],
  );

export function createActs(options: {
  workspace: Workspace;
  tickets: Tickets;
  deliver: Deliver;
  clock: Clock;
  origin: () => string;
  /** What the app's manifest offers; any shortcut when absent. */
  shortcuts?: readonly LocalShortcut[] | undefined;
}): Acts {
  const { workspace, tickets, deliver, origin } = options;
  const { tenant } = workspace;

  const active = (id: string): LocalUser => {
    const user = workspace.users.get(id);
    if (user === undefined) throw new Impossible('there is no such user in this workspace');
    if (workspace.gone.has(id)) throw new Impossible('a deactivated user cannot sign in');
    return user;
  };
  const joined = (channel: string, user: string): LocalChannel => {
    const found = workspace.channels.get(channel);
    if (found?.members.includes(user) !== true) throw new Impossible('this user is not in that channel');
    return found;
  };
  const opened = (user: string, view: string): OpenView => {
    const found = workspace.modals.get(user)?.at(-1);
    if (found?.id !== view) throw new Impossible('this view is not on top of what the user sees');
    return found;
  };
  const who = ({ id, name, team }: LocalUser): Record<string, string> => ({
    id,
    name,
    username: name,
    team_id: team ?? tenant.id,
  });
  const base = (user: LocalUser): Record<string, unknown> => ({
    api_app_id: APP,
    team: { id: tenant.id, domain: tenant.name },
    enterprise: null,
    is_enterprise_install: false,
    user: who(user),
  });
  const responseUrl = (channel: string, user: string, message?: string): string =>
    `${origin()}/respond/${tickets.responseKey({ channel, user, ...(message === undefined ? {} : { message }) })}`;
  const viewBody = (open: OpenView, more: Record<string, unknown> = {}): Record<string, unknown> => ({
    ...open.view,
    id: open.id,
    team_id: tenant.id,
    hash: open.hash,
    root_view_id: open.id,
    app_id: APP,
    bot_id: 'BBATON',
    ...more,
  });

  /** Slack turns names into entities, and escapes the rest. */
  const withEntities = (text: string): string =>
    escape(text)
      .replace(/@([a-z0-9._-]+)/g, (word, name: string) => {
        const user = [...workspace.users.values()].find((each) => each.name === name);
        return user === undefined ? word : `<@${user.id}|${name}>`;
      })
      .replace(/#([a-z0-9_-]+)/g, (word, name: string) => {
        const channel = [...workspace.channels.values()].find((each) => each.name === name);
        return channel === undefined ? word : `<#${channel.id}|${name}>`;
      });

  /** Where the button stands, as the payload says it. Throws when this person sees no such button. */
  function pressedOn(act: Parameters<Acts['action']>[0]): { where: Record<string, unknown>; blocks: readonly Block[] } {
    if (act.view !== undefined) {
      const home = workspace.homes.get(act.user);
      const open = home?.id === act.view ? home : opened(act.user, act.view);
      return {
        where: { container: { type: 'view', view_id: open.id }, view: viewBody(open, { state: { values: {} } }) },
        blocks: open.view.blocks,
      };
    }
    const channel = joined(act.channel ?? '', act.user);
    const message = workspace.visible(channel.id, act.user).find(({ ts }) => ts === act.message);
    if (message === undefined) throw new Impossible('this user sees no such message');
    const thread = message.thread === undefined ? {} : { thread_ts: message.thread };
    const container = {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: message.onlyFor !== undefined,
      ...thread,
    };
    const whole = {
      type: 'message',
      user: BOT,
      bot_id: 'BBATON',
      ts: message.ts,
      text: message.text,
      blocks: message.blocks,
      ...thread,
    };
    return {
      where: {
        container,
        channel: { id: channel.id, name: channel.name },
        ...(message.onlyFor === undefined ? { message: whole } : {}),
        response_url: responseUrl(channel.id, act.user, message.ts),
      },
      blocks: message.blocks,
    };
  }

  return {
    ...sendEvents({ ...options, active }),
    ...sendShortcuts({ ...options, active, joined, base, responseUrl }),

    command: async ({ user, channel, text, command = '/care' }) => {
      const { name } = active(user);
      const place = joined(channel, user);
      const delivered = await deliver(
        new URLSearchParams({
          token: 'unused',
          team_id: tenant.id,
          team_domain: tenant.name,
          channel_id: place.id,
          channel_name: place.private === true && !place.id.startsWith('D') ? 'privategroup' : place.name,
          user_id: user,
          user_name: name,
          command,
          text: withEntities(text),
          api_app_id: APP,
          is_enterprise_install: 'false',
          response_url: responseUrl(place.id, user),
          trigger_id: tickets.trigger(user),
        }).toString(),
        'form',
      );
      takeCommandAnswer(workspace, { channel: place.id, user, command }, delivered);
      return delivered;
    },

    action: async (act) => {
      const user = active(act.user);
      const { where, blocks } = pressedOn(act);
      const { action_id, block_id, value } = act.action;
      const button = buttonsOf(blocks).find(
        (each) =>
          each.action_id === action_id &&
          (block_id === undefined || each.block_id === block_id) &&
          (value === undefined || each.value === value),
      );
      if (button === undefined && act.evenIf !== true) throw new Impossible('there is no such button to press');
      const { confirm: _asked, ...pressed } = button ?? {
        type: 'button' as const,
        action_id,
        block_id: block_id ?? 'forged',
        text: { type: 'plain_text' as const, text: '…' },
        ...(value === undefined ? {} : { value }),
        confirm: undefined,
      };
      const trigger_id = tickets.trigger(act.user);
      return deliver(
        interaction({
          type: 'block_actions',
          ...base(user),
          ...where,
          trigger_id,
          actions: [{ ...pressed, action_ts: workspace.nextTs() }],
        }),
        'form',
      );
    },

    submit: async (act) => {
      const user = active(act.user);
      const open = opened(act.user, act.view);
      const forged = act.evenIf === true ? (act.forged ?? {}) : {};
      const values =
        forged.state ??
        fillView(open.view, act.values, (action) => workspace.offered.get(`${act.user} ${action}`) ?? []);
      const { state: _state, ...parts } = forged;
      const view = viewBody(open, { ...parts, state: { values } });
      const trigger_id = tickets.trigger(act.user);
      const delivered = await deliver(
        interaction({ type: 'view_submission', ...base(user), trigger_id, view, response_urls: [] }),
        'form',
      );
      takeViewAnswer(workspace, open, delivered);
      return delivered;
    },

    closeView: async (act) => {
      const user = active(act.user);
      const open = opened(act.user, act.view);
      const { modals } = workspace;
      modals.set(act.user, (modals.get(act.user) ?? []).slice(0, -1));
      const wanted = 'notify_on_close' in open.view && open.view.notify_on_close === true;
      if (!wanted) return { status: 200, body: '', ms: 0 };
      return deliver(
        interaction({ type: 'view_closed', ...base(user), view: viewBody(open), is_cleared: false }),
        'form',
      );
    },

    options: async (act) => {
      const user = active(act.user);
      const open = act.view === undefined ? undefined : opened(act.user, act.view);
      const field = open?.view.blocks.find(
        (block) => block.type === 'input' && block.element.action_id === act.action_id,
      );
      const element = field?.type === 'input' && field.element.type === 'external_select' ? field.element : undefined;
      if (act.evenIf !== true) {
        if (element === undefined) throw new Impossible('there is no such search field');
        if (act.query.length < (element.min_query_length ?? 3))
          throw new Impossible('Slack does not search for so few letters');
      }
      const delivered = await deliver(
        interaction({
          type: 'block_suggestion',
          ...base(user),
          action_id: act.action_id,
          block_id: field?.block_id ?? 'forged',
          value: act.query,
          ...(open === undefined ? {} : { container: { type: 'view', view_id: open.id }, view: viewBody(open) }),
        }),
        'form',
      );
      const offered = suggestions.safeParse(delivered.body);
      workspace.offered.set(`${act.user} ${act.action_id}`, offered.success ? offered.data.options : []);
      return offered.success ? delivered : { ...delivered, error: delivered.error ?? 'dispatch_failed' };
    },
  };
}
