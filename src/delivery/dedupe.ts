/** Somebody is to be told by this card; one that waits. */
export interface Announcement {
  readonly id: string;
  /** `person:maya`, or `team:east` at one of its places. */
  readonly destination: string;
  readonly kind: string;
  readonly subject: string;
  /** Posts of one series replace each other anyway: the newest stands for all. */
  readonly series: string | null;
  /** Never tried: nobody can have seen it. */
  readonly untried: boolean;
  /** Planned for later on purpose: it says its thing again then. */
  readonly planned: boolean;
}

/**
 * Those that need no sending once `first` is out. A card is drawn from the database at the moment of sending, so the
 * first of several copies that wait says what the others would have said.
 */
export function saidBy(first: Announcement, others: readonly Announcement[]): readonly string[] {
  if (first.series !== null) return [];
  return others
    .filter(
      (other) =>
        other.id !== first.id &&
        other.destination === first.destination &&
        other.kind === first.kind &&
        other.subject === first.subject &&
        other.series === null &&
        other.untried &&
        !other.planned,
    )
    .map(({ id }) => id);
}
