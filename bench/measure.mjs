import { performance } from 'node:perf_hooks';

/** The middle of a list; of an even number, the mean of the two in the middle. */
export function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Milliseconds that one piece of work takes. */
export async function milliseconds(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/**
 * Runs all sides in every round, the order turned by one each time, so that what disturbs the computer disturbs all of
 * them. A side is a function that returns one number a round. Returns each side's numbers in the order of rounds.
 */
export async function interleave(rounds, sides) {
  const names = Object.keys(sides);
  const taken = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length];
      taken[name].push(await sides[name](round));
    }
  }
  return taken;
}

/** How one side stands to another: the ratio within each round, so that a slow round counts on both sides. */
export function compare(ours, theirs) {
  const ratios = ours.map((value, round) => value / theirs[round]);
  return { ratio: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) };
}

/**
 * A row of bench/results.json, without its goal (goals.mjs): `ours` and `theirs` are numbers a round, in `unit`. The
 * ratio is the median of those within each round, with the lowest and the highest.
 */
export function resultOf({ name, counterpart, ours, theirs, unit, ...more }) {
  const { ratio, lowest, highest } = compare(ours, theirs);
  return {
    name,
    counterpart,
    ratio: round(ratio),
    spread: [round(lowest), round(highest)],
    rounds: ours.length,
    unit,
    ours: round(median(ours)),
    theirs: round(median(theirs)),
    ...more,
  };
}

/** A row that has no counterpart: `ours` is held against the clock, or a count, alone. */
export const aloneOf = ({ name, ours, unit, counterpart = 'the clock', rounds = 1, ...more }) => ({
  ...{ name, counterpart, ratio: null, rounds, unit, ours: round(ours), theirs: null },
  ...more,
});

export const round = (value) => Number(value.toPrecision(3));
