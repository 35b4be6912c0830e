import type { Clock } from '../../src/clock.ts';

/** Marks the pause that is an answer's deadline, in milliseconds: no other pause has this length. */
export const heldDeadline = 60_001;

/**
 * A clock on which the deadline of an answer passes when the test says so: never before `pass`, almost at once after it (and until it is told).
 * So what comes before is in time on the busiest computer. The adapter beside it is given `heldDeadline`.
 */
export function holdDeadline<C extends Clock>(
  clock: C,
): {
  readonly clock: C;
  readonly pass: (until?: Promise<void>) => void;
} {
  let passed = false;
  return {
    clock: {
      ...clock,
      pause: (milliseconds) => clock.pause(milliseconds === heldDeadline && passed ? 20 : milliseconds),
    },
    pass(until) {
      passed = true;
      void until?.then(() => {
        passed = false;
      });
    },
  };
}
