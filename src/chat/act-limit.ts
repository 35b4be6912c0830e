import { PAGE_ACTION } from './card.ts';
import type { CollectedFeatures } from './collect-features.ts';
import type { Happening } from './inbound.ts';
import { findCommand } from './parse-command-name.ts';
import { Refusal } from './refusal.ts';
import { isTooLong, tokeniseCommand } from './tokenise-command.ts';

/** How much one person may do at a stroke, on all platforms and by all processes together. */
export interface ActLimit {
  readonly acts: number;
  readonly milliseconds: number;
}

/** Faster than anybody works, and slow enough that a script cannot read a caseload out by guessing codes. */
export const usualActLimit: ActLimit = { acts: 20, milliseconds: 10_000 };

/** Which acts stand in a window: received after one moment, and not later than the other. */
export interface ActWindow {
  readonly after: Date;
  readonly upTo: Date;
  readonly acts: number;
}

/**
 * The window that slides behind a moment. It reaches as far ahead, for processes whose clocks differ a little; what is
 * further ahead was written before the clock was set back, and holds nobody up.
 */
export function windowAt({ acts, milliseconds }: ActLimit, now: Date): ActWindow {
  const shifted = (by: number): Date => new Date(now.getTime() + by);
  return { after: shifted(-milliseconds), upTo: shifted(milliseconds), acts };
}

/**
 * True for commands, presses and submissions, but for those of nouns that nothing may hold up. What a platform tells by
 * itself, a type-ahead and an opened home tab are no acts.
 */
export function countsAsAct({ unlimited, commands }: CollectedFeatures, what: Happening): boolean {
  switch (what.kind) {
    case 'command': {
      if (isTooLong(what.text)) return true;
      const found = findCommand(tokeniseCommand(what.text), commands);
      return !(found.is === 'command' && unlimited.commands.has(found.command.name));
    }
    case 'button':
      return what.action === PAGE_ACTION
        ? !unlimited.cards.has(what.subject?.split('/')[0] ?? '')
        : !unlimited.buttons.has(what.action);
    case 'form-submitted':
      return !unlimited.forms.has(what.form);
    default:
      return false;
  }
}

/** `heldUpBy`: when the act came that has to fall out of the window first. */
export function tooFast({ acts, milliseconds }: ActLimit, heldUpBy: Date, now: Date): Refusal {
  const seconds = Math.max(1, Math.ceil((heldUpBy.getTime() + milliseconds - now.getTime()) / 1_000));
  const wait = seconds === 1 ? '1 second' : `${seconds} seconds`;
  // Every burst is on record once, not every act of it: who keeps that record decides.
  return new Refusal(
    'too-fast',
    `That was more than ${acts} steps within ${milliseconds / 1_000} seconds, so I did nothing with this one. Please try again in ${wait}.`,
    { denial: true },
  );
}
