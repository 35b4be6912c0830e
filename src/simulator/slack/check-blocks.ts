import { z } from 'zod';
import {
  actionElement,
  anyText,
  button,
  hasOneSource,
  id,
  image,
  imageShape,
  inputElement,
  plainText,
  richText,
} from './element-schemas.ts';
import { slackAccepts as most } from './limits.ts';

/** Messages and views as Slack accepts them, with Slack's own error codes when it does not. */
const blockId = { block_id: id.optional() };

const actions = z
  .strictObject({
    type: z.literal('actions'),
    ...blockId,
    elements: z.array(actionElement).min(1).max(most.actionsElements),
  })
  .refine(({ elements }) => new Set(elements.map((each) => each.action_id)).size === elements.length, {
    message: 'action_id already exists in this block',
  });

const table = z.strictObject({
  type: z.literal('table'),
  ...blockId,
  rows: z
    .array(
      z
        .array(
          z.discriminatedUnion('type', [
            z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
            richText,
          ]),
        )
        .min(1)
        .max(most.tableCells),
    )
    .min(1)
    .max(most.tableRows),
  column_settings: z.array(z.unknown()).max(most.tableCells).optional(),
});

const block = z.discriminatedUnion('type', [
  actions,
  table,
  richText,
  z.strictObject({ type: z.literal('divider'), ...blockId }),
  z.strictObject({ type: z.literal('header'), ...blockId, text: plainText(most.header) }),
  z.strictObject({
    type: z.literal('context'),
    ...blockId,
    elements: z
      .array(z.union([anyText(most.fieldText), image]))
      .min(1)
      .max(most.contextElements),
  }),
  z.strictObject({
    type: z.literal('section'),
    ...blockId,
    text: anyText(most.sectionText).optional(),
    fields: z.array(anyText(most.fieldText)).min(1).max(most.sectionFields).optional(),
    accessory: z.union([button, image]).optional(),
    expand: z.boolean().optional(),
  }),
  z
    .strictObject({ ...imageShape, ...blockId, title: plainText(most.fieldText).optional() })
    .refine(hasOneSource, { message: 'exactly one of image_url, slack_file' }),
  z.strictObject({
    type: z.literal('input'),
    ...blockId,
    label: plainText(most.label),
    hint: plainText(most.label).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
    element: inputElement,
  }),
]);
export type Block = z.infer<typeof block>;

const unique = (blocks: readonly Block[]): boolean => {
  const ids = blocks.flatMap((each) => each.block_id ?? []);
  return new Set(ids).size === ids.length;
};
const tables = (blocks: readonly Block[]): number => blocks.filter(({ type }) => type === 'table').length;

export const messageBlocks = z
  .array(block)
  .max(most.messageBlocks)
  .refine(unique, { message: 'block_id already exists' })
  .refine((blocks) => tables(blocks) <= 1, { message: 'only_one_table_allowed' });

const viewBlocks = z
  .array(block)
  .min(1)
  .max(most.viewBlocks)
  .refine(unique, { message: 'block_id already exists' })
  .refine((blocks) => tables(blocks) === 0, { message: 'table blocks are not shown in views' });

const shared = {
  blocks: viewBlocks,
  private_metadata: z.string().max(most.privateMetadata).optional(),
  callback_id: z.string().max(most.id).optional(),
  external_id: z.string().max(most.id).optional(),
};
export const modalView = z
  .strictObject({
    type: z.literal('modal'),
    ...shared,
    title: plainText(most.viewTitle),
    submit: plainText(most.viewTitle).optional(),
    close: plainText(most.viewTitle).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  })
  .refine((view) => view.submit !== undefined || !view.blocks.some(({ type }) => type === 'input'), {
    message: 'submit is required when an input block is used',
  });
export const homeView = z.strictObject({ type: z.literal('home'), ...shared });
export type ModalView = z.infer<typeof modalView>;
export type HomeView = z.infer<typeof homeView>;

/** Slack's answer to something it does not take. */
export interface Problem {
  readonly error: string;
  readonly messages: readonly string[];
}
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

const pointer = (path: readonly PropertyKey[]): string => path.map((part) => `/${String(part)}`).join('');
const wrong = (error: string, messages: readonly string[]): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { error, messages },
});

/** Reads a value as one of the shapes above; `code` is Slack's error code for the wrong ones. */
export function checkShape<T>(schema: z.ZodType<T>, value: unknown, code: string): Checked<T> {
  const read = schema.safeParse(value);
  if (read.success) return { ok: true, value: read.data };
  return wrong(
    code,
    read.error.issues.map((issue) => `[ERROR] ${issue.message} [json-pointer:${pointer(issue.path)}]`),
  );
}

/** A message's text and blocks as one would post them. */
export function checkMessage(text: string | undefined, blocks: unknown): Checked<{ text: string; blocks: Block[] }> {
  const checked = checkShape(messageBlocks, blocks ?? [], 'invalid_blocks');
  if (!checked.ok) return checked;
  if ((text ?? '') === '' && checked.value.length === 0) return wrong('no_text', []);
  if ((text ?? '').length > most.messageText) return wrong('msg_too_long', []);
  if (JSON.stringify(checked.value).length > most.messageSize) return wrong('msg_blocks_too_long', []);
  return { ok: true, value: { text: text ?? '', blocks: checked.value } };
}
