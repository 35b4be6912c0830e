import type { BotRequests } from './bot-requests.ts';
import { readAnswer } from './check-answer.ts';
import { fillInputs, findAction } from './find-in-card.ts';
import type { TenantState } from './tenant-state.ts';
import { teamsId } from './tenant-state.ts';
import type { BotAnswer, Extension, Json, LocalConversation, LocalDialog, LocalMessage, LocalTeams } from './types.ts';

type Person = Pick<
  LocalTeams,
  | 'message'
  | 'invoke'
  | 'press'
  | 'submit'
  | 'react'
  | 'extend'
  | 'search'
  | 'install'
  | 'uninstall'
  | 'deactivate'
  | 'close'
  | 'leave'
  | 'setGuest'
  | 'join'
  | 'activity'
>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const WRONG = 'Something went wrong. Please try again.';

/** In a channel every message is in a thread, its own or another's, and the conversation's id carries it. */
const threadId = ({ id, kind }: Pick<LocalConversation, 'id' | 'kind'>, message: LocalMessage): string =>
  kind === 'channel' ? `${id};messageid=${message.thread ?? message.id}` : id;

/** What people do in the clients of Teams, each as the real request it makes. */
export function createPerson(options: { state: TenantState; bot: BotRequests; botId: string }): Person {
  const { state, bot, botId } = options;

  const chatFor = (user: string, conversation: string | undefined): string => {
    const id = conversation ?? state.chatOf(state.user(user).aadObjectId);
    const found = id === undefined ? undefined : state.conversation(id);
    if (found === undefined || !found.installed) throw new Error('the bot is not installed there');
    if (!found.members.includes(user)) throw new Error('this person is no member there');
    return found.id;
  };

  /** The words as the client sends them: mentions as tags with an entity each, everything else escaped. */
  function write(text: string, mention: boolean): Json {
    const entities: Json[] = [{ type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web' }];
    let html = escape(text);
    const tag = (name: string, mentioned: Json): string => {
      const words = `<at>${escape(name)}</at>`;
      entities.push({ type: 'mention', mentioned, text: words });
      return words;
    };
    for (const user of state.users) {
      const typed = `@${escape(user.name)}`;
      if (html.includes(typed))
        html = html.replace(typed, () =>
          tag(user.name, { id: teamsId(user), name: user.name, aadObjectId: user.aadObjectId }),
        );
    }
    if (mention) html = `${tag('Baton', { id: botId, name: 'Baton' })} ${html}`;
    return { type: 'message', text: html, textFormat: 'plain', entities };
  }

  /** An activity on a message comes from that message's conversation. */
  function inThread(sent: Json, replyTo: string | undefined): Json {
    const message = replyTo === undefined ? undefined : state.find(replyTo);
    const where = message === undefined ? undefined : state.conversation(message.conversation);
    if (message === undefined || where === undefined) return sent;
    const conversation = isObject(sent['conversation']) ? sent['conversation'] : {};
    return { ...sent, conversation: { ...conversation, id: threadId(where, message) } };
  }

  async function invoke(
    ask: {
      user: string;
      conversation?: string | undefined;
      name: string;
      value: unknown;
      replyToId?: string | undefined;
    },
    dialog?: LocalDialog,
    extension?: Extension,
  ): Promise<BotAnswer> {
    const conversation = ask.conversation ?? chatFor(ask.user, undefined);
    const sent = bot.activity(ask.user, conversation, {
      type: 'invoke',
      name: ask.name,
      value: ask.value,
      ...(ask.replyToId === undefined ? {} : { replyToId: ask.replyToId }),
    });
    const answer = await bot.deliver(inThread(sent, ask.replyToId));
    if (answer.failure !== undefined || answer.status === 401) return answer;
    const effect = await readAnswer(ask.name, answer.status, answer.body);
    switch (effect.kind) {
      case 'card':
        if (ask.replyToId !== undefined && state.find(ask.replyToId)?.deleted === false)
          state.showTo(ask.replyToId, ask.user, effect.card);
        return answer;
      case 'dialog': {
        const { title, card } = effect;
        const open =
          dialog === undefined
            ? state.openDialog({ user: ask.user, conversation, title, card, ...(extension && { extension }) })
            : state.setDialog(dialog.id, { title, card });
        return open === undefined ? answer : { ...answer, dialog: open };
      }
      case 'close':
        if (dialog !== undefined) state.setDialog(dialog.id, undefined);
        return answer;
      case 'text':
      case 'error':
      case 'options':
        return answer;
      case 'unusable':
        bot.failures.push(`${WRONG} (${effect.reason})`);
        return { ...answer, failure: `${WRONG} (${effect.reason})` };
    }
  }

  const cardOf = (activity: string, user: string): LocalMessage & { card: Json } => {
    const message = state.find(activity, user);
    if (message?.card === undefined || message.deleted) throw new Error('there is no such card');
    if (state.conversation(message.conversation)?.members.includes(user) !== true)
      throw new Error('this person is no member there');
    return { ...message, card: message.card };
  };

  const execute = (
    user: string,
    message: Pick<LocalMessage, 'id' | 'conversation'>,
    action: Json,
    inputs: Json,
  ): Promise<BotAnswer> => {
    const data = { ...(isObject(action['data']) ? action['data'] : {}), ...inputs };
    const more = { user, conversation: message.conversation, replyToId: message.id };
    if (action['type'] === 'Action.Submit') {
      return invoke({
        ...more,
        name: 'task/fetch',
        value: { data: { ...data, type: 'task/fetch' }, context: { theme: 'default' } },
      });
    }
    const value = {
      action: { type: 'Action.Execute', title: action['title'], verb: action['verb'], data },
      trigger: 'manual',
    };
    return invoke({ ...more, name: 'adaptiveCard/action', value });
  };

  /** Takes somebody out of every conversation; returns those they were in. */
  const closeAccount = (user: string): readonly LocalConversation[] => {
    const theirs = state.conversations().filter(({ members }) => members.includes(user));
    for (const { id, members } of theirs) {
      state.setMembers(
        id,
        members.filter((member) => member !== user),
      );
    }
    return theirs;
  };

  const tellRemoved = (user: string, conversation: string): Promise<BotAnswer> => {
    const membersRemoved = [{ id: teamsId(state.user(user)), aadObjectId: user }];
    const sent = bot.activity(user, conversation, { type: 'conversationUpdate', membersRemoved });
    const channelData = isObject(sent['channelData']) ? sent['channelData'] : {};
    return bot.deliver({ ...sent, channelData: { ...channelData, eventType: 'teamMemberRemoved' } });
  };

  return {
    activity: ({ user, conversation, text = 'help' }) =>
      bot.activity(user, chatFor(user, conversation), write(text, false)),
    async message({ user, conversation, text, mention }) {
      const id = chatFor(user, conversation);
      state.add(id, { from: user, text });
      const personal = state.conversation(id)?.kind === 'personal';
      // In a channel a bot hears only what mentions it.
      if (!personal && mention === false) return { status: 0, body: undefined, ms: 0, activity: {} };
      return bot.deliver(bot.activity(user, id, write(text, mention ?? !personal)));
    },
    invoke: (ask) => invoke(ask),
    async press({ user, activity, verb, title, rowId, evenIf }) {
      if (evenIf !== undefined) {
        const message = state.find(activity);
        if (message === undefined) throw new Error('there is no such message');
        return execute(
          user,
          message,
          { type: 'Action.Execute', title: 'forged', verb: evenIf.verb, data: evenIf.data },
          {},
        );
      }
      const message = cardOf(activity, user);
      const action = findAction(message.card, {
        ...(verb === undefined ? {} : { verb }),
        ...(title === undefined ? {} : { title }),
        ...(rowId === undefined ? {} : { rowId }),
      });
      if (action['type'] === 'Action.OpenUrl') throw new Error('a link opens a browser, not the bot');
      const inputs = action['associatedInputs'] === 'none' ? {} : fillInputs(message.card, {}, true);
      return execute(user, message, action, inputs);
    },
    async submit({ user, dialog, activity, values, title, evenIf = false }) {
      const pick = (card: Json): Json => findAction(card, title === undefined ? {} : { title });
      if (dialog === undefined) {
        const message = cardOf(activity ?? '', user);
        return execute(user, message, pick(message.card), fillInputs(message.card, values, evenIf));
      }
      const open = state.dialogs(user).find(({ id }) => id === dialog);
      if (open === undefined) throw new Error('there is no such dialog');
      const data = pick(open.card)['data'];
      const filled = { ...(isObject(data) ? data : {}), ...fillInputs(open.card, values, evenIf) };
      const value = { data: filled, context: { theme: 'default' } };
      const { conversation, extension } = open;
      if (extension === undefined) return invoke({ user, conversation, name: 'task/submit', value }, open);
      const more = { user, conversation, name: 'composeExtension/submitAction', value: { ...value, ...extension } };
      return invoke(more, open);
    },
    async react({ user, activity, type, back = false }) {
      const message = state.find(activity, user);
      if (message === undefined || message.deleted) throw new Error('there is no such message');
      const where = state.conversation(message.conversation);
      if (where?.members.includes(user) !== true) throw new Error('this person is no member there');
      state.react(activity, user, type, back);
      if (message.from !== 'bot' || !where.installed) return { status: 0, body: undefined, ms: 0, activity: {} };
      const emojis = [{ type }];
      const sent = bot.activity(user, where.id, {
        type: 'messageReaction',
        ...(back ? { reactionsRemoved: emojis } : { reactionsAdded: emojis }),
        replyToId: activity,
      });
      return bot.deliver(inThread(sent, activity));
    },
    async extend({ user, conversation, command, activity }) {
      const id = chatFor(user, conversation);
      const message = activity === undefined ? undefined : state.find(activity, user);
      if (activity !== undefined && message?.conversation !== id) throw new Error('there is no such message');
      const extension: Extension = {
        commandId: command,
        commandContext: message === undefined ? 'compose' : 'message',
      };
      const value = {
        ...extension,
        context: { theme: 'default' },
        // Teams sends the message along, whether the app reads it or not.
        ...(message && { messagePayload: { id: message.id, body: { contentType: 'text', content: message.text } } }),
      };
      return invoke({ user, conversation: id, name: 'composeExtension/fetchTask', value }, undefined, extension);
    },
    search: ({ user, dataset, query, conversation }) =>
      invoke({
        user,
        conversation,
        name: 'application/search',
        value: { queryText: query, queryOptions: { skip: 0, top: 15 }, dataset },
      }),
    async install({ user, conversation }) {
      const { id } = conversation === undefined ? state.openChat(state.user(user).aadObjectId) : { id: conversation };
      state.setInstalled(id, true);
      await bot.deliver(bot.activity(user, id, { type: 'conversationUpdate', membersAdded: [{ id: botId }] }));
      return bot.deliver(bot.activity(user, id, { type: 'installationUpdate', action: 'add' }));
    },
    async uninstall({ user, conversation, at }) {
      const id = chatFor(user, conversation);
      state.setInstalled(id, false);
      const when = at === undefined ? {} : { timestamp: at.toISOString() };
      return bot.deliver(bot.activity(user, id, { type: 'installationUpdate', action: 'remove', ...when }));
    },
    close: ({ user }) => void closeAccount(user),
    async deactivate({ user }) {
      for (const { id, kind, installed } of closeAccount(user))
        if (kind === 'channel' && installed) await tellRemoved(user, id);
    },
    leave({ user, conversation }) {
      const { members = [] } = state.conversation(conversation) ?? {};
      state.setMembers(
        conversation,
        members.filter((member) => member !== user),
      );
      return tellRemoved(user, conversation);
    },
    setGuest({ user, guest, tenant }) {
      state.setUser({ ...state.user(user), guest, ...(tenant === undefined ? {} : { tenant }) });
    },
    join({ user, conversation }) {
      const { members = [] } = state.conversation(conversation) ?? {};
      state.setMembers(conversation, [...members, user]);
    },
  };
}
