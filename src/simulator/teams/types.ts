import type { Router } from 'express';
import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';

export type Json = Record<string, unknown>;

export interface LocalUser {
  readonly aadObjectId: string;
  readonly name: string;
  /** A guest of the tenant. */
  readonly guest?: boolean;
  /** Set when the person belongs to another tenant, met in a shared channel. */
  readonly tenant?: string;
}
export interface LocalChannel {
  readonly id: string;
  readonly name: string;
  /** Entra object ids. */
  readonly members: readonly string[];
}
export interface LocalTeamsOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly appId: string;
  /** Where the bot listens, e.g. `http://127.0.0.1:3000/api/messages`. Asked at every request. */
  readonly botMessagesUrl: () => string;
  readonly tenant: { readonly id: string; readonly name: string };
  readonly users: readonly LocalUser[];
  readonly channels: readonly LocalChannel[];
  /** Where this router is mounted, without a slash at the end. Asked at every request. */
  readonly origin: () => string;
  /** The only outbound bearer the connector accepts. Default: a fresh one. */
  readonly connectorToken?: string;
  /** Messages a second the connector takes for one conversation. Default 7. */
  readonly perSecond?: number;
  /** In whose own chats the bot stands already, as after a restart: it is not told. Default: nobody's. */
  readonly installed?: readonly string[];
  /** How long Teams waits for the bot's answer. Default: as Teams does. */
  readonly waits?: Waits;
}

/** Wall milliseconds. */
export interface Waits {
  /** Then it gives up, and people read "Something went wrong". */
  readonly cutMs: number;
  /** What Teams asks bots to keep for an invoke. */
  readonly recommendedMs: number;
}

export interface LocalMessage {
  readonly id: string;
  readonly conversation: string;
  /** `bot`, or the Entra object id of who wrote it. */
  readonly from: string;
  readonly at: string;
  readonly text?: string;
  readonly summary?: string;
  readonly card?: Json;
  /** How often the bot changed it in place. */
  readonly updates: number;
  readonly deleted: boolean;
  /** The message of a channel that it answers to. */
  readonly thread?: string;
  /** Emojis on it, by kind and by whom. */
  readonly reactions?: readonly { readonly type: string; readonly user: string }[];
}
export interface LocalConversation {
  readonly id: string;
  readonly kind: 'personal' | 'channel';
  readonly name: string;
  readonly members: readonly string[];
  readonly installed: boolean;
}
export interface LocalDialog {
  readonly id: string;
  readonly user: string;
  readonly conversation: string;
  readonly title: string;
  readonly card: Json;
  /** Set when it was opened from the app's message extension, whose answers have a name of their own. */
  readonly extension?: Extension;
}
/** An action of the app's message extension, and from where it was taken. */
export interface Extension {
  readonly commandId: string;
  readonly commandContext: 'compose' | 'commandbox' | 'message';
}

/** What came of one real request to the bot. */
export interface BotAnswer {
  readonly status: number;
  readonly body: unknown;
  /** Wall milliseconds until the answer. */
  readonly ms: number;
  /** The activity that was sent, to send it again. */
  readonly activity: Json;
  /** What the person would see instead of an answer, when Teams could not use it. */
  readonly failure?: string;
  /** The dialog that is open now, when the answer opened one or kept one open. */
  readonly dialog?: LocalDialog;
}

/** docs/faults.md says what Baton makes of each. */
export const teamsFaultKinds = [
  /** The connector's own answers, each with its status. */
  '401',
  '403',
  '404',
  '412',
  '413',
  '429',
  '500',
  '502',
  '503',
  '504',
  /** 429 without Retry-After. */
  '429-bare',
  /** Waits, then does the work and answers. */
  'slow',
  /** Takes the request, does nothing and never answers. */
  'hang',
  /** Drops the connection before anything is done. */
  'refused',
  'lost-reply',
  'late-reply',
  'reset',
  'truncated',
  'drip',
  /** Does the work and tells no id of it. */
  'no-id',
  /** The signing keys cannot be fetched; what the bot writes is not affected. */
  'no-keys',
] as const;
export type FaultKind = (typeof teamsFaultKinds)[number];
export interface Fault {
  readonly kind: FaultKind;
  /** Only for this conversation; else for any. */
  readonly conversation?: string;
  readonly times: number;
  /** How long `slow`, `late-reply` and `drip` take. Default 3000. */
  readonly milliseconds?: number;
  /** For `429`, in seconds (default 1). */
  readonly retryAfter?: number;
  /** The connector's word beside the status, e.g. `ConversationNotFound`. Default: one of the local Teams. */
  readonly code?: string;
}

