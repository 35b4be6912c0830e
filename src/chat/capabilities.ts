import type { Inbound } from './inbound.ts';

/** How a platform does something: by itself, or by what stands in for it. Both are sentences, for the documentation. */
export type Support =
  { readonly native: true; readonly note?: string } | { readonly native: false; readonly fallback: string };

/**
 * What Baton needs of a chat platform, and what happens where one lacks it. Adapters follow this table and the
 * documentation prints it, so a difference between the two platforms is declared rather than met by surprise.
 */
export const capabilities = {
  'slash-command': {
    need: 'A command typed anywhere',
    slack: { native: true },
    teams: {
      native: false,
      fallback: 'The same text, sent in the chat with Baton or after mentioning it; the command list offers the names.',
    },
  },
  'private-answer-in-channel': {
    need: 'An answer in a channel that only the person who asked can see',
    slack: { native: true, note: 'It may not arrive, so it is never the only copy of anything.' },
    teams: {
      native: false,
      fallback: 'The answer goes to the person’s own chat with Baton; the channel shows nothing.',
    },
  },
  'client-command-in-channel': {
    need: 'A command about a client typed in a channel',
    slack: { native: true, note: 'Slack does not show a command’s text to others.' },
    teams: {
      native: false,
      fallback: 'Answered only in the person’s own chat, with the request to delete the message and type it there.',
    },
  },
  'private-answer-in-direct-chat': {
    need: 'A passing answer in the chat with Baton',
    slack: { native: true },
    teams: { native: false, fallback: 'An ordinary message in that chat, which nobody else reads.' },
  },
  'form-from-command': {
    need: 'A form that opens on a typed command',
    slack: { native: true, note: 'The window to open it is about 3 seconds; past it the answer says to try again.' },
    teams: { native: false, fallback: 'The form is a card in the person’s own chat.' },
  },
  'form-from-button': {
    need: 'A form that opens on a button',
    slack: { native: true },
    teams: { native: true, note: 'As a dialog, for buttons declared to open a form; others send the form as a card.' },
  },
  'form-errors-at-fields': {
    need: 'A sentence at the field that needs another look, with everything typed kept',
    slack: { native: true },
    teams: {
      native: false,
      fallback: 'The form is drawn again with the sentence above its field and the values kept.',
    },
  },
  'confirm-dialog': {
    need: 'A question before a button acts',
    slack: { native: true },
    teams: { native: false, fallback: 'The button unfolds the question, with a second button that acts.' },
  },
  'replace-clicked-card': {
    need: 'The pressed card becomes its result',
    slack: { native: true },
    teams: {
      native: true,
      note: 'In the person’s own chat. In a channel only the copy that is safe for all is renewed.',
    },
  },
  'renew-posted-card': {
    need: 'A posted card is renewed when what it shows has changed',
    slack: { native: true, note: 'Passing private answers cannot be renewed; posted messages can.' },
    teams: { native: true },
  },
  'type-ahead': {
    need: 'Search while typing in a form',
    slack: { native: true, note: 'From 2 characters on; 100 answers at most.' },
    teams: { native: true },
  },
  'home-tab': {
    need: 'A page of one’s own with the day on it',
    slack: { native: true },
    teams: { native: false, fallback: 'The same card in the chat: send an empty command, or the word care.' },
  },
  'own-notification-text': {
    need: 'The text of a notification, apart from the card',
    slack: { native: true },
    teams: { native: true, note: 'The message’s summary.' },
  },
  'many-buttons': {
    need: 'More than five buttons in one group',
    slack: { native: true, note: 'Up to 25.' },
    teams: { native: false, fallback: 'Several groups of five, in the same order.' },
  },
  'message-shortcut': {
    need: 'Starting from the platform’s shortcut menu',
    slack: { native: true, note: 'For log, refer and escalate. The message’s own text is not read.' },
    teams: { native: true, note: 'As a message extension. Two people’s own chat is answered in the one with Baton.' },
  },
  'reaction-notice': {
    need: 'Being told that somebody put an emoji on a card, which acts on nothing',
    slack: { native: true, note: 'Answered where it was put, so that only that person sees it.' },
    teams: { native: true, note: 'Answered in the person’s own chat.' },
  },
  thread: {
    need: 'What belongs to a message below it, out of the way of the rest',
    slack: { native: true, note: 'Where a channel allows no threads, it stands in the channel.' },
    teams: { native: true, note: 'In a channel. A group chat has no threads: there it stands in the chat itself.' },
  },
  picture: {
    need: 'A picture in a message, with words for who does not see it',
    slack: {
      native: true,
      note: 'Uploaded without sharing it with a channel. Where Slack does not take it, the message comes without.',
    },
    teams: { native: true, note: 'Inside the card itself, small enough for two of them on one page.' },
  },
  'without-public-address': {
    need: 'Running behind a firewall, without an address on the internet',
    slack: { native: true, note: 'Socket Mode.' },
    teams: { native: false, fallback: 'Teams calls in over HTTPS: a reverse proxy with a public address is needed.' },
  },
} as const satisfies Readonly<
  Record<string, { readonly need: string } & Readonly<Record<Inbound['platform'], Support>>>
>;

export type Capability = keyof typeof capabilities;

/** How a platform provides something Baton needs. */
export function describeSupport(capability: Capability, platform: Inbound['platform']): Support {
  return capabilities[capability][platform];
}
