import type { types } from '@slack/bolt';
import type { Button } from '../chat/card.ts';
import { cleanText, shorten } from './clean-text.ts';
import { limits } from './limits.ts';

/** What a button carries through Slack: opaque ids only. */
export interface ButtonCode {
  readonly action: string;
  readonly choice?: string;
  readonly subject?: string;
  readonly version?: number;
}

const quote = (text: string): string => text.replaceAll('%', '%25').replaceAll('~', '%7E');
const unquote = (text: string): string => text.replaceAll('%7E', '~').replaceAll('%25', '%');

/**
 * `action_id` is `action` or `action:choice`, `value` is `subject` or `subject~version`.
 * Slack wants every `action_id` of a block to differ: `twin` (1, 2, …) tells repeated ones apart and reads as nothing.
 */
export function writeButton(button: ButtonCode, twin = 0): { action_id: string; value?: string } {
  const choice = button.choice === undefined ? '' : `:${encodeURIComponent(cleanText(button.choice))}`;
  const action_id = `${button.action}${choice}${twin === 0 ? '' : `#${twin}`}`;
  const subject = button.subject === undefined ? '' : quote(button.subject);
  const value = button.version === undefined ? subject : `${subject}~${button.version}`;
  return value === '' ? { action_id } : { action_id, value };
}

/** The other way round. Never throws: what nobody wrote (a forged value) reads as a subject nobody knows. */
export function readButton(code: { action_id: string; value?: string | undefined }): ButtonCode {
  const id = code.action_id.replace(/#\d+$/, '');
  const colon = id.indexOf(':');
  const versioned = /^([^~]*)~(-?\d{1,15})$/s.exec(code.value ?? '');
  const subject = unquote(versioned?.[1] ?? code.value ?? '');
  return {
    action: colon < 0 ? id : id.slice(0, colon),
    ...(colon < 0 ? {} : { choice: decode(id.slice(colon + 1)) }),
    ...(subject === '' ? {} : { subject }),
    ...(versioned === null ? {} : { version: Number(versioned[2]) }),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const plain = (text: string, most: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: shorten(text, most).trim() === '' ? '…' : shorten(text, most),
  emoji: false,
});

/** The element. `about` names the row the button belongs to, for screen readers, where labels repeat. */
export function renderButton(button: Button, twin: number, about?: string): types.Button {
  const spoken = about === undefined ? undefined : `${button.label}, ${about}`;
  return {
    type: 'button',
    text: plain(button.label, limits.button.text),
    ...writeButton(button, twin),
    ...(button.style === undefined ? {} : { style: button.style }),
    ...(spoken === undefined || spoken.trim() === ''
      ? {}
      : { accessibility_label: shorten(spoken, limits.button.text) }),
    ...(button.confirm === undefined
      ? {}
      : {
          confirm: {
            title: plain(button.confirm.title, limits.confirm.title),
            text: plain(button.confirm.text, limits.confirm.text),
            confirm: plain(button.confirm.yes, limits.confirm.answer),
            deny: plain(button.confirm.no, limits.confirm.answer),
          },
        }),
  };
}

/** Action blocks for any number of buttons, each within Slack's count and our size. */
export function renderButtons(buttons: readonly Button[], about?: string): types.ActionsBlock[] {
  const blocks: types.ActionsBlock[] = [];
  let elements: types.Button[] = [];
  let size = 0;
  let seen = new Map<string, number>();
  const close = (): void => {
    if (elements.length > 0) blocks.push({ type: 'actions', elements });
    elements = [];
    size = 0;
    seen = new Map();
  };
  for (const button of buttons) {
    const id = writeButton(button).action_id;
    let element = renderButton(button, seen.get(id) ?? 0, about);
    const more = JSON.stringify(element).length;
    if (elements.length === limits.actions.elements || size + more > limits.actions.size) {
      close();
      element = renderButton(button, 0, about);
    }
    seen.set(id, (seen.get(id) ?? 0) + 1);
    elements.push(element);
    size += more;
  }
  close();
  return blocks;
}