/** Claims and header of a token as a test wants them; what is left out is right. */
export interface TokenOverrides {
  readonly alg?: 'RS256' | 'none' | 'HS256';
  readonly kid?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Signs with a key the identity provider does not publish. */
  readonly foreignKey?: boolean;
}

export interface LocalTeams {
  readonly router: Router;
  /** What the bot must be told to trust this tenant. */
  settings(): {
    readonly tenantId: string;
    readonly openIdMetadataUrl: string;
    readonly tokenIssuer: string;
    readonly serviceUrl: string;
    readonly serviceHost: string;
    readonly connectorToken: string;
  };
  message(ask: { user: string; conversation?: string; text: string; mention?: boolean }): Promise<BotAnswer>;
  invoke(ask: {
    user: string;
    conversation?: string;
    name: string;
    value: unknown;
    replyToId?: string;
  }): Promise<BotAnswer>;
  /** Presses a button of a stored card, as the person sees it now. What is not there is refused unless `evenIf`. */
  press(ask: {
    user: string;
    activity: string;
    verb?: string;
    title?: string;
    rowId?: string;
    /** Sends the action although the card has no such button, or the person is no member. */
    evenIf?: { readonly verb: string; readonly data?: unknown };
  }): Promise<BotAnswer>;
  /** Fills in and sends a form: an open dialog, or a card in the chat. Values by input id, field name or label. */
  submit(ask: {
    user: string;
    dialog?: string;
    activity?: string;
    values: Readonly<Record<string, string | number | boolean | readonly string[]>>;
    /** The button to press, where there are several. */
    title?: string;
    /** Skips what the client itself would refuse: missing, too long and unknown values. */
    evenIf?: boolean;
  }): Promise<BotAnswer>;
  /** Puts an emoji (`like`) on a message, or takes it back. A bot hears of its own messages only. */
  react(ask: { user: string; activity: string; type: string; back?: boolean }): Promise<BotAnswer>;
  /** Takes an action of the message extension; `activity` is the message whose menu it was taken from. */
  extend(ask: { user: string; conversation?: string; command: string; activity?: string }): Promise<BotAnswer>;
  search(ask: { user: string; dataset: string; query: string; conversation?: string }): Promise<BotAnswer>;
  /** Adds the app to somebody's chat, or to a channel's team. */
  install(ask: { user: string; conversation?: string }): Promise<BotAnswer>;
  uninstall(ask: { user: string; conversation?: string; at?: Date }): Promise<BotAnswer>;
  /** The account is gone: no member of anything any more. The bot hears of it from the channels it is in. */
  deactivate(ask: { user: string }): Promise<void>;
  /** Takes somebody out of a channel's team; their account stays. */
  leave(ask: { user: string; conversation: string }): Promise<BotAnswer>;
  /** The account is gone, and the bot was not told. */
  close(ask: { user: string }): void;
  /** Makes somebody a guest, or a member again, or of another tenant; Teams tells no bot of it. */
  setGuest(ask: { user: string; guest: boolean; tenant?: string }): void;
  /** Puts somebody into a channel. */
  join(ask: { user: string; conversation: string }): void;
  /** Messages as they stand; with `user`, as this person sees them after their own presses. */
  messages(conversation: string, user?: string): readonly LocalMessage[];
  conversations(): readonly LocalConversation[];
  /** The person's own chat with the bot, once there is one. */
  chatOf(user: string): string | undefined;
  dialogs(user: string): readonly LocalDialog[];
  readonly faults: { add(fault: Fault): void; clear(): void; list(): readonly Fault[] };
  /** Everything that people would have seen fail, newest last. */
  failures(): readonly string[];
  token(overrides?: TokenOverrides): Promise<string>;
  /** Publishes a new signing key and uses it. `keepOld` leaves the old one published beside it. */
  rollKeys(options?: { keepOld?: boolean }): Promise<void>;
  /** Sends an activity or any bytes with a token: for what a real Teams would never send. */
  post(
    activity: Json | string | Uint8Array,
    token?: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<BotAnswer>;
  /** A well-formed activity of this tenant, to change and post. */
  activity(ask: { user: string; conversation?: string; text?: string }): Json;
}
