/** Where the store says what it does, in sentences that never hold client data. A pino logger fits as it is. */
export interface PlainLog {
  info(sentence: string): void;
  warn(sentence: string): void;
}
