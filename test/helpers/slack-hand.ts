import type { LocalSlack } from '../../src/simulator/slack/create-local-slack.ts';
import { readBlocks } from './read-slack.ts';
import {
  findButton,
  findMessage,
  makeScreen,
  type Hand,
  type Screen,
  type ShownForm,
  type ShownMessage,
} from './screen.ts';

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A person at the local Slack: every act is a real signed request to the bot. */
export function slackHand(ports: {
  slack: LocalSlack;
  person: string;
  user: string;
  channel: string;
  /** Resolves when the bot has finished what it does after acknowledging. */
  settled: () => Promise<void>;
}): Hand {
  const { slack, user, settled } = ports;
  const dm = slack.direct(user);
  const shown = (channel: string, forUser?: string): ShownMessage[] =>
    slack.messages(channel, forUser).map((message) => ({
      id: message.ts,
      ...(message.thread === undefined ? {} : { under: message.thread }),
      pieces: piecesOf(message),
    }));
  const everything = (): ShownMessage[] => [...shown(dm, user), ...shown(ports.channel, user)];

  async function act(work: () => Promise<unknown>): Promise<Screen> {
    const before = new Map(everything().map((message) => [message.id, JSON.stringify(message)]));
    await work();
    await settled();
    const fresh = everything().filter((message) => before.get(message.id) !== JSON.stringify(message));
    return makeScreen(fresh, openForm());
  }

  function openForm(): ShownForm | undefined {
    const open = slack.views(user).at(-1);
    if (open === undefined || open.view.type !== 'modal') return undefined;
    const inputs = open.view.blocks.filter((block) => block.type === 'input');
    return {
      title: open.view.title.text,
      text: readBlocks(open.view.blocks)
        .map((piece) => (piece.kind === 'text' ? piece.text : ''))
        .join('\n'),
      fields: inputs.map((block) => block.block_id ?? ''),
      initial: Object.fromEntries(
        inputs.flatMap((block) => {
          const value = initialOf(block.element);
          return value === undefined ? [] : [[block.block_id ?? '', value]];
        }),
      ),
      errors: open.errors ?? {},
    };
  }

  /** Of those that are there for others too: one that only this person sees has no menu and takes no emoji. */
  function messageWith(words: string): { id: string; channel: string } {
    const { id } = findMessage([...shown(dm), ...shown(ports.channel)], words);
    return { id, channel: shown(dm).some((one) => one.id === id) ? dm : ports.channel };
  }

  async function search(
    letters: string,
    dataset: 'clients' | 'people' = 'clients',
  ): Promise<readonly { value: string; label: string }[]> {
    const open = slack.views(user).at(-1);
    if (open === undefined) throw new Error('no form is open');
    const answered = await slack.options({ user, view: open.id, action_id: `search:${dataset}`, query: letters });
    const body = isJson(answered.body) ? answered.body : {};
    const groups = Array.isArray(body['option_groups']) ? body['option_groups'].filter(isJson) : [body];
    const options = groups.flatMap((group) => (Array.isArray(group['options']) ? group['options'] : []));
    return options.filter(isJson).map((option) => ({
      value: String(option['value']),
      label: isJson(option['text']) ? String(option['text']['text']) : '',
    }));
  }

  return {
    person: ports.person,
    platform: 'slack',
    types: (text) => act(() => slack.command({ user, channel: dm, text })),
    typesInChannel: (text) => act(() => slack.command({ user, channel: ports.channel, text })),
    presses: (label, row) =>
      act(async () => {
        const { message, press } = findButton(everything(), label, row);
        const channel = shown(dm, user).some((one) => one.id === message.id) ? dm : ports.channel;
        if (!isJson(press)) throw new Error('not a button of Slack');
        await slack.action({
          user,
          channel,
          message: message.id,
          action: {
            action_id: String(press['action_id']),
            block_id: String(press['block_id']),
            ...(typeof press['value'] === 'string' ? { value: press['value'] } : {}),
          },
        });
      }),
    async fills(values) {
      const filled: Record<string, string> = {};
      for (const [name, value] of Object.entries(values)) {
        const [how, ...letters] = value.split(':');
        if (how !== 'search' && how !== 'people') filled[name] = value;
        else {
          const [first] = await search(letters.join(':'), how === 'search' ? 'clients' : 'people');
          if (first === undefined) throw new Error('the search offers nobody');
          filled[name] = first.value;
        }
      }
      return act(async () => {
        const open = slack.views(user).at(-1);
        if (open === undefined) throw new Error('no form is open');
        await slack.submit({ user, view: open.id, values: filled });
      });
    },
    reacts: (words) =>
      act(async () => {
        const { id, channel } = messageWith(words);
        await slack.react({ user, channel, message: id, name: 'eyes' });
      }),
    chooses: (command, words) =>
      act(async () => {
        if (words === undefined) return slack.shortcut({ user, callback_id: command });
        const { id, channel } = messageWith(words);
        return slack.messageShortcut({ user, channel, message: id, callback_id: `message.${command}` });
      }),
    searches: async (letters) => (await search(letters)).map((option) => option.label),
    sees: everything,
    channel: () => shown(ports.channel),
    async opensHome() {
      await slack.openHome({ user });
      await settled();
      const home = slack.home(user);
      return makeScreen(home === undefined ? [] : [{ id: home.id, pieces: readBlocks(home.view.blocks) }], undefined);
    },
  };
}

function piecesOf(message: { text: string; blocks: readonly unknown[] }): ShownMessage['pieces'] {
  return message.blocks.length > 0 ? readBlocks(message.blocks) : [{ kind: 'text', text: message.text }];
}

function initialOf(element: unknown): string | undefined {
  if (!isJson(element)) return undefined;
  for (const key of ['initial_value', 'initial_date', 'initial_time']) {
    if (typeof element[key] === 'string') return element[key];
  }
  const option = element['initial_option'];
  return isJson(option) ? String(option['value']) : undefined;
}
