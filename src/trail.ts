import { AsyncLocalStorage } from 'node:async_hooks';
import type { Ids } from './ids.ts';

/** What is known of the piece of work that the code under way belongs to: one request, one delivery, one thing that fell due. */
export interface Trail {
  /** Stands in every line that is logged of it, and goes along with the posts it makes. Names nobody. */
  readonly correlation: string;
  /** Of a request, once it is read: what it asks for. */
  kind?: string;
  /** Of a request: the platform was answered before there was an answer. */
  late?: boolean;
}

const trails = new AsyncLocalStorage<Trail>();

/** The trail of the code that asks; undefined where nobody began one. */
export const currentTrail = (): Trail | undefined => trails.getStore();

/** Runs `work`, and whatever it starts, on this trail. */
export const follow = <T>(trail: Trail, work: () => T): T => trails.run(trail, work);

/** Runs `work` on no trail: what is gathered of many requests belongs to none of them. */
export const leaveTrail = <T>(work: () => T): T => trails.exit(work);

/** Twelve hexadecimal digits: short enough to be read out, and millions a day do not meet. */
export const newCorrelation = (ids: Ids): string => ids.uuid().replaceAll('-', '').slice(0, 12);

/**
 * Begins a request of a platform: `work` runs on a trail of its own, and calls back once the platform has its
 * acknowledgement, with its status where there is one.
 */
export type BeginRequest = <T>(work: (acknowledged: (status?: number) => void) => T) => T;
