import type { Clock } from '../clock.ts';

/**
 * What a platform's clock says, as a moment of the product's clock: as long ago as it is by the wall. The two differ
 * only where somebody pushed the product's clock; never later than now.
 */
export function toProductTime(clock: Pick<Clock, 'now' | 'wallNow'>, wall: Date): Date {
  const ago = Math.max(0, clock.wallNow().getTime() - wall.getTime());
  return new Date(clock.now().getTime() - ago);
}
