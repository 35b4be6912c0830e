/** What a person sees in a message, whatever the platform: lines of text and buttons in their order. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'button'; readonly label: string; readonly press: unknown };

export interface ShownMessage {
  /** The platform's id of the message. */
  readonly id: string;
  /** Id of the message in whose thread it stands. */
  readonly under?: string;
  readonly pieces: readonly Piece[];
}

export interface ShownForm {
  readonly title: string;
  readonly text: string;
  /** Names of its fields. */
  readonly fields: readonly string[];
  /** What stands in the fields already. */
  readonly initial: Readonly<Record<string, string>>;
  /** Sentences beside fields, or over the form under ''. */
  readonly errors: Readonly<Record<string, string>>;
}

/** What came of one act: the messages that are new or changed, and the form that is open now. */
export interface Screen {
  readonly text: string;
  readonly buttons: readonly string[];
  readonly messages: readonly ShownMessage[];
  readonly form: ShownForm | undefined;
}

export function textOf(message: ShownMessage): string {
  return message.pieces.map((piece) => (piece.kind === 'text' ? piece.text : `[${piece.label}]`)).join('\n');
}

export function makeScreen(messages: readonly ShownMessage[], form: ShownForm | undefined): Screen {
  return {
    text: messages.map(textOf).join('\n'),
    buttons: messages.flatMap((message) =>
      message.pieces.flatMap((piece) => (piece.kind === 'button' ? [piece.label] : [])),
    ),
    messages,
    form,
  };
}

/** The newest button of that label; with `row`, the one that follows a line holding those words. */
export function findButton(
  messages: readonly ShownMessage[],
  label: string,
  row?: string,
): { message: ShownMessage; press: unknown } {
  for (const message of [...messages].reverse()) {
    let line = '';
    let lines: string[] = [];
    let afterButton = false;
    for (const piece of message.pieces) {
      if (piece.kind === 'text') {
        lines = afterButton ? [piece.text] : [...lines, piece.text];
        line = lines.join('\n');
        afterButton = false;
        continue;
      }
      afterButton = true;
      if (piece.label === label && (row === undefined || line.includes(row))) return { message, press: piece.press };
    }
  }
  throw new Error(`nobody sees a button "${label}"${row === undefined ? '' : ` at "${row}"`}`);
}

/** The newest message that holds these words. */
export function findMessage(messages: readonly ShownMessage[], words: string): ShownMessage {
  const found = messages.findLast((message) => textOf(message).includes(words));
  if (found === undefined) throw new Error(`nobody sees a message with "${words}"`);
  return found;
}

/** One person at one platform, as the behaviour tests speak of them. */
export interface Hand {
  readonly person: string;
  readonly platform: 'slack' | 'teams';
  /** Types a command: `/care …` on Slack, a message to the bot on Teams. */
  types(text: string): Promise<Screen>;
  /** The same, in the team's channel. */
  typesInChannel(text: string): Promise<Screen>;
  /** Presses the newest button of that label; with `row`, the one at that row. */
  presses(label: string, row?: string): Promise<Screen>;
  /** Fills in and sends the open form. A client is found by typing `search:` words, e.g. `{ client: 'search:Dee' }`, a colleague by `people:Maya`. */
  fills(values: Readonly<Record<string, string>>): Promise<Screen>;
  /** What the type-ahead of the open form offers for these letters. */
  searches(letters: string): Promise<readonly string[]>;
  /** Puts an emoji on the newest message that holds these words. */
  reacts(words: string): Promise<Screen>;
  /** Chooses an entry of the platform's own menu, by its command: with words, in the menu of the message holding them. */
  chooses(command: string, words?: string): Promise<Screen>;
  /** All private messages as they stand now. */
  sees(): readonly ShownMessage[];
  /** Everything in the team's channel, as anybody there sees it. */
  channel(): readonly ShownMessage[];
  opensHome(): Promise<Screen>;
}
