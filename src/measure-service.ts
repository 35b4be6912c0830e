import type { Registry } from 'prom-client';
import { measureBroken } from './audit/measure-broken.ts';
import { measureReveals } from './care/clients/measure-reveals.ts';
import { measureEscalations } from './care/escalations/measure-escalations.ts';
import type { CollectedFeatures } from './feature/collect-features.ts';
import { countFailures } from './count-failures.ts';
import type { Log } from './log.ts';
import { measurePools } from './measure-pools.ts';
import { measureRequests, type RequestMetrics } from './measure-requests.ts';
import type { House } from './service.ts';

/** What a service is made of, counted from here on. */
export interface Measured {
  readonly log: Log;
  readonly features: CollectedFeatures;
  readonly requests: RequestMetrics;
}

/** Everything of a service that is measured beside its engines, which measure themselves. */
export function measureService(registry: Registry, house: House, log: Log): Measured {
  const { store, clock, ids } = house;
  measureEscalations(registry, { store, clock });
  measureBroken(registry, { store, clock });
  measurePools(registry, store);
  return {
    log: countFailures(log, registry),
    features: measureReveals(registry, house.features),
    requests: measureRequests(registry, { clock, ids }),
  };
}
