import type { Picture } from '../pictures/picture.ts';

/**
 * What people see, without a platform. A Card is a plain value; pure renderers turn it into Block Kit, an
 * Adaptive Card or plain text. All text is literal: no markup of any platform is ever interpreted, so nothing
 * a person typed can become a mention, a link or a heading.
 */

/** A run of text with at most one emphasis. A bare string is normal text. */
export type Span =
  | string
  | { readonly bold: string }
  | { readonly subtle: string }
  /** A number to call: shown as it is written, and dialled by a tap where the platform can. */
  | { readonly phone: string };
/** How much a heading weighs, in colour besides: its own words say the same. */
export type Tone = 'alarm' | 'warning';
/** One paragraph. */
export type Line = string | readonly Span[];

export interface Button {
  /** The feature table's name of what happens, e.g. `contacts.undo`. Lower case, digits, dots and dashes. */
  readonly action: string;
  readonly label: string;
  /** An opaque id: never a name, a code's owner or free text. */
  readonly subject?: string;
  /** The version of the subject the person saw; a stale one is refused in words. */
  readonly version?: number;
  /** Which of the offered answers, where one action has several (e.g. `left-message`, `15`). */
  readonly choice?: string;
  readonly style?: 'primary' | 'danger';
  /** True when pressing it opens a form (Teams must know beforehand). */
  readonly opensForm?: boolean;
  /** Asked before it happens. */
  readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string; readonly no: string };
}

export interface Row {
  /** Stable id of the row: buttons belong to their row. */
  readonly id: string;
  readonly text: Line;
  /** A second, quieter line. */
  readonly detail?: Line;
  readonly buttons?: readonly Button[];
}

export type Node =
  | { readonly kind: 'heading'; readonly text: string; readonly tone?: Tone }
  | { readonly kind: 'text'; readonly text: Line }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly label: string; readonly value: string }[] }
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'progress'; readonly label: string; readonly value: number; readonly max: number }
  /** Drawn where it is sent. `alt` says what it shows; its numbers stand beside it as text too. No client data. */
  | { readonly kind: 'picture'; readonly alt: string; readonly draw: Picture }
  /** Text to copy as it is, e.g. a chart note: monospace, line breaks kept. */
  | { readonly kind: 'copyable'; readonly text: string }
  | { readonly kind: 'divider' }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | { readonly kind: 'link'; readonly text: string; readonly url: string };

export interface Card {
  /** Which card this is, e.g. `contacts.logged`: names its view in the feature table. */
  readonly kind: string;
  /** What the card is a projection of: an opaque id, or empty. With `kind` it is enough to draw the card again. */
  readonly subject?: string;
  /** One sentence for notifications and screen readers. Phones show it on a locked screen: no client data but codes. */
  readonly summary: string;
  readonly nodes: readonly Node[];
}

/** One paragraph of a card. */
export const paragraph = (text: Line): Node => ({ kind: 'text', text });

/** The plain characters of a line. */
export function lineText(line: Line): string {
  if (typeof line === 'string') return line;
  return line.map(spanText).join('');
}

export function spanText(span: Span): string {
  if (typeof span === 'string') return span;
  if ('bold' in span) return span.bold;
  return 'phone' in span ? span.phone : span.subtle;
}

/** What dials a number: `tel:+15550100188`; undefined for what is no number. */
export function dialled(phone: string): string | undefined {
  const digits = phone.replace(/[^\d+]/g, '');
  return /^\+?\d{2,20}$/.test(digits) ? `tel:${digits}` : undefined;
}

/** The action of every paging button: `subject` is `<card kind>/<card subject>`, `version` the page to show (0 is the first). */
export const PAGE_ACTION = 'card.page';
