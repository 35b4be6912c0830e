/** Block Kit, as far as this page draws it by itself; everything else goes to the renderer as it is. */
export interface PlainText {
  readonly text: string;
}
export interface Confirm {
  readonly title: PlainText;
  readonly text: PlainText;
  readonly confirm: PlainText;
  readonly deny: PlainText;
}
export interface ButtonElement {
  readonly type: 'button';
  readonly text: PlainText;
  readonly action_id: string;
  readonly value?: string;
  readonly url?: string;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: Confirm;
  readonly accessibility_label?: string;
}
export interface SlackOption {
  readonly text: PlainText;
  readonly value: string;
  readonly description?: PlainText;
}
export interface InputElement {
  readonly type: string;
  readonly action_id: string;
  readonly multiline?: boolean;
  readonly max_length?: number;
  readonly min_value?: string;
  readonly max_value?: string;
  readonly min_query_length?: number;
  readonly placeholder?: PlainText;
  readonly options?: readonly SlackOption[];
  readonly option_groups?: readonly { readonly label: PlainText; readonly options: readonly SlackOption[] }[];
  readonly initial_value?: string;
  readonly initial_date?: string;
  readonly initial_time?: string;
  readonly initial_option?: SlackOption;
  readonly initial_options?: readonly SlackOption[];
}
export interface InputBlock {
  readonly type: 'input';
  readonly block_id: string;
  readonly label: PlainText;
  readonly hint?: PlainText;
  readonly optional?: boolean;
  readonly element: InputElement;
}
export interface ActionsBlock {
  readonly type: 'actions';
  readonly block_id: string;
  readonly elements: readonly ButtonElement[];
}
export interface SlackBlock {
  readonly type: string;
  readonly block_id?: string;
}
export interface SlackMessage {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly onlyFor?: string;
  /** The `ts` of the message in whose thread it stands. */
  readonly thread?: string;
  readonly edited?: boolean;
  readonly reactions?: readonly { readonly name: string; readonly user: string }[];
}
export interface SlackView {
  readonly id: string;
  readonly hash: string;
  readonly view: {
    readonly type: 'modal' | 'home';
    readonly title?: PlainText;
    readonly submit?: PlainText;
    readonly close?: PlainText;
    readonly blocks: readonly SlackBlock[];
  };
  readonly errors?: Readonly<Record<string, string>>;
  readonly trouble?: string;
}

export const isActions = (block: SlackBlock): block is ActionsBlock => block.type === 'actions';
export const isInput = (block: SlackBlock): block is InputBlock => block.type === 'input';

/** Every option of a list, grouped or not. */
export const optionsOf = ({
  options,
  option_groups,
}: Pick<InputElement, 'options' | 'option_groups'>): readonly SlackOption[] =>
  options ?? (option_groups ?? []).flatMap((group) => group.options);

/** What an input holds before anybody touched it. */
export function initialOf({ element }: InputBlock): Filled {
  if (element.initial_options !== undefined) return element.initial_options.map(({ value }) => value);
  const text = element.initial_value ?? element.initial_date ?? element.initial_time ?? element.initial_option?.value;
  return text ?? null;
}

/** A value as the simulator's API takes it. */
export type Filled = string | readonly string[] | null;
