import type { Platform } from '../platform.ts';

/** At most `messages` in any `milliseconds` of one place. */
export interface PaceWindow {
  readonly messages: number;
  readonly milliseconds: number;
}
export type PaceLimits = Readonly<Record<Platform, readonly PaceWindow[]>>;

/** Slack: about one message a second and channel. Teams: 7 a second, 60 in 30 s, 1,800 an hour and conversation. */
export const platformPace: PaceLimits = {
  slack: [{ messages: 1, milliseconds: 1_000 }],
  teams: [
    { messages: 7, milliseconds: 1_000 },
    { messages: 60, milliseconds: 30_000 },
    { messages: 1_800, milliseconds: 3_600_000 },
  ],
};

export interface Pace {
  /** Takes the place's next turn: wall milliseconds until then. */
  reserve(platform: Platform, place: string): number;
}

/** Kept in memory by each replica: together they may be too fast, and then the platform's own holds slow them. */
export function createPace(limits: PaceLimits, wallNow: () => Date): Pace {
  const turns = new Map<string, number[]>();
  const longest = Math.max(
    0,
    ...Object.values(limits)
      .flat()
      .map(({ milliseconds }) => milliseconds),
  );
  const most = Math.max(
    0,
    ...Object.values(limits)
      .flat()
      .map(({ messages }) => messages),
  );

  function forgetIdle(now: number): void {
    for (const [place, times] of turns) if ((times.at(-1) ?? 0) < now - longest) turns.delete(place);
  }

  return {
    reserve(platform, place) {
      const now = wallNow().getTime();
      if (turns.size > 10_000) forgetIdle(now);
      const times = turns.get(place) ?? [];
      let turn = Math.max(now, times.at(-1) ?? now);
      for (const { messages, milliseconds } of limits[platform]) {
        const first = times.at(-messages);
        if (first !== undefined) turn = Math.max(turn, first + milliseconds);
      }
      turns.set(place, [...times.slice(-most), turn]);
      return turn - now;
    },
  };
}
