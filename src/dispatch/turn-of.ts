import type { Turn } from '../store/connection-queue.ts';
import type { CollectedFeatures } from '../feature/collect-features.ts';
import { isLifecycle } from './handle-lifecycle.ts';
import type { Happening } from '../chat/inbound.ts';
import { findCommand } from '../chat/parse-command-name.ts';
import { isTooLong, tokeniseCommand } from '../chat/tokenise-command.ts';

/** True for what belongs to a noun that nothing may hold up: its commands, buttons and forms. */
export function isUnlimited({ unlimited, commands }: CollectedFeatures, what: Happening): boolean {
  switch (what.kind) {
    case 'command': {
      if (isTooLong(what.text)) return false;
      const found = findCommand(tokeniseCommand(what.text), commands);
      return found.is === 'command' && unlimited.commands.has(found.command.name);
    }
    case 'button':
      return unlimited.buttons.has(what.action);
    case 'form-submitted':
    case 'form-closed':
      return unlimited.forms.has(what.form);
    default:
      return false;
  }
}

/**
 * How what happened waits for a connection: somebody who waits for help before everybody; what a platform tells of
 * people and workspaces until there is one; everything else as long as it can still be answered in time.
 */
export function turnOf(features: CollectedFeatures, what: Happening, within: number): Turn {
  if (isUnlimited(features, what)) return 'urgent';
  return isLifecycle(what) ? 'patient' : { within };
}
