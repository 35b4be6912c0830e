import type { Work } from '../../feature/feature.ts';

/** The three cards a team's place sees of one huddle: before, while it runs, afterwards. */
export const reminderCardKind = 'huddles.reminder';
export const liveCardKind = 'huddles.live';
export const summaryCardKind = 'huddles.summary';
/** What one owner of decisions hears. */
export const mineCardKind = 'huddles.mine';
export const recommendationCardKind = 'huddles.recommendation';
/** Their words, read by a tap. */
export const mineNoteKind = 'huddles.mine-words';
export const recommendationNoteKind = 'huddles.recommendation-words';

/** Each takes the place of the one before. */
export const huddleSeries = (huddle: string): string => `huddle:${huddle}`;

/** Puts the next of the three into the team's place. The one before shows the same until it makes way. */
export async function postToTeam(
  work: Work,
  huddle: { readonly id: string; readonly team: string },
  kind: typeof reminderCardKind | typeof liveCardKind | typeof summaryCardKind,
  what: string = kind,
): Promise<void> {
  await work.post({
    key: `${huddleSeries(huddle.id)}:${what}`,
    to: { team: huddle.team },
    kind,
    subject: huddle.id,
    priority: 'answer',
    series: huddleSeries(huddle.id),
  });
  await refreshHuddle(work, huddle.id);
}

/** Whichever of them stands there shows the huddle as it is: all three are drawn from how it stands. */
export async function refreshHuddle(work: Work, huddle: string): Promise<void> {
  for (const kind of [reminderCardKind, liveCardKind, summaryCardKind]) await work.refresh(kind, huddle);
}
