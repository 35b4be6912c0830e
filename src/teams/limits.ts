/**
 * Every limit of Microsoft Teams that Baton keeps, in one table. Bytes are UTF-8. Where Teams allows more than
 * a row says, the row is Baton's own cap, chosen so that the card still arrives on every client.
 */
export const limits = {
  /** One message, card and summary together. Teams refuses above 28 KB on some routes; Baton stays under 24. */
  messageBytes: 24 * 1024,
  /** What the activity around a card may take: ids, the summary, the attachment's own words. */
  envelopeBytes: 2 * 1024,
  /** Adaptive Cards version. */
  cardVersion: '1.5',
  /** Buttons in one ActionSet; the client hides further ones behind a menu. */
  actionsInSet: 5,
  /** Characters of one text block; longer lines become several blocks, never a cut. */
  blockCharacters: 1500,
  /** Runs of text in one block. */
  blockRuns: 40,
  /** What stays together on one page: a row, a table's part, a block. Larger ones are divided. */
  pieceBytes: 8 * 1024,
  /** Bytes of a picture inside a card: two of them and their words fit one page. */
  pictureBytes: 9 * 1024,
  /** The same for one that stays larger when it is drawn as small as can be read: it fills most of a page. */
  largestPictureBytes: 18 * 1024,
  /** Widths a picture is drawn at, in pixels, the first that is small enough: phones show 360 of their own. */
  pictureWidths: [480, 420, 360],
  /** Characters of a heading that is repeated on the following pages. */
  repeatedHeadingCharacters: 150,
  /** Characters of a button's label; a longer one ends in an ellipsis. */
  labelCharacters: 80,
  /** Characters of a question asked before a button acts; a longer one ends in an ellipsis. */
  confirmCharacters: 500,
  /** Characters of the one-sentence summary; a longer one ends in an ellipsis. */
  summaryCharacters: 300,
  /** From this many choices on, a list folds instead of showing every choice. */
  expandedChoices: 5,
  /** Option-search results in one answer. */
  searchResults: 100,
  /** A request body from Teams. */
  requestBytes: 256 * 1024,
  /** Nesting of a request's JSON; Teams itself stays far below. */
  requestDepth: 64,
  /** Baton answers an invoke by then; Teams shows an error after about 10 s and recommends under 3 s. */
  answerMilliseconds: 2000,
  /** One outgoing connector request. */
  connectorMilliseconds: 8000,
  /** Where a fresh message may wait before its one retry. */
  retryPauseMilliseconds: 300,
} as const;

/** What Teams cannot do that a Card or Form asks for, and what people get instead. Printed in the docs. */
export const capabilities = [
  {
    ability: 'A message in a channel that only one person sees',
    fallback: "Every answer goes to the person's own chat with Baton; nothing is written in the channel.",
  },
  {
    ability: 'A question before a button acts',
    fallback: 'The button unfolds the question and its yes-button; pressing it again folds it away.',
  },
  { ability: 'A home tab', fallback: 'The same card, sent in the chat when asked for.' },
  {
    ability: 'A form over a message',
    fallback: 'A dialog from buttons that open forms; else a form card in the chat.',
  },
  {
    ability: 'Headings for screen readers',
    fallback: 'Kept, but for headings with characters that Teams would read as markup.',
  },
  {
    ability: 'A notice that a dialog was closed',
    fallback: 'None: Teams does not tell. Form cards in the chat have a Cancel button.',
  },
] as const;
