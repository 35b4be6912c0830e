import type { Button } from '../chat/card.ts';
import type { Action, ActionSet } from './adaptive-card.ts';
import { wireBytes } from './adaptive-card.ts';
import { limits } from './limits.ts';
import { writeButton } from './write-button.ts';

/** Buttons in as many sets as the limits ask for, in order. */
export function actionSets(buttons: readonly Button[]): ActionSet[] {
  const sets: Action[][] = [];
  let bytes = 0;
  for (const button of buttons) {
    const action = writeButton(button);
    const size = wireBytes(action);
    const last = sets.at(-1);
    if (last === undefined || last.length >= limits.actionsInSet || bytes + size > limits.pieceBytes) {
      sets.push([action]);
      bytes = size;
    } else {
      last.push(action);
      bytes += size;
    }
  }
  return sets.map((actions) => ({ type: 'ActionSet', spacing: 'Small', actions }));
}
