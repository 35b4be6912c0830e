import type { Card } from './card.ts';

/** Where a message goes: one person's own conversation with Baton, or a place several people read. */
export interface Recipient {
  /** Slack team id or Teams tenant id. */
  readonly tenant: string;
  readonly to: { readonly user: string } | { readonly place: string; readonly serviceUrl: string | undefined };
}

/** A message that is out: enough to change it or to take it back. */
export interface PostedMessage {
  readonly tenant: string;
  /** Slack channel id or Teams conversation id. */
  readonly place: string;
  readonly messageId: string;
  /** Teams only. */
  readonly serviceUrl: string | undefined;
}

/** The platform's no. `unknown` is true when it may have done it all the same: the reply was lost. */
export interface SendFailure {
  readonly ok: false;
  /** The platform's own word, or the adapter's: `no_reply`, `http_502`, `no-chat` … Never a text or an id. */
  readonly code: string;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly unknown: boolean;
}
export type Posted =
  | {
      readonly ok: true;
      readonly place: string;
      readonly messageId: string;
      readonly serviceUrl?: string;
    }
  | SendFailure;
export type Changed = { readonly ok: true } | SendFailure;

/** What a platform can do for whoever owns the retries: each call tries once, and never throws. */
export interface Sender {
  /**
   * Sends a card. `key` is the same at every try of one message, for platforms that can recognise a repetition.
   * `plain` sends the card as plain text, for a card that the platform refused to draw.
   */
  post(to: Recipient, card: Card, options: { readonly key: string; readonly plain: boolean }): Promise<Posted>;
  update(message: PostedMessage, card: Card): Promise<Changed>;
  remove(message: PostedMessage): Promise<Changed>;
}
