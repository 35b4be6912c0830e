import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { Json, LocalChannel, LocalConversation, LocalDialog, LocalMessage, LocalUser } from './types.ts';

interface StoredMessage extends LocalMessage {
  /** What single people see instead, after an answer to their own press; an update ends it. */
  readonly views: ReadonlyMap<string, Json>;
}
interface Conversation extends LocalConversation {
  readonly messages: StoredMessage[];
}

export interface NewMessage {
  readonly from: string;
  readonly text?: string | undefined;
  readonly summary?: string | undefined;
  readonly card?: Json | undefined;
  readonly thread?: string | undefined;
}

export interface TenantState {
  user(aadObjectId: string): LocalUser;
  userByTeamsId(teamsId: string): LocalUser | undefined;
  readonly users: readonly LocalUser[];
  conversation(id: string): LocalConversation | undefined;
  conversations(): readonly LocalConversation[];
  chatOf(user: string): string | undefined;
  /** The person's own chat, made when missing. */
  openChat(user: string): LocalConversation;
  setInstalled(conversation: string, installed: boolean): void;
  setMembers(conversation: string, members: readonly string[]): void;
  setUser(user: LocalUser): void;
  add(conversation: string, message: NewMessage): LocalMessage;
  find(activity: string, user?: string): LocalMessage | undefined;
  change(activity: string, content: Omit<NewMessage, 'from' | 'thread'>): void;
  erase(activity: string): void;
  showTo(activity: string, user: string, card: Json): void;
  react(activity: string, user: string, type: string, back: boolean): void;
  messages(conversation: string, user?: string): readonly LocalMessage[];
  dialogs(user: string): readonly LocalDialog[];
  openDialog(dialog: Omit<LocalDialog, 'id'>): LocalDialog;
  setDialog(id: string, content: { title: string; card: Json } | undefined): LocalDialog | undefined;
}

export const teamsId = (user: LocalUser): string => `29:${user.aadObjectId}`;

