/** A label that begins a line: `no answer` is `No answer`. */
export const sentenceCase = (label: string): string => `${label.charAt(0).toUpperCase()}${label.slice(1)}`;
