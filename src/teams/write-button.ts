import { z } from 'zod';
import type { Button } from '../chat/card.ts';
import type { Happening } from '../chat/inbound.ts';
import type { Action } from './adaptive-card.ts';
import { limits } from './limits.ts';
import { shorten, textBlocks } from './literal-text.ts';

type Press = Extract<Happening, { kind: 'button' }>;

/** Verbs of the two buttons every form card has; no feature's action may carry these names. */
export const FORM_SUBMIT = 'form.submit';
export const FORM_CLOSE = 'form.close';

const verbSchema = z
  .string()
  .max(255 + 1 + 75)
  .regex(/^[a-z0-9.-]{1,255}(:[\s\S]{1,75})?$/);
const dataSchema = z.object({ s: z.string().max(255).optional(), v: z.int().optional() });

/** `contacts.log-missed:left-message`: the action, and the choice behind the first colon. */
const verbOf = (button: Button): string =>
  button.choice === undefined || button.choice === '' ? button.action : `${button.action}:${button.choice}`;

/** A button as an Adaptive Card action. It carries an opaque subject and a version, nothing else. */
export function writeButton(button: Button): Action {
  const title = shorten(button.label, limits.labelCharacters) || '…';
  const style =
    button.style === undefined
      ? {}
      : { style: button.style === 'danger' ? ('destructive' as const) : ('positive' as const) };
  const data = {
    ...(button.subject === undefined ? {} : { s: button.subject }),
    ...(button.version === undefined ? {} : { v: button.version }),
  };
  const verb = verbOf(button);
  const act = (name: string): Action =>
    button.opensForm === true
      ? {
          type: 'Action.Submit',
          title: name,
          ...style,
          associatedInputs: 'none',
          data: { msteams: { type: 'task/fetch' }, verb, ...data },
        }
      : { type: 'Action.Execute', title: name, ...style, associatedInputs: 'none', verb, data };
  if (button.confirm === undefined) return act(title);
  const { confirm } = button;
  const brief = (text: string): string => shorten(text, limits.confirmCharacters);
  return {
    type: 'Action.ShowCard',
    title,
    ...style,
    card: {
      type: 'AdaptiveCard',
      version: limits.cardVersion,
      body: [
        ...textBlocks([{ bold: brief(confirm.title) }]),
        ...textBlocks(brief(confirm.text)),
        ...textBlocks(`${brief(confirm.no)}: press “${title}” again.`, { isSubtle: true }),
        { type: 'ActionSet', actions: [act(shorten(confirm.yes, limits.labelCharacters) || '…')] },
      ],
    },
  };
}

/**
 * Reads what came back from a pressed button. `undefined` when it is not one of ours: forged, or altered on the way.
 * Nothing in it is trusted beyond its shape; the action is authorised from the database.
 */
export function readButton(verb: unknown, data: unknown): Press | undefined {
  const name = verbSchema.safeParse(verb);
  const more = dataSchema.safeParse(data ?? {});
  if (!name.success || !more.success) return undefined;
  const colon = name.data.indexOf(':');
  return {
    kind: 'button',
    action: colon < 0 ? name.data : name.data.slice(0, colon),
    ...(colon < 0 ? {} : { choice: name.data.slice(colon + 1) }),
    ...(more.data.s === undefined ? {} : { subject: more.data.s }),
    ...(more.data.v === undefined ? {} : { version: more.data.v }),
  };
}
