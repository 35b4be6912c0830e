/** Rings people up through the organisation's own gateway. Written in the transaction of the change; sent later, or visibly parked. */
export interface Pager {
  /** A ladder calls somebody. */
  call(call: {
    /** Makes it once: the same key twice is one page. */
    readonly key: string;
    readonly person: string;
    readonly team: string;
    /** Id of what they are called about. */
    readonly incident: string;
    /** Coded. */
    readonly severity: string;
    /** Step of the ladder, counted from 1; 0 = outside the ladder. */
    readonly rung: number;
  }): Promise<void>;
  /**
   * Somebody has it: calls that have not gone out never do, and everybody whom one may have reached is told to stop.
   */
  stop(incident: string): Promise<void>;
  /** Tries the way to somebody. */
  test(test: {
    readonly key: string;
    readonly person: string;
    readonly team: string;
    readonly incident: string;
  }): Promise<void>;
}
