import type { Clock } from '../clock.ts';
import { describeCause } from '../describe-cause.ts';
import type { Ids } from '../ids.ts';
import type { Log } from '../log.ts';
import { BusyError } from '../store/connection-queue.ts';
import type { Store } from '../store/store.ts';
import { isTransient } from '../store/transient-error.ts';
import { currentTrail, newCorrelation } from '../trail.ts';
import type { Inbound } from '../chat/inbound.ts';
import type { NoteEnding } from './request-ending.ts';
import { answer, nothing, type Receive, type Reply } from '../chat/reply.ts';
import { sayBusy } from './say-busy.ts';
import { sentenceCard } from '../chat/sentence-card.ts';

/** A database that restarts is back within a second; the platform waits for two. */
const attempts = 4;
const retryMilliseconds = 150;
/** One that takes so long to say no is not asked again: whoever asked has stopped waiting. */
const longestMilliseconds = 8_000;

/**
 * Receives once more where the database failed on the way. Trying again is safe even when a COMMIT's answer was lost: the
 * delivery's key tells whether it happened. `receive` is told whether something may have been done before: then nobody
 * is turned away any more, because the words for it say that nothing was.
 */
export function tryAgain(
  receive: (inbound: Inbound, begun: boolean) => Promise<Reply>,
  ports: {
    readonly store: Pick<Store, 'revive'>;
    readonly clock: Pick<Clock, 'pause' | 'wallNow'>;
    readonly ids: Ids;
    readonly log: Log;
    /** Told how a request ended. */
    readonly ended?: NoteEnding;
  },
): Receive {
  const { store, clock, ids, log } = ports;
  return async (raw) => {
    const since = clock.wallNow().getTime();
    let begun = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await receive(raw, begun);
      } catch (error) {
        const isBusy = error instanceof BusyError;
        begun ||= !isBusy;
        const hasTime = clock.wallNow().getTime() - since < longestMilliseconds;
        if (attempt < attempts && hasTime && isTransient(error) && !(isBusy && error.turnedAway)) {
          await clock.pause(retryMilliseconds * attempt);
          await store.revive().catch(() => undefined);
          continue;
        }
        if (!begun) {
          log.warn('inbound turned away', { kind: raw.what.kind });
          ports.ended?.(raw, { is: 'busy' });
          return sayBusy(raw.what);
        }
        const correlation = currentTrail()?.correlation ?? newCorrelation(ids);
        ports.ended?.(raw, { is: 'failed' });
        log.error('inbound failed', { correlation, attempt, ...describeCause(error) });
        if (raw.what.kind === 'reacted') return nothing;
        return answer(
          sentenceCard(
            `Something went wrong on our side, and it may or may not have been saved. Please look before you try again. (Reference ${correlation})`,
          ),
        );
      }
    }
  };
}
