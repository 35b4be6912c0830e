import type { Card } from '../chat/card.ts';

/** Where a message goes: one person's own conversation with Baton, or a place several people read. */
export interface Recipient {
  /** Slack team id or Teams tenant id. */
  readonly tenant: string;
  readonly to:
    | { readonly user: string }
    | {
        readonly place: string;
        readonly serviceUrl: string | undefined;
        /** Id of the message in whose thread it goes; where that cannot be, it goes to the place itself. */
        readonly under?: string;
      };
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
  /** The platform does not know our token: nothing goes out there until somebody sees to it. */
  readonly tokenRefused?: true;
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

/** What can be noteworthy about a place that several people read. */
export type PlaceTrait =
  /** Everybody of the workspace may come in and read. */
  | 'public'
  /** Everybody of the workspace is in it. */
  | 'general'
  /** People of another organisation are in it, or may be. */
  | 'shared'
  | 'guests'
  | 'archived'
  /** Baton is not in it. */
  | 'not-a-member'
  /** There is none of that id, or none that Baton may know of. */
  | 'missing';
export type PlaceSeen = { readonly ok: true; readonly traits: readonly PlaceTrait[] } | SendFailure;
/** Whether somebody can sign in, and whether as a guest. `missing`: the platform knows nobody of that id. */
export type UserSeen =
  { readonly ok: true; readonly active: boolean; readonly guest: boolean; readonly missing?: true } | SendFailure;

/** What a platform's no means for a delivery, whatever the platform. */
export type Verdict =
  /** Not done now; the same thing again, later. */
  | 'retry'
  /** The platform asked to wait: this workspace, method and place only. */
  | 'hold'
  /** It may have happened. */
  | 'unknown'
  /** It will not be drawn there as a card: our mistake. */
  | 'plain'
  /** This place, or this way to the person, does not take it. */
  | 'refused'
  /** The person is no longer there. */
  | 'person-gone'
  /** Baton is no longer installed there. */
  | 'workspace-gone'
  /** The message to change is not there any more. */
  | 'message-gone';

/** What a platform can do for whoever owns the retries: each call tries once, and never throws. */
export interface Sender {
  /**
   * Sends a card. `key` is the same at every try of one message, for platforms that can recognise a repetition.
   * `plain` sends the card as plain text, for a card that the platform refused to draw.
   */
  post(to: Recipient, card: Card, options: { readonly key: string; readonly plain: boolean }): Promise<Posted>;
  update(message: PostedMessage, card: Card): Promise<Changed>;
  remove(message: PostedMessage): Promise<Changed>;
  /** What the platform says of a place now. Reads only. Absent = nothing can be asked, and every place is taken as it is. */
  inspect?(place: {
    readonly tenant: string;
    readonly place: string;
    readonly serviceUrl: string | undefined;
  }): Promise<PlaceSeen>;
  /**
   * What a no of this platform means. `audience`: who was to read the message. A word that it does not know is a definite
   * no that needs a human: refused.
   */
  readFailure(audience: 'person' | 'team', failure: Omit<SendFailure, 'ok'>): Verdict;
  /** What the platform says of one of its users now. Reads only. */
  inspectUser?(who: { readonly tenant: string; readonly user: string }): Promise<UserSeen>;
}
