import type { Button } from '../../chat/card.ts';
import { openActionOf } from './rules.ts';

/**
 * What can be done with a follow-up that is no contact: one tap when it is done. `aside`: it stands on a card that
 * follows by itself, so the answer comes beside it.
 */
export function taskButtons(
  followUp: { readonly id: string; readonly kind: string; readonly version: number },
  where: 'list' | 'aside',
): readonly Button[] {
  const { id, kind, version } = followUp;
  const open = openActionOf(kind);
  return [
    {
      action: where === 'list' ? 'follow-ups.done' : 'follow-ups.done-aside',
      label: 'Done',
      subject: id,
      version,
      style: 'primary',
    },
    ...(open === undefined ? [] : [{ action: open, label: 'Open', subject: id }]),
    { action: 'follow-ups.snooze', label: 'Snooze', subject: id, version, opensForm: true },
    { action: 'follow-ups.more', label: 'More', subject: id, version },
  ];
}
