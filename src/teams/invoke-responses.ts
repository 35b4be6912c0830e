import type { AdaptiveCard } from './adaptive-card.ts';

/** What answers an invoke: an HTTP status and the body Teams expects for that invoke. */
export interface InvokeResponse {
  readonly status: number;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** The pressed card becomes this one, for the person who pressed. */
export const showCard = (card: AdaptiveCard): InvokeResponse => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card },
});

/** A short sentence near the pressed card. */
export const showText = (text: string): InvokeResponse => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text },
});

/** A dialog that stays open with this card in it. */
export const continueDialog = (title: string, card: AdaptiveCard): InvokeResponse => ({
  status: 200,
  body: {
    task: {
      type: 'continue',
      value: {
        title,
        height: 'large',
        width: 'medium',
        card: { contentType: 'application/vnd.microsoft.card.adaptive', content: card },
      },
    },
  },
});

/** A dialog that ends with a sentence. */
export const endDialog = (text: string): InvokeResponse => ({
  status: 200,
  body: { task: { type: 'message', value: text } },
});

/** A dialog that closes without a word: Teams wants an empty body. */
export const closeDialog: InvokeResponse = { status: 200 };

export const showOptions = (
  results: readonly { readonly value: string; readonly title: string }[],
): InvokeResponse => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results } },
});

/** A request Baton does not understand. Never what was wrong with it: whoever forged it learns nothing. */
export const refuseInvoke: InvokeResponse = {
  status: 200,
  body: {
    statusCode: 400,
    type: 'application/vnd.microsoft.error',
    value: { code: 'BadRequest', message: 'Baton does not know this button. Please open the card again with /care.' },
  },
};

export const sentences = {
  working: 'Working on it. The answer follows in our chat.',
  inChat: 'The answer is in our chat.',
  formInChat: 'The form is in our chat.',
  below: 'See the new message below.',
  done: 'Done.',
  closed: 'Closed. Nothing was saved.',
  nobody: 'Teams did not say who you are, so I did nothing. Please sign in with your account at work, and try again.',
  /** Not taken just now: the delivery engine sends it. */
  follows: 'Teams did not take my answer just now. It follows in our chat; there is no need to do it again.',
  noChat: 'I cannot write to you yet. Please open a chat with Baton, send it the word help, and try again.',
  notUnderstood: 'I could not read that message. Please try again with a shorter one, or send the word help.',
  failed: 'That did not work. Please try again. If it happens again, tell your administrator.',
} as const;
