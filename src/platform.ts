/** The chat platforms there are. What a third one costs: docs/adr/0023-third-platform.md. */
export const platforms = ['slack', 'teams'] as const;
export type Platform = (typeof platforms)[number];
