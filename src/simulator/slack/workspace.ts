import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { Block, HomeView, ModalView } from './check-blocks.ts';
import type { ShownOption } from './element-schemas.ts';

/** What the local Slack remembers: people, places, messages, open views. It draws nothing and answers nobody. */
export interface LocalUser {
  readonly id: string;
  readonly name: string;
  readonly real_name: string;
  readonly email?: string;
  /** A guest of the workspace. */
  readonly guest?: boolean;
  /** Set when the person belongs to another organisation, met in a shared channel. */
  readonly team?: string;
}
export interface LocalChannel {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
  /** A care team's channel is private unless this is false. */
  readonly private?: boolean;
  /** The channel everybody of the workspace is in. */
  readonly general?: boolean;
  readonly archived?: boolean;
  /** Slack Connect. */
  readonly shared?: boolean;
  /** False when nobody invited the bot. */
  readonly withBot?: boolean;
}
export interface StoredMessage {
  readonly ts: string;
  readonly channel: string;
  /** Who wrote it; `BOT` is the bot, `USLACKBOT` Slack itself. */
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Only this person sees it. */
  readonly onlyFor?: string;
  readonly edited?: boolean;
  /** The `ts` of the message in whose thread it stands. */
  readonly thread?: string;
  /** The `client_msg_id` the bot gave. This Slack keeps every message all the same: it is not to be relied on. */
  readonly key?: string;
  /** Emojis on it, by name and by whom. */
  readonly reactions?: readonly { readonly name: string; readonly user: string }[];
}
export interface OpenView {
  readonly id: string;
  readonly user: string;
  readonly hash: string;
  readonly view: ModalView | HomeView;
  /** Sentences beside its fields, by block. */
  readonly errors?: Readonly<Record<string, string>>;
  /** Slack's own words when the bot did not answer. */
  readonly trouble?: string;
}

/** Something the real Slack would not let anybody do, in words. */
export class Impossible extends Error {
  override readonly name = 'Impossible';
}

export const isPrivate = ({ private: closed = true }: LocalChannel): boolean => closed;

export const BOT = 'UBATON';
export const SLACKBOT = 'USLACKBOT';

/** A file on its way into the workspace, by Slack's three steps: an address, the bytes, the completion. */
export interface LocalFile {
  readonly id: string;
  readonly name: string;
  /** Bytes announced. */
  readonly length: number;
  /** What was uploaded, once it was. */
  readonly bytes?: Uint8Array;
  /** Seen by nobody before. */
  readonly completed: boolean;
}

export interface Workspace {
  readonly tenant: { readonly id: string; readonly name: string };
  readonly users: Map<string, LocalUser>;
  readonly gone: Set<string>;
  readonly channels: Map<string, LocalChannel>;
  readonly messages: Map<string, StoredMessage>;
  readonly files: Map<string, LocalFile>;
  /** A person's stack of modals, the top one last. */
  readonly modals: Map<string, OpenView[]>;
  readonly homes: Map<string, OpenView>;
  /** Options the bot offered to a person's search, by user and action. */
  readonly offered: Map<string, readonly ShownOption[]>;
  /** False after an uninstall: every token is revoked. */
  installed: boolean;
  nextTs(): string;
  nextId(prefix: string): string;
  /** The conversation of a person with the bot. */
  direct(user: string): string;
  /** A channel the bot may post to, or Slack's error. */
  reachable(channel: string): LocalChannel | 'channel_not_found' | 'not_in_channel' | 'is_archived';
  post(message: Omit<StoredMessage, 'ts'>): StoredMessage;
  /** Takes a message back. Under a thread a line stays that says so, as long as somebody answered there. */
  erase(ts: string): void;
  visible(channel: string, user: string | undefined): StoredMessage[];
}

export function createWorkspace(options: {
  clock: Clock;
  ids: Ids;
  tenant: { id: string; name: string };
  users: readonly LocalUser[];
  channels: readonly LocalChannel[];
}): Workspace {
  const { clock, ids, tenant } = options;
  const users = new Map(options.users.map((user) => [user.id, user]));
  const channels = new Map(options.channels.map((channel) => [channel.id, channel]));
  const messages = new Map<string, StoredMessage>();
  let count = 0;

  const workspace: Workspace = {
    tenant,
    users,
    gone: new Set(),
    channels,
    messages,
    files: new Map(),
    modals: new Map(),
    homes: new Map(),
    offered: new Map(),
    installed: true,
    nextTs: () => {
      count += 1;
      return `${Math.floor(clock.now().getTime() / 1_000)}.${String(count).padStart(6, '0')}`;
    },
    nextId: (prefix) => `${prefix}${ids.uuid().replaceAll('-', '').toUpperCase()}`,
    direct: (user) => {
      const known = [...channels.values()].find(({ id, members }) => id.startsWith('D') && members[0] === user);
      if (known !== undefined) return known.id;
      const id = `D${user.slice(1)}`;
      channels.set(id, { id, name: 'directmessage', members: [user], private: true });
      return id;
    },
    reachable: (id) => {
      const channel = channels.get(id);
      if (channel === undefined) return 'channel_not_found';
      if (channel.archived === true) return 'is_archived';
      if (channel.withBot === false) return isPrivate(channel) ? 'channel_not_found' : 'not_in_channel';
      return channel;
    },
    post: (message) => {
      const stored = { ...message, ts: workspace.nextTs() };
      messages.set(stored.ts, stored);
      return stored;
    },
    erase: (ts) => {
      const message = messages.get(ts);
      const answers = (root: string): boolean =>
        [...messages.values()].some(({ thread, onlyFor }) => thread === root && onlyFor === undefined);
      if (message !== undefined && answers(ts)) {
        messages.set(ts, {
          ts,
          channel: message.channel,
          user: SLACKBOT,
          text: 'This message was deleted.',
          blocks: [],
        });
        return;
      }
      messages.delete(ts);
      const root = message?.thread;
      if (root !== undefined && messages.get(root)?.user === SLACKBOT && !answers(root)) messages.delete(root);
    },
    visible: (channel, user) =>
      [...messages.values()].filter(
        (message) => message.channel === channel && (message.onlyFor === undefined || message.onlyFor === user),
      ),
  };
  return workspace;
}
