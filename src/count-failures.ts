import { Counter, type Registry } from 'prom-client';
import type { Log } from './log.ts';

/** A log that counts its errors. Events are words of ours, so there are few of them. */
export function countFailures(log: Log, registry: Registry): Log {
  const failures = new Counter({
    name: 'baton_failures_total',
    help: 'Failures on our side, by the event that is logged of them',
    labelNames: ['event'],
    registers: [registry],
  });
  return {
    info: (event, fields) => log.info(event, fields),
    warn: (event, fields) => log.warn(event, fields),
    error(event, fields) {
      failures.inc({ event });
      log.error(event, fields);
    },
  };
}
