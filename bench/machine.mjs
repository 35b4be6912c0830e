import { cpus, loadavg, totalmem } from 'node:os';

/** What the numbers were taken on: without it they mean nothing. */
export function describeMachine(postgres) {
  return {
    at: new Date().toISOString(),
    processors: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    postgres,
    loadAtStart: loadAverage(),
  };
}

/** Processes that wanted to run, over the last minute. */
export const loadAverage = () => Number((loadavg()[0] ?? 0).toFixed(2));
