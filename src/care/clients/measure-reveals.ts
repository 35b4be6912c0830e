import { Counter, type Registry } from 'prom-client';
import type { CollectedFeatures } from '../../feature/collect-features.ts';
import type { Work, Events } from '../../feature/feature.ts';
import './events.ts';

/** The same features, with reveals counted: how many, never whose, by whom or of what. */
export function measureReveals(registry: Registry, features: CollectedFeatures): CollectedFeatures {
  const reveals = new Counter({
    name: 'baton_reveals_total',
    help: 'Times a name, a number or typed words of a client were shown to one person, on record',
    registers: [registry],
  });
  const count = (work: Work, body: unknown): Promise<void> => {
    // The event's name stands for its body: see Events.
    const { how } = body as Events['client.looked'];
    // One that is undone on the way is no reveal.
    if (how === 'revealed') work.tx.beforeCommit(() => reveals.inc());
    return Promise.resolve();
  };
  const before = features.listeners.get('client.looked') ?? [];
  return { ...features, listeners: new Map([...features.listeners, ['client.looked', [...before, count]]]) };
}
