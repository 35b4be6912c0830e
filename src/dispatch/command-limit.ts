import type { CollectedFeatures } from '../feature/collect-features.ts';
import type { Happening } from '../chat/inbound.ts';
import { Refusal } from '../chat/refusal.ts';
import { isUnlimited } from './turn-of.ts';

/** How many commands one person may type at a stroke, on all platforms and by all processes together. */
export interface CommandLimit {
  readonly commands: number;
  readonly milliseconds: number;
}

/** Faster than anybody types, and slow enough that a script cannot read a caseload out by guessing codes. */
export const usualLimit: CommandLimit = { commands: 20, milliseconds: 10_000 };

/** Which commands stand in a window: received after one moment, and not later than the other. */
export interface CommandWindow {
  readonly after: Date;
  readonly upTo: Date;
  readonly commands: number;
}

/**
 * The window that slides behind a moment. It reaches as far ahead, for processes whose clocks differ a little; what is
 * further ahead was written before the clock was set back, and holds nobody up.
 */
export function windowAt({ commands, milliseconds }: CommandLimit, now: Date): CommandWindow {
  const shifted = (by: number): Date => new Date(now.getTime() + by);
  return { after: shifted(-milliseconds), upTo: shifted(milliseconds), commands };
}

/** True for what is typed, understood or not, but for the commands of nouns that nothing may hold up. */
export function countsAsCommand(features: CollectedFeatures, what: Happening): boolean {
  return what.kind === 'command' && !isUnlimited(features, what);
}

/** `heldUpBy`: when the command came that has to fall out of the window first. */
export function tooFast({ commands, milliseconds }: CommandLimit, heldUpBy: Date, now: Date): Refusal {
  const seconds = Math.max(1, Math.ceil((heldUpBy.getTime() + milliseconds - now.getTime()) / 1_000));
  const wait = seconds === 1 ? '1 second' : `${seconds} seconds`;
  // Every burst is on record once, not every command of it: who keeps that record decides.
  return new Refusal(
    'too-fast',
    `That was more than ${commands} commands within ${milliseconds / 1_000} seconds, so I did nothing with this one. Please try again in ${wait}.`,
    { denial: true },
  );
}
