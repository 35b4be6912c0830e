/** The database cannot be brought to this binary's schema, in words that say what to do next. */
export class MigrationError extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'MigrationError';
  }
}
