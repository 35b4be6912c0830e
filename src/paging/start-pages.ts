import { describeCause } from '../describe-cause.ts';
import type { Registry } from 'prom-client';
import type { PagerSettings } from '../pager-settings.ts';
import { askInTime } from '../ask-in-time.ts';
import { startTicking } from '../schedule/start-ticking.ts';
import { countPages } from './claim-pages.ts';
import { measurePages } from './measure-pages.ts';
import { runPages, type Pages } from './run-pages.ts';
import type { PagePorts } from './send-page.ts';

/** Milliseconds a gateway may take. */
const usualTimeout = 5_000;

/** The pager at work, measured; undefined where no gateway is set. */
export function startPages(
  ports: Omit<PagePorts, 'gateway'> & {
    readonly settings: PagerSettings | undefined;
    readonly registry: Registry;
    /** Looks every second by itself. */
    readonly everySecond: boolean;
    /** Default: five seconds. */
    readonly timeout?: number;
  },
): Pages | undefined {
  const { settings, store, clock, log, registry, everySecond, timeout = usualTimeout } = ports;
  if (settings === undefined) return undefined;
  const metrics = measurePages(
    registry,
    askInTime(clock, () => store.asWorker(countPages)),
  );
  const pages = runPages({
    ...ports,
    gateway: { settings, clock, timeout },
    onResult: (event, result) => metrics.onResult(event, result),
  });
  const looking = startTicking(() => pages.look(), {
    everySecond,
    onFailure: (error) => log.warn('pages failed', describeCause(error)),
  });
  return {
    look: () => looking.tick(),
    idle: () => pages.idle(),
    async stop() {
      await looking.stop();
      await pages.stop();
    },
  };
}