/** Everything a small tenant remembers: who is in which conversation, what stands there, which dialogs are open. */
export function createTenantState(options: {
  clock: Clock;
  ids: Ids;
  users: readonly LocalUser[];
  channels: readonly LocalChannel[];
  installed?: readonly string[] | undefined;
}): TenantState {
  const { clock, ids } = options;
  let { users } = options;
  const conversations = new Map<string, Conversation>(
    options.channels.map(({ id, name, members }) => [
      id,
      { id, kind: 'channel', name, members, installed: true, messages: [] },
    ]),
  );
  let dialogs: LocalDialog[] = [];
  let lastId = 0;

  const need = (id: string): Conversation => {
    const found = conversations.get(id);
    if (found === undefined) throw new Error(`there is no conversation ${id}`);
    return found;
  };
  const locate = (activity: string): { list: StoredMessage[]; index: number; message: StoredMessage } | undefined => {
    for (const { messages: list } of conversations.values()) {
      const index = list.findIndex(({ id }) => id === activity);
      const message = list[index];
      if (message !== undefined) return { list, index, message };
    }
    return undefined;
  };
  const edit = (activity: string, change: (message: StoredMessage) => StoredMessage): void => {
    const found = locate(activity);
    if (found === undefined) throw new Error(`there is no message ${activity}`);
    found.list[found.index] = change(found.message);
  };
  const seenBy = ({ views, ...message }: StoredMessage, user?: string): LocalMessage => {
    const card = user === undefined ? undefined : views.get(user);
    return card === undefined ? message : { ...message, card };
  };
  const content = ({
    text,
    summary,
    card,
  }: Omit<NewMessage, 'from' | 'thread'>): Pick<LocalMessage, 'text' | 'summary' | 'card'> => ({
    ...(text === undefined ? {} : { text }),
    ...(summary === undefined ? {} : { summary }),
    ...(card === undefined ? {} : { card }),
  });
  const chatOf = (user: string): string | undefined =>
    [...conversations.values()].find(({ kind, members }) => kind === 'personal' && members[0] === user)?.id;

  const openChat = (user: string): LocalConversation => {
    const id = chatOf(user) ?? `a:${ids.uuid()}`;
    const existing = conversations.get(id);
    if (existing !== undefined) return existing;
    const name = users.find(({ aadObjectId }) => aadObjectId === user)?.name ?? user;
    const chat: Conversation = { id, kind: 'personal', name, members: [user], installed: false, messages: [] };
    conversations.set(id, chat);
    return chat;
  };
  const setInstalled = (conversation: string, installed: boolean): void => {
    conversations.set(conversation, { ...need(conversation), installed });
  };
  for (const user of options.installed ?? []) setInstalled(openChat(user).id, true);

  return {
    get users() {
      return users;
    },
    user(aadObjectId) {
      const found = users.find((user) => user.aadObjectId === aadObjectId);
      if (found === undefined) throw new Error(`there is no user ${aadObjectId}`);
      return found;
    },
    userByTeamsId: (id) => users.find((user) => teamsId(user) === id),
    conversation: (id) => conversations.get(id),
    conversations: () => [...conversations.values()].map(({ messages: _messages, ...rest }) => rest),
    chatOf,
    openChat,
    setMembers(conversation, members) {
      conversations.set(conversation, { ...need(conversation), members });
    },
    setUser(user) {
      users = users.map((one) => (one.aadObjectId === user.aadObjectId ? user : one));
    },
    setInstalled,
    add(conversation, message) {
      // Like Teams: ids are times in milliseconds, and never twice the same.
      lastId = Math.max(lastId + 1, clock.wallNow().getTime());
      const stored: StoredMessage = {
        id: String(lastId),
        conversation,
        from: message.from,
        at: clock.now().toISOString(),
        ...content(message),
        ...(message.thread === undefined ? {} : { thread: message.thread }),
        updates: 0,
        deleted: false,
        views: new Map(),
      };
      need(conversation).messages.push(stored);
      return seenBy(stored);
    },
    find(activity, user) {
      const found = locate(activity);
      return found === undefined ? undefined : seenBy(found.message, user);
    },
    change(activity, changed) {
      edit(activity, ({ id, conversation, from, at, thread, updates, deleted, reactions }) => ({
        id,
        conversation,
        from,
        at,
        ...(thread === undefined ? {} : { thread }),
        ...(reactions && { reactions }),
        ...content(changed),
        updates: updates + 1,
        deleted,
        views: new Map(),
      }));
    },
    erase(activity) {
      edit(activity, ({ id, conversation, from, at, thread, updates }) => ({
        id,
        conversation,
        from,
        at,
        ...(thread === undefined ? {} : { thread }),
        updates,
        deleted: true,
        views: new Map(),
      }));
    },
    react(activity, user, type, back) {
      edit(activity, (message) => {
        const { reactions = [] } = message;
        const others = reactions.filter((one) => one.type !== type || one.user !== user);
        if (others.length < reactions.length !== back) throw new Error('this emoji is there already, or is not');
        return { ...message, reactions: back ? others : [...others, { type, user }] };
      });
    },
    showTo(activity, user, card) {
      edit(activity, (message) => ({ ...message, views: new Map([...message.views, [user, card]]) }));
    },
    messages: (conversation, user) => need(conversation).messages.map((message) => seenBy(message, user)),
    dialogs: (user) => dialogs.filter((dialog) => dialog.user === user),
    openDialog(dialog) {
      const opened = { ...dialog, id: ids.uuid() };
      dialogs.push(opened);
      return opened;
    },
    setDialog(id, changed) {
      dialogs = dialogs.flatMap((dialog) =>
        dialog.id !== id ? [dialog] : changed === undefined ? [] : [{ ...dialog, ...changed }],
      );
      return dialogs.find((dialog) => dialog.id === id);
    },
  };
}
