/** What was filled in, or what a form was opened with. It comes from outside: what is no text is nothing. */
export type Filled = Readonly<Record<string, unknown>>;

/** The words of a field, without blanks around them; undefined where nothing was filled in. */
export const readWords = (filled: Filled, field: string): string | undefined => {
  const value = filled[field];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

/** The id of what was chosen, or of what the form is about; empty where there is none, which leads to nobody's. */
export const readId = (filled: Filled, field: string): string => readWords(filled, field) ?? '';
