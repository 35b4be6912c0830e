import type { LocalTeams } from '../../src/simulator/teams/types.ts';
import { readCard, readInputs, type TeamsPress } from './read-teams.ts';
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

/** A person at the local Teams: every act is a real request with a real token. */
export function teamsHand(ports: {
  teams: LocalTeams;
  person: string;
  user: string;
  channel: string;
  /** Resolves when the bot has finished what it does after answering. */
  settled: () => Promise<void>;
}): Hand {
  const { teams, user, settled } = ports;
  const shown = (conversation: string | undefined, forUser?: string): ShownMessage[] =>
    conversation === undefined
      ? []
      : teams
          .messages(conversation, forUser)
          .filter((message) => !message.deleted && message.from === 'bot')
          .map((message) => ({
            id: message.id,
            ...(message.thread === undefined ? {} : { under: message.thread }),
            pieces: [
              ...(message.text === undefined ? [] : [{ kind: 'text' as const, text: message.text }]),
              ...readCard(message.card),
            ],
          }));
  const everything = (): ShownMessage[] => [...shown(teams.chatOf(user), user), ...shown(ports.channel, user)];
  /** The card of the chat that is a form, when the newest one is. */
  let inline: string | undefined;

  async function act(work: () => Promise<unknown>): Promise<Screen> {
    const before = new Map(everything().map((message) => [message.id, JSON.stringify(message)]));
    await work();
    await settled();
    const fresh = everything().filter((message) => before.get(message.id) !== JSON.stringify(message));
    inline = fresh.findLast(
      (message) => cardOf(message.id) !== undefined && readInputs(cardOf(message.id)).length > 0,
    )?.id;
    return makeScreen(fresh, openForm());
  }

  const cardOf = (id: string): Json | undefined => {
    const chat = teams.chatOf(user);
    return chat === undefined ? undefined : teams.messages(chat, user).find((message) => message.id === id)?.card;
  };

  function openForm(): ShownForm | undefined {
    const dialog = teams.dialogs(user).at(-1);
    const card = dialog?.card ?? (inline === undefined ? undefined : cardOf(inline));
    if (card === undefined) return undefined;
    const inputs = readInputs(card);
    const text = readCard(card)
      .map((piece) => (piece.kind === 'text' ? piece.text : ''))
      .join('\n');
    return {
      title: dialog?.title ?? text.split('\n')[0] ?? '',
      text,
      fields: inputs.map((input) => input.id),
      initial: Object.fromEntries(inputs.filter((input) => input.value !== '').map((input) => [input.id, input.value])),
      errors: errorsIn(card),
    };
  }

  async function search(
    letters: string,
    dataset: 'clients' | 'people' = 'clients',
  ): Promise<readonly { value: string; label: string }[]> {
    const answered = await teams.search({ user, dataset, query: letters });
    const value = isJson(answered.body) && isJson(answered.body['value']) ? answered.body['value'] : {};
    const results = Array.isArray(value['results']) ? value['results'] : [];
    return results.filter(isJson).map((one) => ({ value: String(one['value']), label: String(one['title']) }));
  }

  return {
    person: ports.person,
    platform: 'teams',
    types: (text) => act(() => teams.message({ user, text })),
    typesInChannel: (text) => act(() => teams.message({ user, conversation: ports.channel, text, mention: true })),
    presses: (label, row) =>
      act(async () => {
        const { message, press } = findButton(everything(), label, row);
        const { title, verb, rowId } = press as TeamsPress;
        await teams.press({
          user,
          activity: message.id,
          title,
          ...(verb === undefined ? {} : { verb }),
          ...(rowId === undefined ? {} : { rowId }),
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
        const dialog = teams.dialogs(user).at(-1);
        if (dialog !== undefined) await teams.submit({ user, dialog: dialog.id, values: filled });
        else if (inline !== undefined) await teams.submit({ user, activity: inline, values: filled });
        else throw new Error('no form is open');
      });
    },
    reacts: (words) => act(() => teams.react({ user, activity: findMessage(everything(), words).id, type: 'like' })),
    chooses: (command, words) =>
      act(() => {
        const conversation = ports.channel;
        if (words === undefined) return teams.extend({ user, conversation, command });
        const activity = findMessage(shown(conversation, user), words).id;
        return teams.extend({ user, conversation, command, activity });
      }),
    searches: async (letters) => (await search(letters)).map((option) => option.label),
    sees: everything,
    channel: () => shown(ports.channel),
    opensHome: () => act(() => teams.message({ user, text: 'care' })),
  };
}

/** Sentences in the attention colour, by the field they stand over. */
function errorsIn(card: Json): Record<string, string> {
  const errors: Record<string, string> = {};
  let waiting: string | undefined;
  const walk = (element: unknown): void => {
    if (!isJson(element)) return;
    if (element['color'] === 'Attention' || JSON.stringify(element['inlines'] ?? '').includes('"Attention"')) {
      waiting = readCard(element)
        .map((piece) => (piece.kind === 'text' ? piece.text : ''))
        .join(' ');
    }
    if (typeof element['type'] === 'string' && element['type'].startsWith('Input.') && waiting !== undefined) {
      errors[String(element['id']).replace(/^v-/, '')] = waiting.replace(/^Please check: /, '');
      waiting = undefined;
    }
    for (const key of ['body', 'items', 'columns']) {
      const children = element[key];
      if (Array.isArray(children)) children.forEach(walk);
    }
  };
  walk(card);
  if (waiting !== undefined) errors[''] = waiting;
  return errors;
}
