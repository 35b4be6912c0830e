import { Router } from 'express';
import type { Clock } from '../clock.ts';

/** One copy of a message Baton has to deliver; the words are Baton's own. Times are the product's, ISO 8601. */
export interface SimulatedDelivery {
  readonly id: string;
  readonly state: 'pending' | 'sending' | 'sent' | 'unknown' | 'parked' | 'cancelled' | 'superseded';
  readonly kind: string;
  readonly audience: 'person' | 'team';
  readonly to: string;
  readonly platform: 'slack' | 'teams' | null;
  readonly attempts: number;
  readonly reason: string | null;
  /** What a supervisor reads of a parked one. */
  readonly why?: string;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly nextAt: Date | null;
  readonly redrawn: boolean;
}

/** What Baton has to deliver, newest first, and how much of it is in which state. */
export interface DeliveryLedger {
  readonly counts: Readonly<Partial<Record<SimulatedDelivery['state'], number>>>;
  readonly deliveries: readonly SimulatedDelivery[];
}

/** The page shows no more than this. */
const shownAtMost = 200;

/**
 * `GET /deliveries`: the outbox as it stands. The simulator knows nothing of it by itself; whoever runs it beside
 * Baton reads it for the page.
 */
export function createDeliveryRoutes(options: {
  readonly clock: Clock;
  readonly read: (limit: number) => Promise<DeliveryLedger>;
}): Router {
  const { clock, read } = options;
  const router = Router();
  router.get('/deliveries', (_request, response) => {
    read(shownAtMost).then(
      (ledger) => response.set('cache-control', 'no-store').json({ now: clock.now(), ...ledger }),
      // The reason may hold words of the database.
      () => response.status(503).json({ error: 'The deliveries cannot be read right now.' }),
    );
  });
  return router;
}
