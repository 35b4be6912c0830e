/**
 * Few colours on a light ground that also reads where the chat around it is dark. No meaning hangs on them alone: every
 * bar carries its number, what is over a limit is hatched and says so, parts are named in their order.
 */
export const colours = {
  paper: '#ffffff',
  ink: '#1d2b2c',
  quiet: '#55666a',
  rail: '#e3eaea',
  bar: '#2c7a7b',
  over: '#b4511e',
  /** From the least to the most pressing. */
  steps: ['#bfdcdb', '#6fb0ae', '#2c7a7b', '#123f45'],
  /** What is written on each of the steps. */
  onSteps: ['#1d2b2c', '#1d2b2c', '#ffffff', '#ffffff'],
} as const;

/** All that a picture is made of, for its palette. */
export const everyColour: readonly string[] = [
  colours.paper,
  colours.ink,
  colours.quiet,
  colours.rail,
  colours.bar,
  colours.over,
  ...colours.steps,
];
